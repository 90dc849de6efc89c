// What shall go wrong next: a fault is armed for a number of times, and taken once each time it strikes.

export const faultNames = [
  "nak", // the next host frame is answered with NAK and forgotten
  "can", // ... with CAN
  "noAck", // ... with nothing
  "refuse", // SendData answers "not sent" (RES 0)
  "failTransmit", // SendData ends with `status`; the node never hears the command
  "dropResponse", // the RES of SendData is lost; the command goes out
  "dropCallback", // the callback of SendData is lost; the command goes out
  "delayCallback", // the callback comes after `ms`, or when the host aborts
  "dropCommand", // the callback says OK, yet the node ignores the command
  "dropReport", // the node acts, its answer is lost
  "dropNonceReport", // a nonce that the node gives is lost
  "dropEncrypted", // an encrypted frame of the node is lost after it was made
];

export class Faults {
  #armed = [];

  arm({ fault, times = 1, node, ...details }) {
    if (!faultNames.includes(fault)) throw new Error(`no such fault: ${fault}`);
    if (times > 0) this.#armed.push({ fault, times, node, ...details });
  }

  /** The armed fault, one time of it used up; undefined when none is armed (for this node). */
  take(fault, node) {
    const index = this.#armed.findIndex((entry) => entry.fault === fault && (entry.node === undefined || entry.node === node));
    if (index < 0) return undefined;
    const entry = this.#armed[index];
    if (--entry.times === 0) this.#armed.splice(index, 1);
    return entry;
  }

  clear() {
    this.#armed = [];
  }

  toJSON() {
    return this.#armed;
  }
}
