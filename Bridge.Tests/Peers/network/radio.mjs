// The mock controller of zwave-js with the plugs around it. The controller answers the Serial API; what travels through the air is done here
// on raw bytes, because its own SendData stops for good at a node it does not know and at a command it cannot decode.

import { CommandClass, Security2CC } from "@zwave-js/cc";
import { SecurityClass } from "@zwave-js/core";
import { FunctionType, Message, MessageOrigin } from "@zwave-js/serial";
import {
  ApplicationCommandRequest,
  ApplicationUpdateRequestNodeInfoRequestFailed,
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
import { getDefaultSupportedFunctionTypes, MockController, MockNode, MockZWaveFrameType } from "@zwave-js/testing";
import { createDefaultMockControllerBehaviors, createDefaultMockNodeBehaviors } from "zwave-js/Testing";
import { Plug } from "../plugs/plug.mjs";

const transmitOk = 0x00;
const transmitNoAck = 0x01;
const forgotten = -1;
const broadcastNode = 0xff;
const security0 = 0x98;
const security2 = 0x9f;
const ownNodeId = 1;
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
  0x62: (payload) => [radio.isDead(payload[0]) ? 1 : 0], // IsFailedNode
});

export class Radio {
  #report;
  #faults;
  #line;
  #controller;
  #nodes = new Map();
  #dead = new Set();
  #busy = false;
  #endDelay;

  static async create({ line, faults, report, plugs, securityKeys }) {
    const radio = new Radio();
    radio.#line = line;
    radio.#faults = faults;
    radio.#report = report;
    const answers = plainAnswers(radio);
    radio.#controller = await MockController.create({
      mockPort: line,
      serial: undefined,
      homeId,
      ownNodeId,
      securityKeys,
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
    for (const description of plugs) await radio.#addPlug(description);
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

  /** A command of a node to the host, as it is (or inside Security 2 when the node was granted a class and `secure` is not false). */
  async send(nodeId, bytes, { secure } = {}) {
    const { node, plug } = this.#nodes.get(nodeId) ?? {};
    if (!node) throw new Error(`no node ${nodeId}`);
    if (plug.isSecure && secure !== false) {
      const command = rawCommand(bytes, ownNodeId);
      await this.#sendCommand(node, Security2CC.encapsulate(command, node.id, node.securityManagers));
      return;
    }
    await this.#controller.sendMessageToHost(new ApplicationCommandRequest({ nodeId, serializedCC: Buffer.from(bytes) }), node);
  }

  /** The host gives up waiting for a callback: it comes now. */
  abort() {
    this.#report({ event: "abort" });
    this.#endDelay?.(transmitNoAck);
    return undefined;
  }

  async #addPlug(description) {
    const plug = new Plug(description, {
      send: (bytes) => this.send(description.node, bytes),
      report: this.#report,
    });
    const controller = this.#controller;
    const node = await MockNode.create({
      id: description.node,
      controller,
      capabilities: {
        ...plug.protocolInfo,
        securityClasses: new Set(plug.isSecure ? [SecurityClass.S2_Authenticated] : []),
        commandClasses: plug.classList.map(({ id, version, isSecure }) => ({ ccId: id, isSupported: true, version, secure: isSecure })),
        txDelay: 0,
      },
    });
    node.autoAckControllerFrames = false;
    node.defineBehavior(...createDefaultMockNodeBehaviors());
    node.defineBehavior({ handleCC: (_, __, command) => this.#answerSecurely(plug, node, command) });
    controller.addNode(node);
    this.#nodes.set(description.node, { node, plug });
  }

  async #onHostMessage(message, answers) {
    for (const [Request, Response, Report] of transmissions) {
      if (message instanceof Request) {
        await this.#transmit(message, Response, Report);
        return true;
      }
    }
    if (message instanceof RequestNodeInfoRequest && this.isDead(message.getNodeId())) {
      await this.#controller.sendMessageToHost(new RequestNodeInfoResponse({ wasSent: true }));
      await this.#controller.sendMessageToHost(new ApplicationUpdateRequestNodeInfoRequestFailed());
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
    const payload = answer(message.payload);
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

  async #deliver(nodeId, bytes, isSinglecast) {
    const { node, plug } = this.#nodes.get(nodeId);
    let decoded;
    try {
      decoded = await this.#decode(node, bytes);
    } catch (error) {
      this.#report({ event: "undecodable", what: "command", node: nodeId, hex: hex(bytes), reason: String(error?.message ?? error) });
    }
    const isEncrypted = bytes[0] === security0 || bytes[0] === security2;
    this.#report({ event: "command", node: nodeId, hex: hex(bytes), decoded: innermost(decoded)?.constructor.name });
    if (isEncrypted) {
      if (plug.isSecure && decoded) {
        await node.onControllerFrame({ type: MockZWaveFrameType.Request, repeaters: [], ackRequested: false, payload: decoded });
      }
      return;
    }
    const answers = plug.receive(bytes, { isSinglecast, isEncrypted: false });
    await this.#answer(plug, answers);
  }

  async #answer(plug, answers) {
    for (const answer of answers) {
      if (this.#loses("dropReport", plug.nodeId, answer)) continue;
      this.#report({ event: "answer", node: plug.nodeId, hex: hex(answer) });
      await this.#controller.sendMessageToHost(
        new ApplicationCommandRequest({ nodeId: plug.nodeId, serializedCC: Buffer.from(answer) }),
        this.#nodes.get(plug.nodeId).node,
      );
    }
  }

  #decode(node, bytes) {
    return CommandClass.parse(bytes, {
      sourceNodeId: ownNodeId,
      __internalIsMockNode: true,
      ...node.encodingContext,
      ...node.securityManagers,
      frameType: "singlecast",
    });
  }

  /** A command that came out of a security envelope: answered by the plug, wrapped again by the node. */
  async #answerSecurely(plug, node, command) {
    const isInEnvelope = command.isEncapsulatedWith?.(security2) || command.isEncapsulatedWith?.(security0);
    if (!isInEnvelope || command.ccId === security2 || command.ccId === security0) return undefined;
    const bytes = await command.serialize(node.encodingContext);
    this.#report({ event: "decrypted", node: plug.nodeId, hex: hex(bytes), decoded: command.constructor.name });
    const { answers, accepted } = plug.execute(0, Buffer.from(bytes), { isEncrypted: true });
    for (const answer of answers) await node.sendResponse(command, { action: "sendCC", cc: rawCommand(answer, ownNodeId) });
    if (answers.length > 0) return { action: "stop" };
    return { action: accepted ? "ok" : "fail" };
  }

  #sendCommand(node, command) {
    return this.#controller.onNodeFrame(node, {
      type: MockZWaveFrameType.Request,
      repeaters: [],
      ackRequested: false,
      payload: command,
    });
  }
}

function rawCommand(bytes, nodeId) {
  return new CommandClass({ nodeId, ccId: bytes[0], ccCommand: bytes[1], payload: Buffer.from(bytes.slice(2)) });
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
