// The mock controller of zwave-js with the plugs around it. The controller answers the Serial API; what travels through the air is done here
// on raw bytes, because its own SendData stops for good at a node it does not know and at a command it cannot decode.

import { CommandClass } from "@zwave-js/cc";
import { SecurityClass } from "@zwave-js/core";
import { FunctionType, Message, MessageOrigin } from "@zwave-js/serial";
import {
  AddNodeToNetworkRequest,
  ApplicationCommandRequest,
  ApplicationUpdateRequestNodeInfoRequestFailed,
  RemoveNodeFromNetworkRequest,
  RequestNodeInfoRequest,
  RequestNodeInfoResponse,
  SendDataBridgeRequest,
  SendDataBridgeRequestTransmitReport,
  SendDataBridgeResponse,
  SendDataMulticastBridgeRequest,
  SendDataMulticastBridgeRequestTransmitReport,
  SendDataMulticastBridgeResponse,
  SendDataMulticastRequest,
  SendDataMulticastRequestTransmitReport,
  SendDataMulticastResponse,
  SendDataRequest,
  SendDataRequestTransmitReport,
  SendDataResponse,
} from "@zwave-js/serial/serialapi";
import { getDefaultSupportedFunctionTypes, MockController, MockNode } from "@zwave-js/testing";
import { createDefaultMockControllerBehaviors } from "zwave-js/Testing";
import { Plug } from "../plugs/plug.mjs";
import { Joining, misbehaviors } from "./joining.mjs";
import { Membership } from "./membership.mjs";
import { security0, security2, SecureLink } from "./secure-link.mjs";

const transmitOk = 0x00;
const transmitNoAck = 0x01;
const forgotten = -1;
const broadcastNode = 0xff;
const ownNodeId = 1;
const zwavePlus = 0x5e; // always named first
export const homeId = 0xc0ffee01;

const hex = (bytes) => Buffer.from(bytes).toString("hex").toUpperCase();

// request, its answer, its callback
const transmissions = [
  [SendDataRequest, SendDataResponse, SendDataRequestTransmitReport],
  [SendDataBridgeRequest, SendDataBridgeResponse, SendDataBridgeRequestTransmitReport],
  [SendDataMulticastRequest, SendDataMulticastResponse, SendDataMulticastRequestTransmitReport],
  [SendDataMulticastBridgeRequest, SendDataMulticastBridgeResponse, SendDataMulticastBridgeRequestTransmitReport],
];

// Functions the stock controller leaves without an answer: function id -> RES payload (undefined: the ACK is the answer).
const plainAnswers = (radio) => ({
  0x03: () => undefined, // ApplicationNodeInformation
  0x06: () => [0x64, 0x0f], // SetSerialApiTimeouts: 1000 ms and 150 ms were set before
  0x16: () => radio.abort(), // SendDataAbort
  0x51: (_, { callbackId }) => radio.confirm(0x51, callbackId), // AssignSUCReturnRoute
  0x55: (_, { callbackId }) => radio.confirm(0x55, callbackId), // DeleteSUCReturnRoute
  0x62: (payload) => [radio.isDead(payload[0]) ? 1 : 0], // IsFailedNode
});

export class Radio {
  #report;
  #faults;
  #line;
  #controller;
  #nodes = new Map();
  #dead = new Set();
  #membership;
  #busy = false;
  #endDelay;

  static async create({ line, faults, report, plugs }) {
    const radio = new Radio();
    radio.#line = line;
    radio.#faults = faults;
    radio.#report = report;
    const answers = plainAnswers(radio);
    radio.#membership = new Membership({ report, callback: (functionId, payload) => radio.#controller.sendToHost(dataFrame(0x00, functionId, payload)) });
    radio.#controller = await MockController.create({
      mockPort: line,
      serial: undefined,
      homeId,
      ownNodeId,
      capabilities: {
        supportedFunctionTypes: [
          ...new Set([
            ...getDefaultSupportedFunctionTypes(),
            FunctionType.GetSerialApiCapabilities,
            FunctionType.SoftReset,
            FunctionType.GetSUCNodeId,
            ...Object.keys(answers).map(Number),
          ]),
        ],
      },
    });
    const controller = radio.#controller;
    controller.autoAckHostMessages = false;
    line.canTake = async (frame) => {
      await Message.parse(frame, { ...controller.parsingContext, origin: MessageOrigin.Host });
    };
    controller.defineBehavior(...createDefaultMockControllerBehaviors());
    controller.defineBehavior({ onHostMessage: (_, message) => radio.#onHostMessage(message, answers) });
    for (const { keys, ...description } of plugs) {
      const entry = await radio.#createPlug(description);
      for (const [securityClass, key] of Object.entries(keys ?? {})) await entry.link.grant(SecurityClass[securityClass], key);
      radio.#admit(entry);
    }
    return radio;
  }

  plug(nodeId) {
    const entry = this.#nodes.get(nodeId);
    if (!entry) throw new Error(`no node ${nodeId}`);
    return entry.plug;
  }

  get plugs() {
    return [...this.#nodes.values()].map((entry) => entry.plug);
  }

  isDead(nodeId) {
    return this.#dead.has(nodeId) || !this.#nodes.has(nodeId);
  }

  setDead(nodeId, dead) {
    this.plug(nodeId);
    if (dead) this.#dead.add(nodeId);
    else this.#dead.delete(nodeId);
  }

  link(nodeId) {
    const { link } = this.#nodes.get(nodeId) ?? {};
    if (!link) throw new Error(`node ${nodeId} knows no security`);
    return link;
  }

  /**
   * A command of a node to the host: as a node with keys says it unless `secure` is false, or in the security class that is named.
   * tamperedByte: index of a byte of the encrypted frame (negative: from the end) of which one bit is turned over.
   */
  async send(nodeId, bytes, { secure, securityClass, tamperedByte } = {}) {
    const { link } = this.#entry(nodeId);
    if (secure === false || !link?.classes.length) return this.#toHost(nodeId, bytes);
    return link.say(bytes, { securityClass: securityClass && SecurityClass[securityClass], tamperedByte });
  }

  /** The button of a new plug is pressed: it joins when the host adds nodes. Gives what stands on its label. */
  async join(description, { requested = [], repeatMs, csa, misbehaves }) {
    const unknown = requested.find((name) => SecurityClass[name] === undefined);
    if (unknown !== undefined) throw new Error(`no security class ${unknown}`);
    if (misbehaves !== undefined && !misbehaviors.includes(misbehaves)) throw new Error(`not one of ${misbehaviors.join(", ")}: ${misbehaves}`);
    const nodeId = description.node ?? Math.max(ownNodeId, ...this.#nodes.keys()) + 1;
    if (this.#nodes.has(nodeId)) throw new Error(`there is a node ${nodeId}`);
    const entry = await this.#createPlug({ ...description, node: nodeId });
    const { link, plug } = entry;
    if (link) {
      link.joining = await Joining.create({
        link,
        report: this.#report,
        finished: () => (link.joining = undefined),
        requested: requested.map((name) => SecurityClass[name]),
        repeatMs,
        csa,
        misbehaves,
      });
    }
    const hasLabel = requested.some((name) => name.startsWith("S2_"));
    const act = () => {
      this.#admit(entry);
      this.#report({ event: "joined", node: nodeId });
    };
    void this.#membership.press({ mode: "adding", nodeId, information: nodeInformation(plug, link), act });
    return hasLabel ? { node: nodeId, dsk: link.joining.dsk, pin: link.joining.pin } : { node: nodeId };
  }

  /** The button of a plug is pressed: it leaves when the host removes nodes. Without a node: a plug of another network. */
  leave(nodeId) {
    if (nodeId === undefined) {
      void this.#membership.press({ mode: "removing", nodeId: 0, information: [0x04, 0x10, 0x01, 0x25], act: () => {} });
      return;
    }
    const { node, plug, link } = this.#entry(nodeId);
    const act = () => {
      this.#nodes.delete(nodeId);
      this.#dead.delete(nodeId);
      this.#controller.removeNode(node);
      this.#report({ event: "left", node: nodeId });
    };
    void this.#membership.press({ mode: "removing", nodeId, information: nodeInformation(plug, link), act });
  }

  forgetPressedButtons() {
    this.#membership.forgetCandidates();
  }

  /** A RES that says "begun" and a callback that says "done". */
  confirm(functionId, callbackId) {
    if (callbackId) setImmediate(() => void this.#controller.sendToHost(dataFrame(0x00, functionId, [callbackId, transmitOk])));
    return [0x01];
  }

  /** The host gives up waiting for a callback: it comes now. */
  abort() {
    this.#report({ event: "abort" });
    this.#endDelay?.(transmitNoAck);
    return undefined;
  }

  #entry(nodeId) {
    const entry = this.#nodes.get(nodeId);
    if (!entry) throw new Error(`no node ${nodeId}`);
    return entry;
  }

  async #createPlug(description) {
    const plug = new Plug(description, {
      send: (bytes) => this.send(description.node, bytes),
      report: this.#report,
    });
    const node = await MockNode.create({
      id: description.node,
      controller: this.#controller,
      capabilities: {
        ...plug.protocolInfo,
        commandClasses: plug.classList.map(({ id, version, isSecure }) => ({ ccId: id, isSupported: true, version, secure: isSecure })),
      },
    });
    if (!plug.isSecure) return { node, plug };
    const link = new SecureLink({
      node,
      faults: this.#faults,
      report: this.#report,
      transmit: (bytes) => this.#toHost(description.node, bytes),
      execute: async (bytes) => {
        for (const answer of plug.receive(bytes, { isSinglecast: true })) await this.#answer(plug, answer, link);
      },
      secureClasses: plug.classList.filter(({ isSecure }) => isSecure).map(({ id }) => id),
    });
    await link.beginWithoutKeys();
    return { node, plug, link };
  }

  #admit(entry) {
    this.#controller.addNode(entry.node);
    this.#nodes.set(entry.node.id, entry);
  }

  #toHost(nodeId, bytes) {
    return this.#controller.sendMessageToHost(new ApplicationCommandRequest({ nodeId, serializedCC: Buffer.from(bytes) }));
  }

  async #onHostMessage(message, answers) {
    for (const [Request, Response, Report] of transmissions) {
      if (message instanceof Request) {
        await this.#transmit(message, Response, Report);
        return true;
      }
    }
    if (message instanceof RequestNodeInfoRequest) {
      await this.#answerNodeInformation(message.getNodeId());
      return true;
    }
    if (message instanceof AddNodeToNetworkRequest || message instanceof RemoveNodeFromNetworkRequest) {
      await this.#membership.take(message.functionType, message.addNodeType ?? message.removeNodeType, message.callbackId ?? 0);
      return true;
    }
    if (message.functionType === FunctionType.SoftReset) {
      // What was under way is forgotten; the stock behavior answers the reset.
      this.#busy = false;
      this.#endDelay?.(forgotten);
      return false;
    }
    const answer = answers[message.functionType];
    if (!answer) return false;
    const payload = answer(message.payload, message);
    if (payload) await this.#controller.sendToHost(dataFrame(0x01, message.functionType, payload));
    return true;
  }

  async #transmit(message, Response, Report) {
    const controller = this.#controller;
    const nodeIds = message.nodeIds ?? [message.getNodeId()];
    const bytes = Buffer.from(message.serializedCC);
    if (this.#busy || this.#faults.take("refuse", nodeIds[0])) {
      this.#report({ event: "refused", nodes: nodeIds, hex: hex(bytes), busy: this.#busy });
      await controller.sendMessageToHost(new Response({ wasSent: false }));
      return;
    }
    this.#busy = true;
    if (!this.#loses("dropResponse", nodeIds[0], bytes)) await controller.sendMessageToHost(new Response({ wasSent: true }));
    const isBroadcast = nodeIds[0] === broadcastNode;
    const failure = this.#faults.take("failTransmit", nodeIds[0]);
    const isMissing = !isBroadcast && nodeIds.some((id) => this.isDead(id));
    const status = failure ? (failure.status ?? 0x02) : isMissing ? transmitNoAck : transmitOk;
    const hearers = failure ? [] : (isBroadcast ? [...this.#nodes.keys()] : nodeIds).filter((id) => !this.isDead(id));
    if (status !== transmitOk) this.#report({ event: "notTransmitted", nodes: nodeIds, hex: hex(bytes), status });
    const delay = this.#faults.take("delayCallback", nodeIds[0]);
    const late = delay ? await this.#delay(delay.ms ?? 1000) : undefined;
    if (late === forgotten) return;
    this.#busy = false;
    if (message.callbackId && !this.#loses("dropCallback", nodeIds[0], bytes)) {
      await controller.sendMessageToHost(new Report({ callbackId: message.callbackId, transmitStatus: late ?? status }));
    }
    const isSinglecast = !isBroadcast && nodeIds.length === 1 && !message.nodeIds;
    for (const id of hearers) {
      if (this.#loses("dropCommand", id, bytes)) continue;
      await this.#deliver(id, bytes, isSinglecast);
    }
  }

  #loses(fault, node, bytes) {
    const strikes = this.#faults.take(fault, node) !== undefined;
    if (strikes) this.#report({ event: "fault", fault, node, hex: hex(bytes) });
    return strikes;
  }

  #delay(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#endDelay(undefined), ms);
      this.#endDelay = (status) => {
        clearTimeout(timer);
        this.#endDelay = undefined;
        resolve(status);
      };
    });
  }

  async #answerNodeInformation(nodeId) {
    await this.#controller.sendMessageToHost(new RequestNodeInfoResponse({ wasSent: true }));
    if (this.isDead(nodeId)) {
      await this.#controller.sendMessageToHost(new ApplicationUpdateRequestNodeInfoRequestFailed());
      return;
    }
    const { plug, link } = this.#entry(nodeId);
    const information = nodeInformation(plug, link);
    // ApplicationUpdate, status 84: node information received
    await this.#controller.sendToHost(dataFrame(0x00, 0x49, [0x84, nodeId, information.length, ...information]));
  }

  async #deliver(nodeId, bytes, isSinglecast) {
    const { node, plug, link } = this.#entry(nodeId);
    if (link && (bytes[0] === security0 || bytes[0] === security2)) {
      this.#report({ event: "command", node: nodeId, hex: hex(bytes) });
      await link.receive(bytes);
      return;
    }
    let decoded;
    try {
      decoded = await this.#decode(node, bytes);
    } catch (error) {
      this.#report({ event: "undecodable", what: "command", node: nodeId, hex: hex(bytes), reason: String(error?.message ?? error) });
    }
    this.#report({ event: "command", node: nodeId, hex: hex(bytes), decoded: innermost(decoded)?.constructor.name });
    if (link?.classes.length && !isForEverybody(plug, bytes)) {
      link.refusePlain(bytes);
      return;
    }
    for (const answer of plug.receive(bytes, { isSinglecast })) await this.#answer(plug, answer);
  }

  async #answer(plug, answer, link) {
    if (this.#loses("dropReport", plug.nodeId, answer)) return;
    this.#report({ event: "answer", node: plug.nodeId, hex: hex(answer), secure: link !== undefined });
    await (link ? link.say(answer) : this.#toHost(plug.nodeId, answer));
  }

  #decode(node, bytes) {
    return CommandClass.parse(bytes, { sourceNodeId: ownNodeId, __internalIsMockNode: true, ...node.encodingContext, frameType: "singlecast" });
  }
}

/** Device classes and command classes as the node information frame has them; a plug with keys leaves out what it does in the envelope. */
function nodeInformation(plug, link) {
  const { genericDeviceClass, specificDeviceClass } = plug.protocolInfo;
  const hasKeys = link?.classes.length > 0;
  const classes = plug.classList.filter(({ isSecure }) => !isSecure || !hasKeys).map(({ id }) => id);
  return [0x04, genericDeviceClass, specificDeviceClass, ...classes.filter((id) => id === zwavePlus), ...classes.filter((id) => id !== zwavePlus)];
}

/** What a plug with keys takes without an envelope: its classes that are not secure, and No Operation. */
function isForEverybody(plug, bytes) {
  const classId = bytes[0] === 0x6c ? bytes[4] : bytes[0];
  return classId === 0x00 || plug.classList.some(({ id, isSecure }) => id === classId && !isSecure);
}

function innermost(command) {
  while (command?.encapsulated && !Array.isArray(command.encapsulated)) command = command.encapsulated;
  return command;
}

function dataFrame(type, functionId, payload) {
  const frame = [0x01, payload.length + 3, type, functionId, ...payload];
  frame.push(frame.slice(1).reduce((sum, byte) => sum ^ byte, 0xff));
  return Uint8Array.from(frame);
}
