// The zwave-js driver as somebody else's host: interviews whatever stick is at the address and then does what it is told.
//   node driver-host.mjs tcp://127.0.0.1:PORT [--limit seconds] [--s2] [--log] [--cache directory]
// One JSON line per event on standard output, one JSON command per line on standard input: README.md.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { parseArgs } from "node:util";
import { CommandClass } from "@zwave-js/cc";
import { SecurityClass } from "@zwave-js/core";
import { Driver, FirmwareUpdateStatus, InclusionStrategy, InterviewStage, NodeStatus, RemoveNodeReason, SecurityBootstrapFailure } from "zwave-js";
import { commandLines, print } from "./json-lines.mjs";
import { securityKeys } from "./keys.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: "string", default: "60" },
    s2: { type: "boolean", default: false },
    log: { type: "boolean", default: false },
    cache: { type: "string" },
  },
});
if (positionals.length !== 1) {
  process.stderr.write("usage: node driver-host.mjs tcp://host:port [--limit seconds] [--s2] [--log] [--cache directory]\n");
  process.exit(64);
}

// What the driver writes at these levels says that it met something it did not expect.
const levels = { error: "error", warn: "warning" };
// Except this: it stores the capability report of an endpoint by way of that endpoint, which it knows only after the report. Every plug with
// endpoints makes it say so.
const ownFault = /^Node \d+, Endpoint \d+: Trying to access endpoint instance before Multi Channel interview$/;
const messageOf = ({ message }) => (Array.isArray(message) ? message.join("\n") : typeof message === "string" ? message : JSON.stringify(message));
const logLines = new Writable({
  objectMode: true,
  write(info, _, done) {
    const message = messageOf(info).trim();
    const kind = ownFault.test(message) ? undefined : levels[info.level];
    if (kind) print({ event: kind, source: info.label, node: info.context?.nodeId, message });
    if (options.log) process.stderr.write(`${info.level} ${info.label ?? ""} ${message}\n`);
    done();
  },
});
logLines.log = () => {}; // never called, but its absence is taken for a fault

const cacheDir = options.cache ?? mkdtempSync(join(tmpdir(), "zwbridge-driver-"));
if (!options.cache) process.on("exit", () => rmSync(cacheDir, { recursive: true, force: true }));

const driver = new Driver(positionals[0], {
  storage: { cacheDir, throttle: "fast" },
  securityKeys: options.s2 ? securityKeys : undefined,
  logConfig: { enabled: true, level: options.log ? "debug" : "warn", forceConsole: false, showLogo: false, transports: [logLines] },
  // Every set is told as an event when the node confirms it, and only then.
  disableOptimisticValueUpdate: true,
});

async function finish(code) {
  await driver.destroy().catch(() => {});
  process.exit(code);
}
process.on("SIGTERM", () => finish(0));
process.on("unhandledRejection", (error) => print({ event: "error", source: "process", message: String(error?.stack ?? error) }));
driver.on("error", (error) => print({ event: "error", source: "driver", code: error.code, message: error.message }));

/** Values that JSON has no form for come as text: bytes in hex, durations and unknowns by their name. */
function plain(value) {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex").toUpperCase();
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [key, plain(entry)]));
  if (value instanceof Set) return [...value].map(plain);
  if (typeof value === "bigint") return value.toString();
  return value;
}

const valuesOf = (node) =>
  node.getDefinedValueIDs().map((id) => ({
    endpoint: id.endpoint ?? 0,
    cc: id.commandClass,
    property: id.property,
    propertyKey: id.propertyKey,
    name: id.propertyName,
    label: node.getValueMetadata(id).label,
    unit: node.getValueMetadata(id).unit,
    value: plain(node.getValue(id)),
  }));

const className = (securityClass) => (securityClass === undefined ? undefined : SecurityClass[securityClass]);
const classesOf = (names) =>
  names.map((name) => {
    if (SecurityClass[name] === undefined) throw new Error(`no security class ${name}`);
    return SecurityClass[name];
  });

const describe = (node) => ({
  node: node.id,
  interviewed: node.interviewStage === InterviewStage.Complete,
  stage: InterviewStage[node.interviewStage],
  status: NodeStatus[node.status],
  manufacturerId: node.manufacturerId,
  productType: node.productType,
  productId: node.productId,
  firmwareVersion: node.firmwareVersion,
  label: node.label,
  isSecure: node.isSecure,
  securityClass: className(node.getHighestSecurityClass()),
  endpoints: node.getEndpointCount(),
  commandClasses: Object.fromEntries(
    [...node.implementedCommandClasses].filter(([, info]) => info.isSupported).map(([id]) => [id, node.getCCVersion(id)]),
  ),
  values: valuesOf(node),
});

function watch(node) {
  node.on("interview completed", () => print({ event: "interviewed", node: node.id }));
  node.on("interview failed", (_, { errorMessage, isFinal }) =>
    print({ event: "interviewFailed", node: node.id, message: errorMessage, isFinal }),
  );
  for (const status of ["alive", "dead"]) node.on(status, () => print({ event: status, node: node.id }));
  for (const change of ["value added", "value updated"]) {
    node.on(change, (_, { endpoint, commandClass, property, propertyKey, newValue }) =>
      print({ event: "value", node: node.id, endpoint: endpoint ?? 0, cc: commandClass, property, propertyKey, value: plain(newValue) }),
    );
  }
  node.on("value notification", (_, { endpoint, commandClass, property, propertyKey, value }) =>
    print({ event: "valueNotification", node: node.id, endpoint: endpoint ?? 0, cc: commandClass, property, propertyKey, value: plain(value) }),
  );
  node.on("notification", (endpoint, cc, args) =>
    print({ event: "notification", node: endpoint.nodeId, endpoint: endpoint.index, cc, args: JSON.parse(JSON.stringify(args, (_, v) => plain(v))) }),
  );
}

// What the user says while a node joins: given beforehand with "include", or asked for in an event and answered by a command.
const strategies = {
  default: InclusionStrategy.Default,
  insecure: InclusionStrategy.Insecure,
  s0: InclusionStrategy.Security_S0,
  s2: InclusionStrategy.Security_S2,
};
const questions = new Map();
const ask = (name) => new Promise((resolve) => questions.set(name, resolve));
function answer(name, value) {
  const resolve = questions.get(name);
  if (!resolve) throw new Error(`nobody asked for ${name}`);
  questions.delete(name);
  resolve(value);
}

const userCallbacks = ({ grant, pin }) => ({
  grantSecurityClasses: async ({ securityClasses }) => {
    print({ event: "grantAsked", classes: securityClasses.map(className) });
    const classes = grant ?? (await ask("grant"));
    return classes && { securityClasses: classesOf(classes), clientSideAuth: false };
  },
  validateDSKAndEnterPIN: async (dsk) => {
    print({ event: "pinAsked", dsk });
    return pin ?? (await ask("pin"));
  },
  abort: () => print({ event: "inclusionAborted" }),
});

function watchMembership(controller) {
  for (const process of ["inclusion", "exclusion"]) {
    for (const state of ["Started", "Stopped", "Failed"]) controller.on(`${process} ${state.toLowerCase()}`, () => print({ event: process + state }));
  }
  controller.on("node found", ({ id, supportedCCs }) => print({ event: "nodeFound", node: id, commandClasses: supportedCCs }));
  controller.on("node added", (node, { lowSecurity, lowSecurityReason }) => {
    watch(node);
    print({
      event: "nodeAdded",
      node: node.id,
      securityClass: className(node.getHighestSecurityClass()),
      lowSecurity,
      reason: lowSecurityReason === undefined ? undefined : SecurityBootstrapFailure[lowSecurityReason],
    });
  });
  controller.on("node removed", (node, reason) => print({ event: "nodeRemoved", node: node.id, reason: RemoveNodeReason[reason] }));
}

/** Resolves when every node but the controller is interviewed or has failed for good. */
function interviewed(nodes) {
  return Promise.all(
    nodes.map(
      (node) =>
        new Promise((resolve) => {
          if (node.interviewStage === InterviewStage.Complete) return resolve();
          node.once("interview completed", () => resolve());
          node.on("interview failed", (_, { isFinal }) => isFinal && resolve());
          node.on("dead", () => resolve());
        }),
    ),
  );
}

const limit = setTimeout(() => {
  const unfinished = [...(driver.ready ? driver.controller.nodes.values() : [])]
    .filter((node) => node.interviewStage !== InterviewStage.Complete)
    .map((node) => ({ node: node.id, stage: InterviewStage[node.interviewStage] }));
  print({ event: "timeout", seconds: Number(options.limit), ready: driver.ready, unfinished });
  finish(1);
}, Number(options.limit) * 1000);

const nodeOf = (id) => driver.controller.nodes.getOrThrow(id);
const classOf = (id, endpoint = 0) => {
  const found = nodeOf(id).getEndpoint(endpoint);
  if (!found) throw new Error(`node ${id} has no endpoint ${endpoint}`);
  return found.commandClasses;
};
// The driver says what became of a supervised command; undefined = not supervised, only transmitted.
const outcome = (result) => (result === undefined ? "transmitted" : plain(result.status));

const commands = {
  set: async ({ node, endpoint = 0, cc, property, propertyKey, value, options: setOptions }) => {
    const result = await nodeOf(node).setValue({ commandClass: cc, endpoint, property, propertyKey }, value, setOptions);
    if (result.status !== 0xff && result.status !== 0x01 && result.status !== 0xfe) throw new Error(result.message ?? `status ${result.status}`);
    return { status: result.status };
  },
  poll: ({ node, endpoint = 0, cc, property, propertyKey }) =>
    nodeOf(node).pollValue({ commandClass: cc, endpoint, property, propertyKey }).then(plain),
  getSwitch: async ({ node, endpoint = 0 }) => (await answered(classOf(node, endpoint)["Binary Switch"].get())).currentValue,
  setSwitch: async ({ node, endpoint = 0, value }) => outcome(await classOf(node, endpoint)["Binary Switch"].set(value)),
  pollMeter: ({ node, endpoint = 0, scale, rate }) => answered(classOf(node, endpoint).Meter.get({ scale, rateType: rate })).then(reading),
  resetMeter: async ({ node, endpoint = 0 }) => outcome(await classOf(node, endpoint).Meter.reset()),
  // Without a size the driver takes the one it knows from its device files or from the node.
  setParam: async ({ node, parameter, value, size, format }) =>
    outcome(
      await classOf(node).Configuration.set(size === undefined ? { parameter, value } : { parameter, value, valueSize: size, valueFormat: format }),
    ),
  getParam: ({ node, parameter }) => answered(classOf(node).Configuration.get(parameter)),
  // Any method of any command class: {"cc":"Protection","method":"get","args":[]}
  call: async ({ node, endpoint = 0, cc, method, args = [] }) => {
    const result = await classOf(node, endpoint)[cc][method](...args);
    return result === undefined ? undefined : JSON.parse(JSON.stringify(result, (_, value) => plain(value)));
  },
  // A command as bytes, sent as they are (in the envelope of the node's class unless `secure` is false); nobody waits for an answer.
  raw: async ({ node, hex, secure = true }) => {
    const [ccId, ccCommand, ...payload] = Buffer.from(hex.replaceAll(" ", ""), "hex");
    const command = new CommandClass({ nodeId: node, ccId, ccCommand, payload: Buffer.from(payload) });
    await driver.sendCommand(command, { useSupervision: "disabled", maxSendAttempts: 1, autoEncapsulate: secure });
  },
  // strategy default, s2, s0 or insecure; grant: class names (false = cancel); pin: five digits (false = cancel). What is not given is asked for.
  include: ({ strategy = "default", grant, pin }) => {
    if (strategies[strategy] === undefined) throw new Error(`not one of ${Object.keys(strategies).join(", ")}: ${strategy}`);
    questions.clear();
    return driver.controller.beginInclusion({
      strategy: strategies[strategy],
      forceSecurity: true,
      ...(strategy === "default" || strategy === "s2" ? { userCallbacks: userCallbacks({ grant, pin }) } : {}),
    });
  },
  grant: ({ classes }) => answer("grant", classes),
  pin: ({ pin }) => answer("pin", pin),
  stopInclusion: () => driver.controller.stopInclusion(),
  exclude: () => driver.controller.beginExclusion(),
  stopExclusion: () => driver.controller.stopExclusion(),
  // An entry of the SmartStart list: the node is included when it announces itself.
  provision: ({ dsk, classes }) => driver.controller.provisionSmartStartNode({ dsk, securityClasses: classesOf(classes) }),
  securityClass: ({ node }) => ({
    highest: className(nodeOf(node).getHighestSecurityClass()),
    granted: ["S2_AccessControl", "S2_Authenticated", "S2_Unauthenticated", "S0_Legacy"].filter(
      (name) => nodeOf(node).hasSecurityClass(SecurityClass[name]) === true,
    ),
  }),
  // The driver forgets its nonces of a node, as if it had been started anew.
  forgetNonces: ({ node }) => driver.getSecurityManager2(node)?.deleteNonce(node),
  updateFirmware: async ({ node, hex, target = 0 }) => {
    nodeOf(node).on("firmware update progress", (_, progress) => print({ event: "firmwareProgress", node, ...progress }));
    const result = await nodeOf(node).updateFirmware([{ data: new Uint8Array(Buffer.from(hex, "hex")), firmwareTarget: target }]);
    nodeOf(node).removeAllListeners("firmware update progress");
    return { ...result, status: FirmwareUpdateStatus[result.status] };
  },
  // Brings a firmware (hex) to a node; tells how that ended.
  updateFirmware: async ({ node, hex }) => plain(await nodeOf(node).updateFirmware([{ data: Uint8Array.from(Buffer.from(hex, "hex")), firmwareTarget: 0 }])),
  ping: ({ node }) => nodeOf(node).ping(),
  refresh: ({ node }) => {
    void nodeOf(node).refreshInfo();
  },
  values: ({ node }) => valuesOf(nodeOf(node)),
  nodes: () => [...driver.controller.nodes.values()].map(describe),
  quit: () => {
    setImmediate(() => finish(0));
  },
};

const answered = async (promise) => {
  const value = await promise;
  if (value === undefined) throw new Error("the node did not answer");
  return value;
};

const reading = ({ type, scale, rateType, value, deltaTime, previousValue }) => ({
  type,
  scale: scale.key,
  unit: scale.unit,
  rate: rateType,
  value,
  deltaTime: plain(deltaTime),
  previousValue,
});

driver.once("driver ready", async () => {
  print({ event: "ready", homeId: driver.controller.homeId, nodes: [...driver.controller.nodes.keys()] });
  const nodes = [...driver.controller.nodes.values()].filter((node) => node.id !== driver.controller.ownNodeId);
  nodes.forEach(watch);
  watchMembership(driver.controller);
  await interviewed(nodes);
  clearTimeout(limit);
  print({ event: "nodes", nodes: nodes.map(describe) });
});

try {
  await driver.start();
} catch (error) {
  print({ event: "error", source: "start", code: error.code, message: error.message });
  await finish(1);
}
await commandLines(commands);
await finish(0);
