// Node-RED without its editor, running the flow of docs/examples: what people import must work as it is. Only the broker's port is put in, as people do.
//
// node node-red.mjs --broker <port> [--base <topic>]
// Events: {"event":"log","text":…} for every line of Node-RED, {"event":"connected"} when its broker node is connected. Ends with its standard input.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { commandLines, print } from "./json-lines.mjs";

const { values } = parseArgs({ options: { broker: { type: "string" }, base: { type: "string", default: "zwbridge" } } });
const folder = mkdtempSync(join(tmpdir(), "zwbridge-node-red-"));
const flow = JSON.parse(readFileSync(new URL("../../docs/examples/node-red-flow.json", import.meta.url), "utf8"));
for (const node of flow) {
  if (node.type === "mqtt-broker") node.port = values.broker;
  if (node.topic) node.topic = node.topic.replace(/^zwbridge\//, values.base + "/");
}
writeFileSync(join(folder, "flow.json"), JSON.stringify(flow));
writeFileSync(join(folder, "settings.cjs"), `module.exports = { httpAdminRoot: false, httpNodeRoot: false, uiHost: "127.0.0.1", uiPort: 0, telemetry: { enabled: false } };`);

const red = fileURLToPath(new URL("node_modules/node-red/red.js", import.meta.url));
const child = spawn(process.execPath, [red, "-s", join(folder, "settings.cjs"), "-u", folder, "flow.json"], { stdio: ["ignore", "pipe", "pipe"] });
for (const stream of [child.stdout, child.stderr]) {
  createInterface({ input: stream }).on("line", (text) => {
    print({ event: "log", text });
    if (text.includes("Connected to broker")) print({ event: "connected" });
  });
}
child.once("exit", (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code ?? 1);
});

await commandLines({});
child.kill();
