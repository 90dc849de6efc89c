// Configuration, version 1 (Set, Get, Report) up to version 4 (Default Reset, Name, Info, Properties).

import { accepted, refused } from "../outcome.mjs";

const word = (bytes, offset = 0) => (bytes[offset] << 8) | bytes[offset + 1];
const textPiece = 24;

export function configuration(plug, endpoint, command, parameters) {
  const isVersion3 = plug.versionOf(0x70) >= 3;
  switch (command) {
    case 0x01:
      if (plug.versionOf(0x70) < 4) return undefined;
      resetAll(plug);
      return accepted;
    case 0x04:
      return parameters.length >= 2 ? set(plug, parameters) : undefined;
    case 0x05:
      return parameters.length >= 1 ? get(plug, parameters[0]) : undefined;
    case 0x0a:
      return isVersion3 && parameters.length >= 2 ? text(plug, 0x0b, word(parameters), "name") : undefined;
    case 0x0c:
      return isVersion3 && parameters.length >= 2 ? text(plug, 0x0d, word(parameters), "info") : undefined;
    case 0x0e:
      return isVersion3 && parameters.length >= 2 ? properties(plug, word(parameters)) : undefined;
    default:
      return undefined;
  }
}

const describe = (plug, number) => plug.description.parameters.find((parameter) => parameter.number === number);

function resetAll(plug) {
  for (const parameter of plug.description.parameters) plug.parameters.set(parameter.number, parameter.default);
}

// A size other than the parameter's own is passed over without a word.
function set(plug, bytes) {
  const parameter = describe(plug, bytes[0]);
  const size = bytes[1] & 0x07;
  if (!parameter || size !== parameter.size || bytes.length < 2 + size) return refused;
  if (bytes[1] & 0x80) {
    plug.parameters.set(parameter.number, parameter.default);
    return accepted;
  }
  const value = parameter.unsigned ? bytes.readUIntBE(2, size) : bytes.readIntBE(2, size);
  if (parameter.role === "resetsAll") {
    if (value === parameter.changed) return accepted;
    resetAll(plug);
    return accepted;
  }
  if (!parameter.takesAnyValue && (value < parameter.min || value > parameter.max)) return refused;
  plug.parameters.set(parameter.number, value);
  const status = plug.description.parameters.find(({ role }) => role === "resetsAll");
  if (status) plug.parameters.set(status.number, status.changed);
  return accepted;
}

function get(plug, number) {
  const parameter = describe(plug, number) ?? (plug.description.answersUnknownParameters ? plug.description.parameters[0] : undefined);
  return parameter && [0x70, 0x06, parameter.number, parameter.size, ...sized(parameter, plug.parameters.get(parameter.number))];
}

function sized({ size, unsigned }, value) {
  const bytes = Buffer.alloc(size);
  if (unsigned) bytes.writeUIntBE(value, 0, size);
  else bytes.writeIntBE(value, 0, size);
  return bytes;
}

// A long text comes in several reports; a multi-byte character may be cut between two of them.
function text(plug, command, number, field) {
  const bytes = Buffer.from(describe(plug, number)?.[field] ?? "");
  const pieces = Math.max(1, Math.ceil(bytes.length / textPiece));
  return Array.from({ length: pieces }, (_, index) => [
    0x70,
    command,
    number >> 8,
    number & 0xff,
    pieces - 1 - index,
    ...bytes.subarray(index * textPiece, (index + 1) * textPiece),
  ]);
}

function properties(plug, number) {
  const parameter = describe(plug, number);
  const next = plug.description.parameters.find((other) => other.number > number)?.number ?? 0;
  const version4 = plug.versionOf(0x70) >= 4 ? [0x02 | (parameter?.advanced ? 0x01 : 0x00)] : []; // no Bulk commands
  const head = [0x70, 0x0f, number >> 8, number & 0xff];
  if (!parameter) return [...head, 0x00, next >> 8, next & 0xff, ...version4];
  const format = parameter.format ?? (parameter.unsigned ? 1 : 0);
  const limits = [parameter.min, parameter.max, parameter.default].flatMap((value) => [...sized(parameter, value)]);
  return [...head, (format << 3) | parameter.size, ...limits, next >> 8, next & 0xff, ...version4];
}
