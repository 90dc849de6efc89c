// The mock network and the zwave-js driver against each other: what our own host and our own simulator are measured with must itself be right.
//   node self-test.mjs
// Exit code 0 when everything held, 1 otherwise.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PeerProcess } from "./peer-process.mjs";

const switchBinary = 37;
const meterClass = 50;
const configuration = 112;
const plugs = ["n4003", "energy-switch", "double-switch"].map((name) =>
  JSON.parse(readFileSync(new URL(`plugs/${name}.json`, import.meta.url), "utf8")),
);
const readings = plugs.flatMap(({ node, meters }) =>
  Object.entries(meters).flatMap(([endpoint, list]) => list.map((reading) => ({ node, endpoint: Number(endpoint), ...reading }))),
);

let failures = 0;
let network;
let host;
let interviews;

async function check(title, body) {
  const began = performance.now();
  try {
    await body();
    console.log(`ok   ${title} (${Math.round(performance.now() - began)} ms)`);
  } catch (error) {
    failures++;
    console.log(`FAIL ${title}\n     ${String(error.stack ?? error).replaceAll("\n", "\n     ")}`);
  }
}

async function withPeers(options, body) {
  const hostHasKeys = options.some((option) => ["--s2", "--s0", "--host-keys"].includes(option));
  network = new PeerProcess("mock-network.mjs", options.filter((option) => option !== "--host-keys"));
  try {
    const { listening } = await network.next((line) => line.listening, { what: "the port" });
    host = new PeerProcess("driver-host.mjs", [`tcp://127.0.0.1:${listening}`, ...(hostHasKeys ? ["--s2"] : [])]);
    try {
      interviews = await host.next((line) => line.event === "nodes" || line.event === "timeout", { seconds: 70, what: "the end of the interviews" });
      assert.equal(interviews.event, "nodes", JSON.stringify(interviews));
      await body();
    } finally {
      await host.stop();
    }
  } catch (error) {
    failures++;
    console.log(`FAIL ${options.join(" ")}: ${error.stack}`);
  } finally {
    await network.stop();
  }
}

const of = (lines, event) => lines.filter((line) => line.event === event);
const nodeOf = (id) => interviews.nodes.find(({ node }) => node === id);
const valueOf = (id, fits) => nodeOf(id).values.find(fits);
const meterKey = ({ scale, rate }) => (1 << 16) | (scale << 8) | rate;

async function interviewsEndWithoutAnError(expected = [2, 3, 4]) {
  assert.deepEqual(interviews.nodes.map(({ node, interviewed }) => [node, interviewed]), expected.map((node) => [node, true]));
  for (const event of ["error", "interviewFailed", "dead"]) assert.deepEqual(of(host.lines, event), []);
  for (const event of ["undecodable", "internalError", "garbage", "notAcknowledged", "refused"]) assert.deepEqual(of(network.lines, event), []);
}

/** The next value event that `action` causes. */
async function valueAfter(action, fits, what) {
  const since = host.lines.length;
  await action();
  return (await host.next((line) => line.event === "value" && fits(line), { since, what })).value;
}

await withPeers([], async () => {
  await check("every interview ends, without an error on either side", () => interviewsEndWithoutAnError());

  await check("the interview finds every meter reading", () => {
    for (const { node, endpoint, value, ...reading } of readings) {
      if (node === 4 && endpoint === 0) continue; // the driver leaves the root of a plug with endpoints alone
      const found = valueOf(node, (entry) => entry.endpoint === endpoint && entry.cc === meterClass && entry.propertyKey === meterKey(reading));
      assert.equal(found?.value, value, `node ${node} endpoint ${endpoint} scale ${reading.scale} rate ${reading.rate}`);
    }
  });

  await check("the interview finds every parameter", () => {
    for (const { node, parameters } of plugs) {
      for (const parameter of parameters) {
        const found = valueOf(node, (entry) => entry.cc === configuration && entry.property === parameter.number);
        assert.equal(found?.value, parameter.value ?? parameter.default, `node ${node} parameter ${parameter.number}`);
      }
    }
  });

  await check("every scale of every endpoint can be read", async () => {
    for (const { node, endpoint, scale, rate, value } of readings) {
      const answer = await host.run("pollMeter", { node, endpoint, scale, rate: node === 4 ? undefined : rate });
      assert.deepEqual([answer.scale, answer.rate, answer.value], [scale, rate, value], `node ${node} endpoint ${endpoint}`);
    }
  });

  await check("the Double Switch switches endpoint by endpoint, 3 is both", async () => {
    const states = async () => {
      const { nodes } = await network.run("state");
      const read = [];
      for (const endpoint of [1, 2, 3]) read.push(await host.run("getSwitch", { node: 4, endpoint }));
      return [nodes[2].relays, read];
    };
    const set = (endpoint, value) => host.run("set", { node: 4, endpoint, cc: switchBinary, property: "targetValue", value });
    await set(1, true);
    assert.deepEqual(await states(), [{ 1: true, 2: false }, [true, false, true]]);
    await set(1, false);
    await set(2, true);
    assert.deepEqual(await states(), [{ 1: false, 2: true }, [false, true, true]]);
    await set(3, true);
    assert.deepEqual(await states(), [{ 1: true, 2: true }, [true, true, true]]);
    await set(3, false);
    assert.deepEqual(await states(), [{ 1: false, 2: false }, [false, false, false]]);
    await host.run("setSwitch", { node: 4, endpoint: 0, value: true });
    assert.deepEqual(await states(), [{ 1: true, 2: true }, [true, true, true]]);
  });

  await check("the plugs with one relay switch, supervised where they can", async () => {
    for (const [node, expected] of [[2, 0xff], [3, "transmitted"]]) {
      assert.equal(await host.run("setSwitch", { node, value: true }), expected);
      assert.equal(await host.run("getSwitch", { node }), true);
      await host.run("setSwitch", { node, value: false });
      assert.equal(await host.run("getSwitch", { node }), false);
    }
  });

  await check("parameters of one, two and four bytes are written and read back", async () => {
    for (const [node, parameter, size, value] of [[2, 1, 1, 3], [3, 3, 2, 2300], [2, 2, 4, 60], [4, 8, 2, 600], [4, 7, 1, 2], [3, 7, 1, 200]]) {
      await host.run("setParam", { node, parameter, value });
      assert.equal(await host.run("getParam", { node, parameter }), value, `node ${node} parameter ${parameter}`);
      const sent = (await network.run("received", { node })).findLast((hex) => hex.includes("7004"));
      const bytes = Buffer.alloc(size);
      bytes.writeUIntBE(value, 0, size);
      assert.ok(sent.endsWith(Buffer.concat([Buffer.of(0x70, 0x04, parameter, size), bytes]).toString("hex").toUpperCase()), sent);
    }
    // The Energy Switch knows now that it was changed.
    assert.equal(await host.run("getParam", { node: 3, parameter: 1 }), 0x55);
  });

  await check("a parameter written with a wrong size stays as it was", async () => {
    await host.run("setParam", { node: 3, parameter: 3, value: 100, size: 1, format: 0 });
    assert.equal(await host.run("getParam", { node: 3, parameter: 3 }), 2300);
  });

  await check("any value but 55 in parameter 1 of the Energy Switch resets all", async () => {
    await host.run("setParam", { node: 3, parameter: 1, value: 255 });
    assert.equal(await host.run("getParam", { node: 3, parameter: 3 }), 4500);
    assert.equal(await host.run("getParam", { node: 3, parameter: 1 }), 0xaa);
  });

  await check("parameter 2 of the Energy Switch gives its watts decimals", async () => {
    await host.run("setParam", { node: 3, parameter: 2, value: 2 });
    const since = network.lines.length;
    assert.equal((await host.run("pollMeter", { node: 3, scale: 2, rate: 1 })).value, 200);
    const [{ hex }] = of(network.lines.slice(since), "answer");
    assert.equal(hex, "32022154" + "00004E20" + "0000"); // precision 2: 20000 hundredths
  });

  await check("a meter reset empties the endpoint it was sent to and no other", async () => {
    const energy = (node, endpoint) => host.run("pollMeter", { node, endpoint, scale: 0 }).then(({ value }) => value);
    await host.run("resetMeter", { node: 4, endpoint: 1 });
    assert.deepEqual([await energy(4, 1), await energy(4, 2), await energy(4, 3)], [0, 7.89, 7.89]);
    await host.run("resetMeter", { node: 4, endpoint: 2 });
    assert.deepEqual([await energy(4, 1), await energy(4, 2), await energy(4, 3)], [0, 0, 0]);
    await host.run("resetMeter", { node: 2 });
    await host.run("resetMeter", { node: 3 });
    assert.deepEqual([await energy(2, 0), await energy(3, 0)], [0, 0]);
    assert.equal((await host.run("pollMeter", { node: 2, scale: 2, rate: 1 })).value, 60.5);
  });

  await check("reports nobody asked for arrive", async () => {
    // 61.5 W of node 2; 1.00 kWh of endpoint 2 of node 4
    const watts = await valueAfter(
      () => network.run("report", { node: 2, hex: "32 02 21 32 02 67 00 00" }),
      (line) => line.node === 2 && line.cc === meterClass,
      "61.5 W",
    );
    assert.equal(watts, 61.5);
    const energy = await valueAfter(
      () => network.run("report", { node: 4, endpoint: 2, hex: "32 02 21 44 00 00 00 64" }),
      (line) => line.node === 4 && line.endpoint === 2 && line.cc === meterClass,
      "1.00 kWh",
    );
    assert.equal(energy, 1);
  });

  await check("a pressed button is reported to the lifeline", async () => {
    const fits = (line) => line.node === 2 && line.cc === switchBinary && line.property === "currentValue";
    assert.equal(await valueAfter(() => network.run("press", { node: 2 }), fits, "the button"), true);
    assert.equal(await valueAfter(() => network.run("press", { node: 2 }), fits, "the button"), false);
  });

  await check("an alarm comes and goes", async () => {
    const fits = (line) => line.node === 2 && line.propertyKey === "Over-load status";
    assert.equal(await valueAfter(() => network.run("alarm", { node: 2, type: 8, state: 8 }), fits, "over-load"), 8);
    assert.equal(await valueAfter(() => network.run("alarm", { node: 2, type: 8, state: 0 }), fits, "idle"), 0);
  });

  await check("Protection, Switch All, Powerlevel and Indicator answer", async () => {
    await host.run("call", { node: 3, cc: "Protection", method: "set", args: [2] });
    assert.equal((await host.run("call", { node: 3, cc: "Protection", method: "get" })).local, 2);
    assert.equal((await host.run("call", { node: 2, cc: "Powerlevel", method: "getPowerlevel" })).powerlevel, 0);
    await host.run("call", { node: 2, cc: "Indicator", method: "identify" });
    assert.deepEqual((await network.run("state")).nodes[0].indicators, { 3: 8, 4: 3, 5: 6 });
  });

  await check("a CAN is repeated and gets there; after a NAK, which the driver does not repeat, the next command does", async () => {
    for (const fault of ["can", "nak"]) {
      const since = network.lines.length;
      await network.run("fault", { fault });
      const asked = host.run("getSwitch", { node: 3 });
      if (fault === "can") assert.equal(await asked, false);
      else await asked.catch(() => {});
      assert.equal(of(network.lines.slice(since), "fault").filter((line) => line.fault === fault).length, 1);
    }
    assert.equal(await host.run("getSwitch", { node: 3 }), false);
  });

  await check("a transmission that fails never reaches the plug", async () => {
    await network.run("received", { node: 3, clear: true });
    await network.run("fault", { fault: "failTransmit", status: 1, node: 3, times: 10 });
    await assert.rejects(host.run("getSwitch", { node: 3 }));
    assert.deepEqual(await network.run("received", { node: 3 }), []);
    await network.run("clearFaults");
    assert.equal(await host.run("ping", { node: 3 }), true);
  });

  await check("a dead node is found dead and comes back", async () => {
    await network.run("fault", { fault: "dead", node: 4 });
    assert.equal(await host.run("ping", { node: 4 }), false);
    await network.run("fault", { fault: "dead", node: 4, on: false });
    assert.equal(await host.run("ping", { node: 4 }), true);
  });

  await check("what cannot be decoded stops nothing", async () => {
    // a Switch Binary Set without its value, an unknown class
    for (const bytes of ["2501", "FA01"]) {
      const since = network.lines.length;
      await host.run("raw", { node: 3, hex: bytes });
      await network.next((line) => line.event === "command" && line.node === 3 && line.hex === bytes, { since, what: bytes });
    }
    assert.equal(await host.run("getSwitch", { node: 3 }), false);
  });

  await check("another client may come when the first is gone", async () => {
    const since = network.lines.length;
    await network.run("close", { abruptly: true });
    await network.next((line) => line.event === "disconnected", { since, what: "the end of the connection" });
    await host.stop();
    const again = new PeerProcess("driver-host.mjs", [`tcp://127.0.0.1:${network.lines[0].listening}`]);
    try {
      const { nodes } = await again.next((line) => line.event === "nodes", { seconds: 70, what: "the second interview" });
      assert.ok(nodes.every(({ interviewed }) => interviewed));
    } finally {
      await again.stop();
    }
  });
});

await withPeers(["--unknown-ids"], async () => {
  await check("without a device file: every interview ends, without an error on either side", () => interviewsEndWithoutAnError());

  await check("without a device file: names and limits of the parameters come from the plug", () => {
    for (const parameter of plugs[0].parameters) {
      const found = valueOf(2, (entry) => entry.cc === configuration && entry.property === parameter.number);
      assert.equal(found?.label, parameter.name);
      assert.equal(found?.value, parameter.default);
    }
  });
});

const isMeterValue = (node) => (line) => line.node === node && line.cc === meterClass;

/** What the host tells of a meter before `action` is followed by a reading that it must tell: 70.0 W. */
async function toldOfMeter(node, action) {
  const since = host.lines.length;
  await action();
  await network.run("report", { node, hex: "32 02 21 32 02 BC 00 00" });
  await host.next((line) => isMeterValue(node)(line) && line.value === 70, { since, what: "70 W" });
  return of(host.lines.slice(since), "value").filter(isMeterValue(node)).map(({ value }) => value);
}

await withPeers(["--s2", "--s0"], async () => {
  await check("with keys: every interview ends, without an error on either side", () => interviewsEndWithoutAnError([2, 3, 4, 5]));

  await check("with keys: every plug is talked to in its own class", async () => {
    assert.deepEqual(interviews.nodes.map(({ securityClass }) => securityClass), ["S2_Authenticated", "None", "None", "S0_Legacy"]);
    for (const node of [2, 5]) {
      assert.equal(await host.run("setSwitch", { node, value: true }), node === 2 ? 0xff : "transmitted");
      assert.equal(await host.run("getSwitch", { node }), true);
      assert.ok((await network.run("received", { node })).some((hex) => /2501FF/.test(hex)));
      assert.equal((await network.run("security", { node })).refused.plain, 0);
      assert.deepEqual(await toldOfMeter(node, () => network.run("report", { node, hex: "32 02 21 32 02 67 00 00" })), [61.5, 70]);
    }
  });

  await check("with keys: parameters and meters are read inside the envelope", async () => {
    for (const node of [2, 5]) {
      await host.run("setParam", { node, parameter: 2, value: 60 });
      assert.equal(await host.run("getParam", { node, parameter: 2 }), 60);
      assert.equal((await host.run("pollMeter", { node, scale: 0, rate: 1 })).value, 123.45);
    }
  });

  await check("a plug that lost its nonces gets the command nevertheless", async () => {
    for (const [node, expected] of [[2, 0xff], [5, "transmitted"]]) {
      await network.run("forgetNonces", { node });
      assert.equal(await host.run("setSwitch", { node, value: false }), expected);
      assert.equal(await host.run("getSwitch", { node }), false);
    }
    assert.equal((await network.run("security", { node: 2 })).refused.noNonce, 1);
  });

  await check("a host that lost its nonces gets the report nevertheless", async () => {
    await host.run("forgetNonces", { node: 2 });
    const { resent } = await network.run("security", { node: 2 });
    const told = await toldOfMeter(2, async () => {
      const since = network.lines.length;
      await network.run("report", { node: 2, hex: "32 02 21 32 02 68 00 00" });
      await network.next((line) => line.event === "resent", { since, what: "the second transmission" });
    });
    assert.deepEqual(told, [61.6, 70]);
    assert.equal((await network.run("security", { node: 2 })).resent, resent + 1);
  });

  await check("a frame that is lost between two others does not matter", async () => {
    await network.run("fault", { fault: "dropEncrypted", node: 2 });
    assert.deepEqual(await toldOfMeter(2, () => network.run("report", { node: 2, hex: "32 02 21 32 02 69 00 00" })), [70]);
  });

  await check("what is replayed, changed, plain or in a lower class is not believed", async () => {
    const report = { node: 2, hex: "32 02 21 32 02 6A 00 00" };
    assert.deepEqual(await toldOfMeter(2, () => network.run("replay", { node: 2 })), [70]);
    assert.deepEqual(await toldOfMeter(2, () => network.run("replay", { node: 2, sequence: 0x77 })), [70]);
    for (const tamperedByte of [-1, -9]) {
      assert.deepEqual(await toldOfMeter(2, () => network.run("report", { ...report, tamperedByte })), [70]);
    }
    assert.deepEqual(await toldOfMeter(2, () => network.run("report", { ...report, secure: false })), [70]);
    for (const tamperedByte of [-1, -10]) {
      assert.deepEqual(await toldOfMeter(5, () => network.run("report", { ...report, node: 5, tamperedByte })), [70]);
    }
    assert.deepEqual(await toldOfMeter(5, () => network.run("replay", { node: 5 })), [70]);
    assert.equal(await host.run("setSwitch", { node: 2, value: true }), 0xff);
  });

  await check("a plain command moves no plug with keys", async () => {
    await host.run("raw", { node: 2, hex: "250100", secure: false });
    await network.next((line) => line.event === "notAccepted" && line.reason === "plain" && line.hex === "250100");
    assert.equal(await host.run("getSwitch", { node: 2 }), true);
  });
});

/** Presses the button of a new plug and includes it; gives what the host says at the end. */
async function include({ security, pin, strategy = "default", ...details }) {
  const since = host.lines.length;
  const began = network.lines.length;
  const label = await network.run("join", { security, ...details });
  await host.run("include", { strategy });
  if (security?.some((name) => name.startsWith("S2_"))) {
    const { classes } = await host.next((line) => line.event === "grantAsked", { since, what: "the question what to grant" });
    assert.deepEqual(new Set(classes), new Set(security));
    await host.run("grant", { classes });
    if (security.some((name) => name !== "S2_Unauthenticated")) {
      const { dsk } = await host.next((line) => line.event === "pinAsked", { since, what: "the question for the PIN" });
      assert.equal(label.pin + dsk, label.dsk);
      await host.run("pin", { pin: pin ?? label.pin });
    }
  }
  const added = await host.next((line) => line.event === "nodeAdded", { since, what: "the end of the inclusion" });
  assert.equal(added.node, label.node);
  const keyExchange = (step) =>
    network.next((line) => line.event === "keyExchange" && line.node === label.node && line.step === step, { since: began, what: step });
  return { ...added, since, keyExchange };
}

async function operate({ node, since }) {
  await host.next((line) => line.event === "interviewed" && line.node === node, { since, what: "the interview" });
  await host.run("setSwitch", { node, value: true });
  assert.equal(await host.run("getSwitch", { node }), true);
}

async function exclude({ node, since }) {
  await network.run("leave", { node });
  await host.run("exclude");
  await host.next((line) => line.event === "nodeRemoved" && line.node === node, { since, what: "the exclusion" });
  await assert.rejects(network.run("received", { node }));
}

await withPeers([], async () => {
  // Without keys of its own a host gives none away.
  await check("a plug without keys joins and leaves", async () => {
    const added = await include({ plug: "energy-switch" });
    assert.equal(added.securityClass, "None");
    await operate(added);
    await exclude(added);
  });
});

await withPeers(["--host-keys"], async () => {
  for (const security of [
    ["S2_Unauthenticated"],
    ["S2_Unauthenticated", "S2_Authenticated"],
    ["S2_Authenticated", "S2_AccessControl", "S0_Legacy"],
  ]) {
    await check(`a plug is given ${security.join(", ")}, works and leaves`, async () => {
      const added = await include({ security });
      assert.deepEqual([added.securityClass, added.lowSecurity], [security.findLast((name) => name.startsWith("S2_")), false]);
      assert.deepEqual(new Set((await added.keyExchange("complete")).classes), new Set(security));
      await operate(added);
      if (security.length > 1) {
        const inLowerClass = { node: added.node, hex: "32 02 21 32 02 6B 00 00", securityClass: security[0] };
        assert.deepEqual(await toldOfMeter(added.node, () => network.run("report", inLowerClass)), [70]);
      }
      await exclude(added);
    });
  }

  await check("a plug is given the key of Security 0, works and leaves", async () => {
    const added = await include({ security: ["S0_Legacy"], strategy: "s0" });
    assert.equal(added.securityClass, "S0_Legacy");
    await operate(added);
    await exclude(added);
  });

  await check("with a wrong PIN nothing is given", async () => {
    const added = await include({ security: ["S2_Authenticated"], pin: "00001", repeatMs: 500 });
    assert.deepEqual([added.securityClass, added.reason], ["None", "S2IncorrectPIN"]);
    assert.equal((await added.keyExchange("failed")).failType, 6);
    assert.deepEqual((await network.run("security", { node: added.node })).classes, []);
  });

  for (const [misbehaves, reason, failType] of [
    ["wrongEcho", "S2WrongSecurityLevel", 7],
    ["plainEcho", "S2WrongSecurityLevel", 7],
    ["keyNotGranted", "S2WrongSecurityLevel", 8],
    ["fail", "NodeCanceled", 6],
  ]) {
    await check(`a plug that misbehaves is given nothing: ${misbehaves}`, async () => {
      const added = await include({ security: ["S2_Unauthenticated"], misbehaves, repeatMs: 500 });
      assert.deepEqual([added.securityClass, added.reason], ["None", reason]);
      assert.equal((await added.keyExchange("failed")).failType, failType);
    });
  }

  await check("a plug of another network is taken out of it", async () => {
    const since = host.lines.length;
    await host.run("exclude");
    await network.run("leave");
    await host.next((line) => line.event === "exclusionStopped", { since, what: "the end of the exclusion" });
  });
});

console.log(failures === 0 ? "everything held" : `${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
