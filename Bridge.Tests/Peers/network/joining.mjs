// A plug that is given keys: the joining side of the key exchange of Security 2 and of Security 0. Keys are derived with zwave-js.

import {
  ECDHProfiles,
  KEXFailType,
  KEXSchemes,
  Security2CCKEXFail,
  Security2CCKEXGet,
  Security2CCKEXReport,
  Security2CCKEXSet,
  Security2CCNetworkKeyGet,
  Security2CCNetworkKeyReport,
  Security2CCNetworkKeyVerify,
  Security2CCPublicKeyReport,
  Security2CCTransferEnd,
  SecurityCCNetworkKeySet,
  SecurityCCNetworkKeyVerify,
  SecurityCCSchemeGet,
  SecurityCCSchemeReport,
} from "@zwave-js/cc";
import { computePRK, deriveSharedECDHSecret, deriveTempKeys, dskToString, generateECDHKeyPair, SecurityClass, securityClassOrder } from "@zwave-js/core";

const host = 1;
const zeroKey = Buffer.alloc(16);
const authenticated = [SecurityClass.S2_Authenticated, SecurityClass.S2_AccessControl];
const settleTime = 1000; // after the last Transfer End: a host that could not read it says so within this time

export const misbehaviors = [
  "wrongEcho", // the echo of KEX Set names other keys than were granted
  "plainEcho", // the echo of KEX Set comes unencrypted
  "keyNotGranted", // asks for a key it was not granted
  "wrongVerify", // verifies a key with the temporary key
  "fail", // says KEX Fail (cancelled) instead of its public key
  "silent", // says nothing any more after its KEX Report
];

export class Joining {
  #link;
  #report;
  #finished;
  #requested;
  #repeatMs;
  #csa;
  #misbehaves;
  #keyPair;
  #granted;
  #received = new Map();
  #stage = "waiting";
  #timer;

  static async create(options) {
    const joining = new Joining(options);
    joining.#keyPair = await generateECDHKeyPair();
    return joining;
  }

  /** link: the secure link; requested: security classes; finished: called with the classes and keys that were handed over, or with none. */
  constructor({ link, report, finished, requested, repeatMs = 10_000, csa = false, misbehaves }) {
    this.#link = link;
    this.#report = report;
    this.#finished = finished;
    this.#requested = requested;
    this.#repeatMs = repeatMs;
    this.#csa = csa;
    this.#misbehaves = misbehaves;
  }

  /** What is printed on the label. */
  get dsk() {
    return dskToString(this.#keyPair.publicKey.subarray(0, 16));
  }

  get pin() {
    return this.dsk.slice(0, 5);
  }

  async receive(command, securityClass) {
    const isTemporary = securityClass === SecurityClass.Temporary;
    const isPlain = securityClass === SecurityClass.None;
    if (command instanceof Security2CCKEXFail) {
      const { failType } = command;
      return this.#end("failed", { by: "host", failType, name: KEXFailType[failType] });
    }
    if (isPlain && command instanceof Security2CCKEXGet) return this.#onKexGet();
    if (isPlain && command instanceof Security2CCKEXSet && !command.echo) return this.#onKexSet(command);
    if (isPlain && command instanceof Security2CCPublicKeyReport) return this.#onPublicKey(command);
    if (isTemporary && command instanceof Security2CCKEXReport && command.echo) return this.#onKexReportEcho(command);
    if (isTemporary && command instanceof Security2CCNetworkKeyReport) return this.#onNetworkKey(command);
    if (isTemporary && command instanceof Security2CCTransferEnd) return this.#onTransferEnd(command);
    if (isPlain && command instanceof SecurityCCSchemeGet) return this.#onSchemeGet();
    if (securityClass === SecurityClass.S0_Legacy && command instanceof SecurityCCNetworkKeySet) return this.#onNetworkKeySet(command);
    return this.#step("unexpected", { command: command?.constructor.name, securityClass });
  }

  /** The host asks for a nonce. After the last command of the exchange that begins the life with the new keys. */
  async beforeNonce() {
    if (this.#stage === "ended") await this.#useKeys();
  }

  #step(step, details) {
    this.#report({ event: "keyExchange", node: this.#link.nodeId, step, ...details });
  }

  async #onKexGet() {
    if (!this.#requested.some((securityClass) => securityClass !== SecurityClass.S0_Legacy)) return;
    this.#stage = "asked";
    this.#step("asked");
    await this.#link.sayPlain(
      new Security2CCKEXReport({
        nodeId: host,
        echo: false,
        supportedKEXSchemes: [KEXSchemes.KEXScheme1],
        supportedECDHProfiles: [ECDHProfiles.Curve25519],
        requestCSA: this.#csa,
        requestedKeys: this.#requested,
      }),
    );
  }

  async #onKexSet(command) {
    if (this.#stage !== "asked" || this.#misbehaves === "silent") return;
    this.#granted = securityClassOrder.filter((securityClass) => command.grantedKeys.includes(securityClass));
    this.#stage = "granted";
    this.#step("granted", { classes: names(this.#granted) });
    const wereRequested = this.#granted.every((securityClass) => this.#requested.includes(securityClass));
    if (this.#granted.length === 0 || !wereRequested) return this.#fail(KEXFailType.NoKeyMatch);
    if (this.#misbehaves === "fail") return this.#fail(KEXFailType.BootstrappingCanceled);
    const publicKey = Buffer.from(this.#keyPair.publicKey);
    if (this.#granted.some((securityClass) => authenticated.includes(securityClass))) publicKey.fill(0, 0, 2);
    await this.#link.sayPlain(new Security2CCPublicKeyReport({ nodeId: host, includingNode: false, publicKey }));
  }

  async #onPublicKey({ includingNode, publicKey }) {
    if (this.#stage !== "granted" || !includingNode) return;
    this.#stage = "handshake";
    this.#step("publicKey");
    const secret = await deriveSharedECDHSecret({ publicKey, privateKey: this.#keyPair.privateKey });
    const keys = await deriveTempKeys(await computePRK(secret, publicKey, this.#keyPair.publicKey));
    const manager = this.#link.manager2;
    manager.deleteNonce(host);
    manager.tempKeys.set(host, { keyCCM: keys.tempKeyCCM, personalizationString: keys.tempPersonalizationString });
    void this.#echo();
  }

  /** Says what was granted, encrypted, again and again until the host has the PIN and can read it. */
  async #echo() {
    if (this.#stage !== "handshake") return;
    this.#timer = setTimeout(() => void this.#echo(), this.#repeatMs);
    const echo = new Security2CCKEXSet({
      nodeId: host,
      echo: true,
      selectedKEXScheme: KEXSchemes.KEXScheme1,
      selectedECDHProfile: ECDHProfiles.Curve25519,
      permitCSA: false,
      grantedKeys: this.#misbehaves === "wrongEcho" ? [SecurityClass.S0_Legacy] : this.#granted,
    });
    this.#step("echo");
    if (this.#misbehaves === "plainEcho") await this.#link.sayPlain(echo);
    else await this.#say(echo);
  }

  async #onKexReportEcho(command) {
    if (this.#stage !== "handshake") return;
    clearTimeout(this.#timer);
    const same = [...command.requestedKeys].sort().join() === [...this.#requested].sort().join() && command.requestCSA === this.#csa;
    this.#step("echoed", { same });
    if (!same) return this.#fail(KEXFailType.WrongSecurityLevel);
    this.#stage = "keys";
    await this.#askForKey();
  }

  async #askForKey() {
    const next = this.#granted.find((securityClass) => !this.#received.has(securityClass));
    if (next === undefined) {
      await this.#say(new Security2CCTransferEnd({ nodeId: host, keyVerified: false, keyRequestComplete: true }));
      this.#stage = "ended";
      this.#timer = setTimeout(() => void this.#useKeys(), settleTime);
      return;
    }
    const notGranted = securityClassOrder.find((securityClass) => !this.#granted.includes(securityClass));
    this.#step("askedForKey", { class: SecurityClass[next] });
    await this.#say(new Security2CCNetworkKeyGet({ nodeId: host, requestedKey: this.#misbehaves === "keyNotGranted" ? notGranted : next }));
  }

  async #onNetworkKey({ grantedKey, networkKey }) {
    if (this.#stage !== "keys" || !this.#granted.includes(grantedKey) || this.#received.has(grantedKey)) return this.#fail(KEXFailType.DifferentKey);
    const manager = this.#link.manager2;
    this.#received.set(grantedKey, Buffer.from(networkKey));
    // Also the key of Security 0 is verified inside Security 2, so it is expanded like the others for a moment.
    await manager.setKey(grantedKey, this.#received.get(grantedKey));
    manager.deleteNonce(host);
    this.#step("gotKey", { class: SecurityClass[grantedKey] });
    await this.#say(new Security2CCNetworkKeyVerify({ nodeId: host }), this.#misbehaves === "wrongVerify" ? undefined : grantedKey);
  }

  async #onTransferEnd({ keyVerified, keyRequestComplete }) {
    if (this.#stage !== "keys" || !keyVerified || keyRequestComplete) return this.#fail(KEXFailType.NoVerify);
    this.#step("keyVerified");
    await this.#askForKey();
  }

  async #useKeys() {
    if (this.#stage !== "ended") return;
    this.#stage = "over";
    clearTimeout(this.#timer);
    this.#link.manager2.tempKeys.delete(host);
    this.#link.manager2.deleteNonce(host);
    for (const [securityClass, key] of this.#received) await this.#link.grant(securityClass, key);
    this.#end("complete", { classes: names([...this.#received.keys()]) });
  }

  async #onSchemeGet() {
    if (!this.#requested.includes(SecurityClass.S0_Legacy) || this.#stage !== "waiting") return;
    this.#stage = "scheme";
    this.#step("scheme");
    this.#link.useS0Key(zeroKey);
    await this.#link.sayPlain(new SecurityCCSchemeReport({ nodeId: host }));
  }

  async #onNetworkKeySet({ networkKey }) {
    if (this.#stage !== "scheme") return;
    this.#stage = "over";
    this.#step("gotKey", { class: "S0_Legacy" });
    await this.#link.grant(SecurityClass.S0_Legacy, Buffer.from(networkKey));
    await this.#say(new SecurityCCNetworkKeyVerify({ nodeId: host }));
    this.#end("complete", { classes: ["S0_Legacy"] });
  }

  async #say(command, securityClass) {
    await this.#link.say(await command.serialize(this.#link.context), { securityClass });
  }

  async #fail(failType) {
    await this.#link.sayPlain(new Security2CCKEXFail({ nodeId: host, failType }));
    this.#end("failed", { by: "node", failType, name: KEXFailType[failType] });
  }

  #end(step, details) {
    clearTimeout(this.#timer);
    this.#stage = "over";
    if (step === "failed") {
      this.#link.manager2.tempKeys.delete(host);
      this.#link.manager2.deleteNonce(host);
    }
    this.#step(step, details);
    this.#finished();
  }
}

const names = (classes) => classes.map((securityClass) => SecurityClass[securityClass]);
