// One JSON value a line, both ways. A command {"id":7,"cmd":"name",...} is answered with {"id":7,"ok":true,"value":...} or with ok false and "error".

import { createInterface } from "node:readline";

export function print(value) {
  process.stdout.write(JSON.stringify(value) + "\n");
}

/** Runs the commands of standard input in order until it ends. */
export async function commandLines(commands) {
  for await (const text of createInterface({ input: process.stdin })) {
    if (text.trim() === "") continue;
    let command;
    try {
      command = JSON.parse(text);
      const run = Object.hasOwn(commands, command.cmd) ? commands[command.cmd] : undefined;
      if (!run) throw new Error(`no such command: ${command.cmd}`);
      print({ id: command.id, ok: true, value: await run(command) });
    } catch (error) {
      print({ id: command?.id, ok: false, error: String(error?.message ?? error) });
    }
  }
}
