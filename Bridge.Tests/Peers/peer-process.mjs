// One of the scripts beside this one as a child: its events can be waited for, its commands are awaited like calls.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export class PeerProcess {
  /** Everything it ever said, in order. */
  lines = [];
  #child;
  #waiting = new Set();
  #lastId = 0;
  #exit;

  constructor(script, args = []) {
    this.#child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], { stdio: ["pipe", "pipe", "inherit"] });
    this.#exit = new Promise((resolve) => this.#child.once("exit", resolve));
    createInterface({ input: this.#child.stdout }).on("line", (text) => {
      const line = JSON.parse(text);
      this.lines.push(line);
      for (const waiter of this.#waiting) waiter(line);
    });
  }

  /** The first line that fits, from `since` (an index into lines) on: what was already said counts. */
  async next(fits, { since = 0, seconds = 30, what = fits.toString() } = {}) {
    const past = this.lines.slice(since).find(fits);
    if (past) return past;
    let waiter;
    let timer;
    try {
      return await new Promise((resolve, reject) => {
        waiter = (line) => fits(line) && resolve(line);
        this.#waiting.add(waiter);
        timer = setTimeout(() => reject(new Error(`${seconds} s passed without ${what}`)), seconds * 1000);
        this.#exit.then((code) => reject(new Error(`ended with ${code} without ${what}`)));
      });
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(waiter);
    }
  }

  /** Sends a command; gives its value or throws its error. */
  async run(cmd, details = {}) {
    const id = ++this.#lastId;
    this.#child.stdin.write(JSON.stringify({ id, cmd, ...details }) + "\n");
    const { ok, value, error } = await this.next((line) => line.id === id, { what: `an answer to ${cmd}` });
    if (!ok) throw new Error(error);
    return value;
  }

  async stop() {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 5000);
    await this.#exit;
    clearTimeout(timer);
  }
}
