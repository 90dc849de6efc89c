// Basic, Switch Binary, Switch All, Protection.

import { accepted, refused } from "../outcome.mjs";

const on = (value) => (value ? 0xff : 0x00);

// 01-63 and FF switch on; a plug with "lenientSwitchValues" takes 01-FF.
function set(plug, endpoint, value) {
  const isOn = value > 0 && (value <= 0x63 || value === 0xff || plug.description.lenientSwitchValues);
  if (value !== 0 && !isOn) return refused;
  if (plug.quirks.has("relayDelay") && !plug.relayIsReady()) return refused;
  plug.switch(endpoint, isOn);
  return accepted;
}

export function basic(plug, endpoint, command, parameters) {
  if (command === 0x01 && parameters.length >= 1) return set(plug, endpoint, parameters[0]);
  if (command === 0x02) return [0x20, 0x03, on(plug.isOn(endpoint))];
  return undefined;
}

export function switchBinary(plug, endpoint, command, parameters) {
  if (command === 0x01 && parameters.length >= 1) return set(plug, endpoint, parameters[0]);
  if (command !== 0x02) return undefined;
  const value = on(plug.isOn(endpoint));
  return plug.versionOf(0x25) >= 2 ? [0x25, 0x03, value, value, 0x00] : [0x25, 0x03, value];
}

export function switchAll(plug, endpoint, command, parameters) {
  switch (command) {
    case 0x01:
      if (![0x00, 0x01, 0x02, 0xff].includes(parameters[0])) return refused;
      plug.switchAllMode = parameters[0];
      return accepted;
    case 0x02:
      return [0x27, 0x03, plug.switchAllMode];
    case 0x04: // mode 01 leaves "all on" out, mode 02 "all off"
      if (plug.switchAllMode === 0x02 || plug.switchAllMode === 0xff) plug.switch(endpoint, true);
      return accepted;
    case 0x05:
      if (plug.switchAllMode === 0x01 || plug.switchAllMode === 0xff) plug.switch(endpoint, false);
      return accepted;
    default:
      return undefined;
  }
}

export function protection(plug, endpoint, command, parameters) {
  if (command === 0x01 && parameters.length >= 1) {
    if (parameters[0] > 2) return refused;
    plug.protectionState = parameters[0];
    return accepted;
  }
  if (command === 0x02) return [0x75, 0x03, plug.protectionState];
  return undefined;
}
