// Meter: fixed readings out of the plug's file. A reading never grows by itself; a reset sets the accumulated ones to 0.

import { accepted } from "../outcome.mjs";

const accumulated = [0, 1, 3, 8];
const electric = 0x01;

export function meter(plug, endpoint, command, parameters) {
  const readings = plug.meters[endpoint];
  if (!readings) return undefined;
  switch (command) {
    case 0x01: {
      const reading = wanted(plug, readings, parameters);
      return reading && report(plug, endpoint, reading);
    }
    case 0x03:
      return supported(plug, readings);
    case 0x05:
      for (const index of plug.description.endpoints?.[endpoint]?.members ?? membersOf(plug, endpoint)) reset(plug.meters[index]);
      return accepted;
    default:
      return undefined;
  }
}

// The root of a plug with endpoints resets every endpoint that has a relay of its own.
function membersOf(plug, endpoint) {
  return endpoint === 0 && plug.endpointCount > 0 ? plug.relays.keys() : [endpoint];
}

function reset(readings) {
  for (const reading of readings) {
    if (!accumulated.includes(reading.scale)) continue;
    reading.raw = 0;
    if (reading.previous !== undefined) reading.previous = 0;
  }
}

// No parameters: the first scale. Since version 4 bits 7..6 ask for a rate type, 0 = the first there is.
function wanted(plug, readings, parameters) {
  if (parameters.length === 0) return readings[0];
  const scale = (parameters[0] >> 3) & 0x07;
  const rate = plug.versionOf(0x32) >= 4 ? parameters[0] >> 6 : 0;
  return readings.find((reading) => reading.scale === scale && (rate === 0 || reading.rate === rate));
}

function supported(plug, readings) {
  const isVersion4 = plug.versionOf(0x32) >= 4;
  let rates = 0;
  let scales = 0;
  for (const { rate, scale } of readings) {
    rates |= rate;
    scales |= 1 << scale;
  }
  return [0x32, 0x04, 0x80 | (isVersion4 ? rates << 5 : 0) | electric, scales];
}

function report(plug, endpoint, reading) {
  const { scale, rate, size, deltaTime } = reading;
  const { raw, precision } = current(plug, reading);
  const bytes = Buffer.alloc(size);
  bytes.writeIntBE(raw, 0, size);
  const head = [0x32, 0x02, ((scale & 0x04) << 5) | (rate << 5) | electric, (precision << 5) | ((scale & 0x03) << 3) | size];
  if (deltaTime === undefined) return [...head, ...bytes];
  if (deltaTime === 0) return [...head, ...bytes, 0x00, 0x00];
  const previous = Buffer.alloc(size);
  previous.writeIntBE(reading.previous, 0, size);
  return [...head, ...bytes, deltaTime >> 8, deltaTime & 0xff, ...previous];
}

function current(plug, reading) {
  if (reading.sumOf) {
    const raw = reading.sumOf.reduce((sum, index) => sum + plug.meters[index].find(({ scale }) => scale === reading.scale).raw, 0);
    return { raw, precision: reading.precision };
  }
  if (reading.decimalsParameter === undefined) return reading;
  // The parameter chooses how many decimals a report has; what it stores above 3 works as 3.
  const precision = Math.min(3, plug.parameters.get(reading.decimalsParameter));
  return { raw: reading.raw * 10 ** precision, precision };
}
