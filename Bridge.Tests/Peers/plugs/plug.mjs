// One plug: what its JSON file says, the state that commands change, and the way a command takes through its encapsulations.
// Everything is bytes, as the documents of the plugs give them; nothing here asks the mock network's own command classes.

import { association, associationGroupInformation, multiChannelAssociation } from "./classes/association.mjs";
import { configuration } from "./classes/configuration.mjs";
import * as information from "./classes/information.mjs";
import { meter } from "./classes/meter.mjs";
import { multiChannel } from "./classes/multi-channel.mjs";
import { notification } from "./classes/notification.mjs";
import { basic, protection, switchAll, switchBinary } from "./classes/switching.mjs";
import { accepted, refused } from "./outcome.mjs";

// class id -> (plug, endpoint index, command id, parameters) => bytes of one answer, a list of answers, accepted, refused or undefined
const handlers = {
  0x20: basic,
  0x25: switchBinary,
  0x27: switchAll,
  0x32: meter,
  0x59: associationGroupInformation,
  0x5e: information.zwavePlusInfo,
  0x60: multiChannel,
  0x70: configuration,
  0x71: notification,
  0x72: information.manufacturerSpecific,
  0x73: information.powerlevel,
  0x75: protection,
  0x7a: information.firmwareUpdate,
  0x85: association,
  0x86: information.version,
  0x87: information.indicator,
  0x8e: multiChannelAssociation,
};

const noSupport = 0x00;
const failed = 0x02;
const succeeded = 0xff;
const supervision = 0x6c;
const multiChannelClass = 0x60;
const lifeline = 1;
const controllerNodeId = 1;

export class Plug {
  #send;
  #report;
  #lastSupervision;
  #movedAt = -Infinity;
  quirks = new Set();

  constructor(description, { send, report }) {
    this.description = structuredClone(description);
    this.nodeId = description.node;
    this.#send = send;
    this.#report = report;
    this.received = [];
    this.relays = new Map(Object.keys(description.relays).map((endpoint) => [Number(endpoint), description.relays[endpoint].on ?? false]));
    this.meters = structuredClone(description.meters);
    // What the file says a reading means is for its readers; here only the raw number counts, and it changes.
    for (const readings of Object.values(this.meters)) readings.forEach((reading) => (delete reading.value, delete reading.unit));
    this.parameters = new Map(description.parameters.map((parameter) => [parameter.number, parameter.value ?? parameter.default]));
    this.groups = new Map(description.groups.map((group) => [group.number, []]));
    this.alarms = new Map();
    this.switchAllMode = 0xff;
    this.protectionState = 0;
    this.powerlevel = { level: 0, timeout: 0 };
    this.indicators = new Map();
  }

  get isSecure() {
    return this.classList.some(({ id }) => id === 0x9f || id === 0x98);
  }

  /** Classes of the root device: id, version, whether they need the secure envelope. */
  get classList() {
    return classesOf(this.description.classes, this.description.secureClasses);
  }

  get protocolInfo() {
    const { genericDeviceClass, specificDeviceClass, firmwareVersion, manufacturerId, productType, productId } = this.description.identity;
    return {
      isListening: true,
      isRouting: true,
      supportsSecurity: this.isSecure,
      supportsBeaming: true,
      genericDeviceClass,
      specificDeviceClass,
      firmwareVersion,
      manufacturerId,
      productType,
      productId,
    };
  }

  get endpointCount() {
    return Object.keys(this.description.endpoints ?? {}).length;
  }

  /** Classes of an endpoint, 0 = the root device; undefined when there is no such endpoint. */
  classesOfEndpoint(endpoint) {
    if (endpoint === 0) return this.classList;
    const classes = this.description.endpoints?.[endpoint]?.classes;
    return classes && classesOf(classes);
  }

  /** Version of a class anywhere on the plug, 0 = not there. */
  versionOf(classId) {
    for (let endpoint = 0; endpoint <= this.endpointCount; endpoint++) {
      const found = this.classesOfEndpoint(endpoint).find(({ id }) => id === classId);
      if (found) return found.version;
    }
    return 0;
  }

  /** A frame from the air, with all its encapsulations; gives the frames that go back, in order. */
  receive(bytes, { isSinglecast }) {
    this.received.push(toHex(bytes));
    const answers = this.#unwrap(0, Buffer.from(bytes), isSinglecast);
    return isSinglecast ? answers : [];
  }

  /** A command without encapsulation, for an endpoint. */
  execute(endpoint, bytes) {
    const [classId, commandId] = bytes;
    const isThere = this.classesOfEndpoint(endpoint)?.some(({ id }) => id === classId);
    const handler = isThere || (classId === 0x20 && this.classesOfEndpoint(endpoint)) ? handlers[classId] : undefined;
    const result = handler && bytes.length >= 2 ? handler(this, endpoint, commandId, bytes.subarray(2)) : undefined;
    if (result === accepted) return { answers: [], accepted: true, isKnown: true };
    if (result === refused || result === undefined) return { answers: [], accepted: false, isKnown: handler !== undefined };
    const answers = Array.isArray(result[0]) || Buffer.isBuffer(result[0]) ? result : [result];
    return { answers: answers.map((answer) => Buffer.from(answer)), accepted: true, isKnown: true };
  }

  #unwrap(endpoint, bytes, isSinglecast) {
    const [classId, commandId] = bytes;
    if (classId === multiChannelClass && commandId === 0x0d && this.versionOf(multiChannelClass) > 0) {
      return this.#unwrapMultiChannel(bytes, isSinglecast);
    }
    if (classId === multiChannelClass && commandId === 0x06 && this.versionOf(multiChannelClass) > 0) {
      return this.#unwrap(bytes[2], bytes.subarray(3), isSinglecast).map((answer) => Buffer.of(classId, 0x06, bytes[2], ...answer));
    }
    if (classId === supervision && commandId === 0x01 && this.versionOf(supervision) > 0 && isSinglecast) {
      return this.#unwrapSupervision(endpoint, bytes);
    }
    return this.execute(endpoint, bytes).answers;
  }

  #unwrapMultiChannel(bytes, isSinglecast) {
    const source = bytes[2] & 0x7f;
    const destination = bytes[3] & 0x7f;
    const inner = bytes.subarray(4);
    if (bytes[3] & 0x80) {
      // A bit address names endpoints 1 to 7 and is never answered.
      for (let bit = 0; bit < 7; bit++) {
        if (destination & (1 << bit)) this.#unwrap(bit + 1, inner, isSinglecast);
      }
      return [];
    }
    return this.#unwrap(destination, inner, isSinglecast).map((answer) => Buffer.of(multiChannelClass, 0x0d, destination, source, ...answer));
  }

  #unwrapSupervision(endpoint, bytes) {
    const session = bytes[2] & 0x3f;
    const inner = bytes.subarray(4, 4 + bytes[3]);
    // A repetition gets the stored answer and changes nothing.
    if (this.#lastSupervision?.session === session && this.#lastSupervision.hex === toHex(bytes)) return this.#lastSupervision.answers;
    const { answers, accepted: isAccepted, isKnown } = this.execute(endpoint, inner);
    const status = !isKnown ? noSupport : isAccepted ? succeeded : failed;
    const all = [...answers, Buffer.of(supervision, 0x02, session, status, 0x00)];
    this.#lastSupervision = { session, hex: toHex(bytes), answers: all };
    return all;
  }

  /** The relays that a switch command to an endpoint moves. */
  relaysBehind(endpoint) {
    return this.description.relays[endpoint] ? [endpoint] : (this.description.endpoints?.[endpoint]?.members ?? [...this.relays.keys()]);
  }

  isOn(endpoint) {
    return this.relaysBehind(endpoint).some((relay) => this.relays.get(relay));
  }

  /** With the quirk "relayDelay": whether the dead time after the last move is over. */
  relayIsReady() {
    const { parameter, milliseconds } = this.description.relayDelay;
    return performance.now() - this.#movedAt >= this.parameters.get(parameter) * milliseconds;
  }

  switch(endpoint, on) {
    for (const relay of this.relaysBehind(endpoint)) {
      if (this.relays.get(relay) === on) continue;
      this.relays.set(relay, on);
      this.#movedAt = performance.now();
      this.#report({ event: "switched", node: this.nodeId, relay, on });
    }
  }

  /** Somebody presses the button of a relay: it toggles and the lifeline hears of it (encapsulated when it was set with an endpoint). */
  async press(endpoint = this.relays.keys().next().value) {
    if (this.protectionState === 2) return;
    this.switch(endpoint, !this.isOn(endpoint));
    const value = this.isOn(endpoint) ? 0xff : 0x00;
    const isVersion2 = this.versionOf(0x25) >= 2;
    await this.sendToLifeline(endpoint, isVersion2 ? [0x25, 0x03, value, value, 0x00] : [0x25, 0x03, value]);
  }

  /** An alarm begins (a notification state or an alarm level) or, with 0, ends; the lifeline hears of it. */
  async raiseAlarm(type, state) {
    const before = this.alarms.get(type) ?? 0;
    this.alarms.set(type, state);
    const isVersion1 = this.versionOf(0x71) === 1;
    const idle = [0x71, 0x05, 0x00, 0x00, 0x00, 0xff, type, 0x00, 0x01, before];
    const active = [0x71, 0x05, 0x00, 0x00, 0x00, 0xff, type, state, 0x00];
    await this.sendToLifeline(0, isVersion1 ? [0x71, 0x05, type, state] : state === 0 ? idle : active);
  }

  /** Sends a report if the controller is in group 1; says in an event when it is not. */
  async sendToLifeline(endpoint, bytes) {
    const member = this.groups.get(lifeline)?.find(({ node }) => node === controllerNodeId);
    if (!member) {
      this.#report({ event: "notSent", node: this.nodeId, reason: "the controller is not in group 1", hex: toHex(bytes) });
      return;
    }
    const isWrapped = member.endpoint !== undefined && this.endpointCount > 0 && endpoint > 0;
    await this.#send(isWrapped ? [multiChannelClass, 0x0d, endpoint, member.endpoint, ...bytes] : bytes);
  }

  /** What a test may want to look at. */
  toJSON() {
    return {
      node: this.nodeId,
      relays: Object.fromEntries(this.relays),
      meters: this.meters,
      parameters: Object.fromEntries(this.parameters),
      groups: Object.fromEntries(this.groups),
      alarms: Object.fromEntries(this.alarms),
      switchAllMode: this.switchAllMode,
      protectionState: this.protectionState,
      indicators: Object.fromEntries(this.indicators),
    };
  }
}

function classesOf(classes, secure = []) {
  return Object.entries(classes).map(([id, version]) => ({ id: parseInt(id, 16), version, isSecure: secure.includes(id) }));
}

function toHex(bytes) {
  return Buffer.from(bytes).toString("hex").toUpperCase();
}
