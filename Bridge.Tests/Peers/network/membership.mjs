// Adding and removing nodes as a controller does it: AddNodeToNetwork (4A) and RemoveNodeFromNetwork (4B), with plugs whose button is pressed.

const addNode = 0x4a;
const removeNode = 0x4b;
const stop = 0x05;
const status = { ready: 1, found: 2, node: 3, protocolDone: 5, done: 6, failed: 7 };
const smartStartModes = [0x08, 0x09];

export class Membership {
  #callback;
  #report;
  #mode = "idle";
  #callbackId = 0;
  #candidates = [];
  #concerned;

  /** callback: sends one callback of a function; a candidate is {nodeId, information, act}: `act` is done when the controller has dealt with it. */
  constructor({ callback, report }) {
    this.#callback = callback;
    this.#report = report;
  }

  get mode() {
    return this.#mode;
  }

  /** Somebody pressed the button of a plug that wants to join or to leave: at once, or when the host begins. */
  async press(candidate) {
    this.#candidates.push(candidate);
    await this.#next();
  }

  forgetCandidates() {
    this.#candidates = [];
  }

  /** A request of the host: function 4A or 4B. */
  async take(functionId, mode, callbackId) {
    const wanted = functionId === addNode ? "adding" : "removing";
    if (smartStartModes.includes(mode)) return;
    if (mode === stop) return this.#stop(functionId, callbackId);
    if (this.#mode !== "idle") return this.#say(functionId, callbackId, status.failed);
    this.#enter(wanted);
    this.#callbackId = callbackId;
    this.#concerned = undefined;
    await this.#say(functionId, callbackId, status.ready);
    await this.#next();
  }

  async #stop(functionId, callbackId) {
    const nodeId = this.#concerned ?? 0;
    this.#concerned = undefined;
    this.#enter("idle");
    if (callbackId !== 0) await this.#say(functionId, callbackId, status.done, nodeId);
  }

  #enter(mode) {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#report({ event: "mode", mode });
  }

  async #next() {
    const index = this.#candidates.findIndex(({ mode }) => mode === this.#mode);
    if (index < 0 || this.#concerned !== undefined) return;
    const [candidate] = this.#candidates.splice(index, 1);
    const functionId = this.#mode === "adding" ? addNode : removeNode;
    const callbackId = this.#callbackId;
    this.#concerned = candidate.nodeId;
    await this.#say(functionId, callbackId, status.found);
    await this.#say(functionId, callbackId, status.node, candidate.nodeId, candidate.information);
    await candidate.act();
    await this.#say(functionId, callbackId, functionId === addNode ? status.protocolDone : status.done, candidate.nodeId);
  }

  #say(functionId, callbackId, code, nodeId = 0, information = []) {
    return this.#callback(functionId, [callbackId, code, nodeId, information.length, ...information]);
  }
}
