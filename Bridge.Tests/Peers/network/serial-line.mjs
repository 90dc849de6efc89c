// One host on TCP, framed as the Serial API frames it. Stands where the mock controller expects its port: whole frames go up through
// `readable`, what the controller sends comes down through `emitData`. The link (ACK, NAK, repeats) is done here, at once and in order,
// so the controller above always believes its host acknowledged.

const SOF = 0x01;
const ACK = 0x06;
const NAK = 0x15;
const CAN = 0x18;
const frameReceiveTimeout = 1500;
const hostAckTimeout = 1600;
const maximumTransmissions = 3;

const hex = (bytes) => Buffer.from(bytes).toString("hex").toUpperCase();

export class SerialLine {
  #up;
  #report;
  #faults;
  #trace;
  #socket;
  #buffer = Buffer.alloc(0);
  #partialFrameTimer;
  #outgoing = [];
  #inFlight;
  #ackTimer;
  #taking = Promise.resolve();

  /** Frames of the host, complete and with a right checksum; single control bytes as arrays of one byte. */
  readable;

  /** Throws for a frame the layer above cannot take: that one is acknowledged, reported and goes no further. */
  canTake = async () => {};

  constructor({ report, faults, trace }) {
    this.#report = report;
    this.#faults = faults;
    this.#trace = trace;
    this.readable = new ReadableStream({ start: (controller) => (this.#up = controller) });
  }

  get connected() {
    return this.#socket !== undefined;
  }

  /** A new host. The frames waiting for the host before it are gone with that host. */
  attach(socket) {
    this.#socket?.destroy();
    this.#forget();
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (bytes) => this.#receive(bytes));
    socket.on("error", () => {});
    socket.on("close", () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#forget();
      this.#report({ event: "disconnected" });
    });
    this.#report({ event: "connected" });
  }

  /** Ends the connection: with a FIN, or with a reset when `abruptly`. */
  close(abruptly) {
    if (abruptly) this.#socket?.resetAndDestroy();
    else this.#socket?.end();
  }

  /** Bytes as they are, past the framing: garbage, half frames, wrong checksums. */
  writeRaw(bytes) {
    this.#write(Buffer.from(bytes));
  }

  /** The mock controller sends: control bytes are ours to send, so only data frames count. */
  emitData(data) {
    const frame = Buffer.from(data);
    if (frame.length === 1 && frame[0] !== SOF) return;
    // What the controller waits for after every frame.
    this.#up.enqueue(Uint8Array.of(ACK));
    if (!this.#socket) return;
    this.#outgoing.push({ frame, transmissions: 0 });
    this.#sendNext();
  }

  #forget() {
    clearTimeout(this.#ackTimer);
    clearTimeout(this.#partialFrameTimer);
    this.#buffer = Buffer.alloc(0);
    this.#outgoing = [];
    this.#inFlight = undefined;
  }

  #write(bytes) {
    if (this.#trace) this.#report({ event: "sent", hex: hex(bytes) });
    if (this.#socket?.writable) this.#socket.write(bytes);
  }

  #sendNext() {
    if (this.#inFlight) return;
    this.#inFlight = this.#outgoing.shift();
    if (this.#inFlight) this.#transmit();
  }

  #transmit() {
    this.#inFlight.transmissions++;
    this.#write(this.#inFlight.frame);
    this.#ackTimer = setTimeout(() => this.#notAcknowledged("silence"), hostAckTimeout);
  }

  #notAcknowledged(reason) {
    if (!this.#inFlight) return;
    clearTimeout(this.#ackTimer);
    const { frame, transmissions } = this.#inFlight;
    this.#report({ event: "notAcknowledged", reason, transmissions, hex: hex(frame) });
    if (transmissions < maximumTransmissions) {
      this.#transmit();
      return;
    }
    this.#inFlight = undefined;
    this.#sendNext();
  }

  #receive(bytes) {
    clearTimeout(this.#partialFrameTimer);
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    while (this.#buffer.length > 0 && this.#takeOne());
    if (this.#buffer.length > 0) {
      this.#partialFrameTimer = setTimeout(() => {
        this.#report({ event: "garbage", reason: "incomplete frame", hex: hex(this.#buffer) });
        this.#buffer = Buffer.alloc(0);
      }, frameReceiveTimeout);
    }
  }

  /** Takes one control byte, one frame or one byte of garbage off the buffer; false when more bytes are needed. */
  #takeOne() {
    const buffer = this.#buffer;
    switch (buffer[0]) {
      case ACK:
        this.#buffer = buffer.subarray(1);
        clearTimeout(this.#ackTimer);
        this.#inFlight = undefined;
        this.#sendNext();
        return true;
      case NAK:
      case CAN:
        this.#buffer = buffer.subarray(1);
        this.#notAcknowledged(buffer[0] === NAK ? "NAK" : "CAN");
        return true;
      case SOF:
        break;
      default:
        this.#report({ event: "garbage", reason: "not a start of frame", hex: hex(buffer.subarray(0, 1)) });
        this.#buffer = buffer.subarray(1);
        return true;
    }
    if (buffer.length < 2) return false;
    const length = buffer[1] + 2;
    if (length < 5) {
      this.#report({ event: "garbage", reason: "length below 3", hex: hex(buffer.subarray(0, 2)) });
      this.#buffer = buffer.subarray(1);
      return true;
    }
    if (buffer.length < length) return false;
    this.#buffer = buffer.subarray(length);
    this.#acceptFrame(Buffer.from(buffer.subarray(0, length)));
    return true;
  }

  #acceptFrame(frame) {
    if (this.#trace) this.#report({ event: "received", hex: hex(frame) });
    let checksum = 0xff;
    for (const byte of frame.subarray(1, -1)) checksum ^= byte;
    if (checksum !== frame.at(-1)) {
      this.#report({ event: "garbage", reason: "checksum", hex: hex(frame) });
      this.#write(Buffer.of(NAK));
      return;
    }
    for (const [fault, answer] of [["nak", NAK], ["can", CAN], ["noAck", undefined]]) {
      if (!this.#faults.take(fault)) continue;
      this.#report({ event: "fault", fault, hex: hex(frame) });
      if (answer !== undefined) this.#write(Buffer.of(answer));
      return;
    }
    this.#write(Buffer.of(ACK));
    this.#taking = this.#taking.then(async () => {
      try {
        await this.canTake(frame);
        this.#up.enqueue(new Uint8Array(frame));
      } catch (error) {
        this.#report({ event: "undecodable", what: "frame", hex: hex(frame), reason: String(error?.message ?? error) });
      }
    });
  }
}
