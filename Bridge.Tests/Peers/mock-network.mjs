// A Z-Wave network for tests: the mock controller of zwave-js on TCP, with the three plugs as nodes 2, 3 and 4.
//   node mock-network.mjs [--port 0] [--s2] [--s0] [--unknown-ids] [--trace]
// The first line on standard output is {"listening":port}; then one JSON line per event. Standard input takes one JSON command a line: README.md.

import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { parseArgs } from "node:util";
import { commandLines, print } from "./json-lines.mjs";
import { Faults } from "./network/faults.mjs";
import { Radio } from "./network/radio.mjs";
import { SerialLine } from "./network/serial-line.mjs";
import { securityKeys } from "./keys.mjs";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    s2: { type: "boolean", default: false },
    s0: { type: "boolean", default: false },
    "unknown-ids": { type: "boolean", default: false },
    trace: { type: "boolean", default: false },
  },
});

process.on("unhandledRejection", (error) => print({ event: "internalError", reason: String(error?.stack ?? error) }));

const faults = new Faults();
const line = new SerialLine({ report: print, faults, trace: options.trace });
const radio = await Radio.create({
  line,
  faults,
  report: print,
  plugs: [
    readPlug("n4003", options.s2 ? "whenSecure" : undefined, options.s2 ? keysOf("S2_Authenticated") : undefined),
    readPlug("energy-switch"),
    readPlug("double-switch"),
    ...(options.s0 ? [{ ...readPlug("n4003", "whenSecurity0", keysOf("S0_Legacy")), node: 5 }] : []),
  ],
});

function keysOf(securityClass) {
  return { [securityClass]: securityKeys[securityClass] };
}

/** What a plug is; `variant` names the part of its file that differs when it knows security. */
function readPlug(name, variant, keys) {
  const plug = JSON.parse(readFileSync(new URL(`plugs/${name}.json`, import.meta.url), "utf8"));
  if (variant !== undefined) {
    if (!plug[variant]) throw new Error(`${name} knows no security`);
    plug.classes = Object.fromEntries(Object.entries({ ...plug.classes, ...plug[variant].classes }).filter(([, version]) => version > 0));
    plug.secureClasses = plug[variant].secureClasses;
  }
  if (options["unknown-ids"]) plug.identity.productId = 0xfffe; // nobody has a file for it: everything must come from the device
  return { ...plug, keys };
}

const bytesOf = (hex) => {
  const clean = String(hex).replaceAll(" ", "");
  if (!/^([0-9a-f]{2})+$/i.test(clean)) throw new Error(`not hex: ${hex}`);
  return Buffer.from(clean, "hex");
};

const commands = {
  // a report nobody asked for: a whole command, inside Multi Channel when it names an endpoint
  report: ({ node, hex, endpoint, secure, securityClass, tamperedByte }) =>
    radio.send(node, endpoint ? [0x60, 0x0d, endpoint, 0x00, ...bytesOf(hex)] : bytesOf(hex), { secure, securityClass, tamperedByte }),
  press: ({ node, endpoint }) => radio.plug(node).press(endpoint),
  alarm: ({ node, type, state }) => radio.plug(node).raiseAlarm(type, state),
  // what a meter shows from now on; the fields of a reading in plugs/*.json
  meter: ({ node, endpoint = 0, scale, rate = 1, ...fields }) => {
    const reading = radio.plug(node).meters[endpoint].find((entry) => entry.scale === scale && entry.rate === rate);
    if (!reading) throw new Error(`node ${node} endpoint ${endpoint} has no scale ${scale} of rate type ${rate}`);
    const { raw = reading.raw, precision = reading.precision, size = reading.size } = fields;
    Object.assign(reading, { raw, precision, size });
  },
  relay: ({ node, endpoint = 0, on }) => radio.plug(node).switch(endpoint, on), // moved without a word
  quirk: ({ node, name, on = true }) => radio.plug(node).quirks[on ? "add" : "delete"](name) && undefined,
  fault: ({ cmd, id, ...fault }) => (fault.fault === "dead" ? radio.setDead(fault.node, fault.on ?? true) : faults.arm(fault)),
  clearFaults: () => {
    faults.clear();
    radio.forgetPressedButtons();
    for (const plug of radio.plugs) radio.setDead(plug.nodeId, false);
  },
  // the button of a new plug: it joins as soon as the host adds nodes
  join: ({ plug = "n4003", node, security = [], ...details }) => {
    const names = ["n4003", "energy-switch", "double-switch"];
    if (!names.includes(plug)) throw new Error(`not one of ${names.join(", ")}: ${plug}`);
    const variant = security.some((name) => name.startsWith("S2_")) ? "whenSecure" : security.length > 0 ? "whenSecurity0" : undefined;
    return radio.join({ ...readPlug(plug, variant), node }, { requested: security, ...details });
  },
  leave: ({ node }) => radio.leave(node),
  security: ({ node }) => radio.link(node),
  forgetNonces: ({ node }) => radio.link(node).forgetNonces(),
  replay: ({ node, sequence }) => radio.link(node).replay({ sequence }),
  raw: ({ hex }) => line.writeRaw(bytesOf(hex)),
  close: ({ abruptly = false }) => line.close(abruptly),
  state: () => ({ connected: line.connected, faults, nodes: radio.plugs }),
  received: ({ node, clear = false }) => {
    const { received } = radio.plug(node);
    return clear ? received.splice(0) : received;
  },
  quit: () => process.exit(0),
};

const server = createServer((socket) => line.attach(socket));
server.on("error", (error) => {
  print({ event: "internalError", reason: error.message });
  process.exit(1);
});
server.listen(Number(options.port), "127.0.0.1", () => print({ listening: server.address().port }));
await commandLines(commands);
process.exit(0); // whoever started us is gone
