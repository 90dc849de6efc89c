// What a plug hears and says inside Security 0 and Security 2. Nonces, keys, encryption and decryption are those of zwave-js (SecurityManager,
// SecurityManager2 and its command classes); here is only who says what when. Bytes in, bytes out.

import { CommandClass, InvalidCC, Security2CC, Security2CCNonceGet, Security2CCNonceReport, SecurityCC, SecurityCCNonceGet, SecurityCCNonceReport } from "@zwave-js/cc";
import { SecurityClass, SecurityManager, SecurityManager2, SPANState, securityClassOrder, ZWaveErrorCodes } from "@zwave-js/core";

export const security0 = 0x98;
export const security2 = 0x9f;
const host = 1;
const nonceReportPatience = 5000;
const deliveryDoubt = 500; // a nonce report within this time after a frame says that the frame was not understood
const nonceLifetime = 10_000;

const hex = (bytes) => Buffer.from(bytes).toString("hex").toUpperCase();
const nameOf = (securityClass) => SecurityClass[securityClass] ?? "None";

export class SecureLink {
  #node;
  #faults;
  #report;
  #transmit;
  #execute;
  #secureClasses;
  #queue = Promise.resolve();
  #atWork = Promise.resolve();
  #nonceWaiters = new Map();
  #lastSaid;
  #lastEncrypted;
  #firstPart;
  counters = {
    decrypted: 0,
    encrypted: 0,
    nonceGets: 0,
    nonceReports: 0,
    resent: 0,
    refused: { duplicate: 0, undecipherable: 0, noNonce: 0, wrongClass: 0, plain: 0, malformed: 0 },
  };

  /** Set while the plug is given keys: takes its commands of the key exchange. */
  joining;

  /**
   * node: the mock node whose context and managers are used; transmit: bytes to the host; execute: a decrypted command to the plug; secureClasses: what it
   * can do inside the envelope (class ids).
   */
  constructor({ node, faults, report, transmit, execute, secureClasses }) {
    this.#node = node;
    this.#faults = faults;
    this.#report = report;
    this.#transmit = transmit;
    this.#execute = execute;
    this.#secureClasses = secureClasses;
  }

  get manager2() {
    return this.#node.securityManagers.securityManager2;
  }

  get nodeId() {
    return this.#node.id;
  }

  get context() {
    return this.#node.encodingContext;
  }

  /** Classes the plug has a key of, the highest first. */
  get classes() {
    return securityClassOrder.filter((securityClass) => this.context.hasSecurityClass(this.#node.id, securityClass) === true);
  }

  async beginWithoutKeys() {
    this.#node.securityManagers.securityManager2 = await SecurityManager2.create();
    this.#node.securityManagers.securityManager = undefined;
  }

  async grant(securityClass, key) {
    if (securityClass === SecurityClass.S0_Legacy) this.useS0Key(key);
    else await this.manager2.setKey(securityClass, key);
    this.context.setSecurityClass(host, securityClass, true);
    this.context.setSecurityClass(this.#node.id, securityClass, true);
  }

  useS0Key(key) {
    this.#node.securityManagers.securityManager = new SecurityManager({ ownNodeId: this.#node.id, networkKey: key, nonceTimeout: nonceLifetime });
  }

  /** As after a power failure: neither side's nonces are known any more. */
  forgetNonces() {
    this.manager2.deleteNonce(host);
    const manager0 = this.#node.securityManagers.securityManager;
    if (manager0) this.useS0Key(manager0.networkKey);
    this.#lastSaid = undefined;
  }

  /** Sends the last encrypted frame again as it was, or with another sequence number (which its tag does not fit to). */
  async replay({ sequence } = {}) {
    if (!this.#lastEncrypted) throw new Error(`node ${this.#node.id} has sent nothing encrypted yet`);
    const frame = Buffer.from(this.#lastEncrypted);
    if (sequence !== undefined) frame[2] = sequence;
    await this.#transmit(frame);
    return hex(frame);
  }

  /** A command to the host in the highest class the plug has, or in the one that is named. */
  say(bytes, options = {}) {
    const said = this.#queue.then(() => this.#sayNow(Buffer.from(bytes), options));
    this.#queue = said.catch(() => {});
    return said;
  }

  sayPlain(command) {
    return command.serialize(this.context).then((bytes) => this.#transmit(bytes));
  }

  async #sayNow(bytes, { securityClass, tamperedByte, isRepeated = false } = {}) {
    const wanted = securityClass ?? (this.manager2.tempKeys.has(host) ? undefined : this.classes[0]);
    const frame = wanted === SecurityClass.S0_Legacy && !this.manager2.tempKeys.has(host)
      ? await this.#encapsulate0(bytes)
      : await this.#encapsulate2(bytes, wanted);
    if (!frame) {
      this.#report({ event: "notSent", node: this.#node.id, reason: "the host gave no nonce", hex: hex(bytes) });
      return;
    }
    this.counters.encrypted++;
    const isTampered = tamperedByte !== undefined;
    if (!isTampered) this.#lastEncrypted = frame;
    this.#lastSaid = isTampered ? undefined : { bytes, securityClass, at: performance.now(), isRepeated };
    if (isTampered) frame[tamperedByte < 0 ? frame.length + tamperedByte : tamperedByte] ^= 0x01;
    if (this.#faults.take("dropEncrypted", this.#node.id)) {
      this.#report({ event: "fault", fault: "dropEncrypted", node: this.#node.id, hex: hex(frame) });
      return;
    }
    await this.#transmit(frame);
  }

  /** One after the other whatever moves a nonce forward. */
  #alone(work) {
    const done = this.#atWork.then(work);
    this.#atWork = done.catch(() => {});
    return done;
  }

  async #encapsulate2(bytes, securityClass) {
    const manager = this.manager2;
    const state = manager.getSPANState(host);
    if (state.type === SPANState.SPAN && securityClass !== undefined && state.securityClass !== securityClass) manager.deleteNonce(host);
    const { type } = manager.getSPANState(host);
    if (type === SPANState.None || type === SPANState.LocalEI) {
      if (!(await this.#askForNonce(security2, new Security2CCNonceGet({ nodeId: host })))) return undefined;
    }
    const command = Security2CC.encapsulate(rawCommand(bytes), this.#node.id, this.#node.securityManagers, { securityClass });
    return Buffer.from(await this.#alone(() => command.serialize(this.context)));
  }

  async #encapsulate0(bytes) {
    const nonce = await this.#askForNonce(security0, new SecurityCCNonceGet({ nodeId: host }));
    if (!nonce) return undefined;
    const command = SecurityCC.encapsulate(this.#node.id, this.#node.securityManagers.securityManager, rawCommand(bytes));
    command.nonce = nonce;
    return Buffer.from(await command.serialize(this.context));
  }

  async #askForNonce(classId, request) {
    const answer = new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), nonceReportPatience);
      this.#nonceWaiters.set(classId, (nonce) => (clearTimeout(timer), resolve(nonce)));
    });
    await this.sayPlain(request);
    const nonce = await answer;
    this.#nonceWaiters.delete(classId);
    return nonce;
  }

  /** A frame of class 98 or 9F from the host. */
  async receive(bytes) {
    let command;
    try {
      command = await this.#alone(() => CommandClass.parse(bytes, this.#parsingContext()));
    } catch (error) {
      return this.#refuse("malformed", bytes, String(error?.message ?? error));
    }
    if (command instanceof InvalidCC) return this.#refuseInvalid(command, bytes);
    return bytes[0] === security2 ? this.#receive2(command, bytes) : this.#receive0(command, bytes);
  }

  async #refuseInvalid(command, bytes) {
    const { reason } = command;
    if (String(reason).startsWith("Duplicate")) return this.#refuse("duplicate", bytes, reason);
    if (bytes[0] === security2 && (reason === ZWaveErrorCodes.Security2CC_NoSPAN || reason === ZWaveErrorCodes.Security2CC_CannotDecode)) {
      this.#refuse(reason === ZWaveErrorCodes.Security2CC_NoSPAN ? "noNonce" : "undecipherable", bytes);
      return this.#giveNonce2();
    }
    if (/^Nonce/.test(reason)) return this.#refuse("noNonce", bytes, reason);
    return this.#refuse(/auth code/.test(reason) ? "undecipherable" : "malformed", bytes, reason);
  }

  async #receive2(command, bytes) {
    switch (bytes[1]) {
      case 0x01:
        this.counters.nonceGets++;
        await this.joining?.beforeNonce();
        return this.#giveNonce2();
      case 0x02:
        return this.#takeNonce2();
      case 0x03:
        return command.plaintext?.length > 0 ? this.#take(Buffer.from(command.plaintext), command.securityClass) : undefined;
      default:
        return this.joining?.receive(command, SecurityClass.None);
    }
  }

  async #giveNonce2() {
    const receiverEI = await this.#alone(() => this.manager2.generateNonce(host));
    await this.#giveNonce(new Security2CCNonceReport({ nodeId: host, SOS: true, MOS: false, receiverEI }));
  }

  async #giveNonce(report) {
    if (this.#faults.take("dropNonceReport", this.#node.id)) {
      this.#report({ event: "fault", fault: "dropNonceReport", node: this.#node.id });
      return;
    }
    this.counters.nonceReports++;
    await this.sayPlain(report);
  }

  async #takeNonce2() {
    const waiter = this.#nonceWaiters.get(security2);
    if (waiter) return waiter(true);
    const last = this.#lastSaid;
    this.#lastSaid = undefined;
    if (!last || last.isRepeated || performance.now() - last.at > deliveryDoubt) return;
    this.counters.resent++;
    this.#report({ event: "resent", node: this.#node.id, hex: hex(last.bytes) });
    await this.say(last.bytes, { securityClass: last.securityClass, isRepeated: true });
  }

  async #receive0(command, bytes) {
    switch (bytes[1]) {
      case 0x40:
        this.counters.nonceGets++;
        return this.#giveNonce0();
      case 0x80:
        return this.#nonceWaiters.get(security0)?.(command.nonce);
      case 0x81:
      case 0xc1: {
        if (bytes[1] === 0xc1) await this.#giveNonce0();
        if (command.sequenced && !command.secondFrame) {
          this.#firstPart = command;
          return;
        }
        const first = command.sequenced ? this.#firstPart : undefined;
        this.#firstPart = undefined;
        if (command.sequenced && first?.sequenceCounter !== command.sequenceCounter) return this.#refuse("malformed", bytes, "second frame without first");
        return this.#take(Buffer.concat([first?.decryptedCCBytes ?? Buffer.alloc(0), command.decryptedCCBytes]), SecurityClass.S0_Legacy);
      }
      default:
        return this.joining?.receive(command, SecurityClass.None);
    }
  }

  async #giveNonce0() {
    const manager = this.#node.securityManagers.securityManager;
    if (manager) await this.#giveNonce(new SecurityCCNonceReport({ nodeId: host, nonce: manager.generateNonce(host, 8) }));
  }

  /** What was inside the envelope. */
  async #take(bytes, securityClass) {
    this.counters.decrypted++;
    const command = await CommandClass.parse(bytes, this.#parsingContext()).catch(() => undefined);
    // keys are not for the eyes of anybody
    const isSecret = bytes[0] === security2 ? bytes[1] === 0x0a : bytes[0] === security0 && bytes[1] === 0x06;
    this.#report({
      event: "decrypted",
      node: this.#node.id,
      hex: isSecret ? hex(bytes.subarray(0, 2)) : hex(bytes),
      decoded: command?.constructor.name,
      securityClass: securityClass === SecurityClass.Temporary ? "Temporary" : nameOf(securityClass),
    });
    const isHighest = securityClass === this.classes[0];
    if (bytes[0] === security2) {
      // A lower class only learns that the class is there, and nothing of what the plug can do.
      if (bytes[1] === 0x0d) return this.say([security2, 0x0e, ...(isHighest ? this.#secureClasses : [])], { securityClass });
      return this.joining?.receive(command, securityClass);
    }
    if (bytes[0] === security0) {
      if (bytes[1] === 0x02) return this.say([security0, 0x03, 0x00, ...(isHighest ? this.#secureClasses : [])], { securityClass });
      return this.joining?.receive(command, securityClass);
    }
    return isHighest ? this.#execute(bytes) : this.#refuse("wrongClass", bytes, nameOf(securityClass));
  }

  /** Counts a plain command that the plug only takes inside an envelope. */
  refusePlain(bytes) {
    this.#refuse("plain", bytes);
  }

  #refuse(reason, bytes, detail) {
    this.counters.refused[reason]++;
    this.#report({ event: "notAccepted", node: this.#node.id, reason, detail, hex: hex(bytes) });
  }

  #parsingContext() {
    return { sourceNodeId: host, __internalIsMockNode: true, ...this.context, ...this.#node.securityManagers, frameType: "singlecast" };
  }

  toJSON() {
    const { type } = this.manager2.getSPANState(host);
    return { classes: this.classes.map(nameOf), span: SPANState[type], ...this.counters };
  }
}

export function rawCommand(bytes) {
  return new CommandClass({ nodeId: host, ccId: bytes[0], ccCommand: bytes[1], payload: Buffer.from(bytes.slice(2)) });
}
