// What a plug tells of itself: Version, Manufacturer Specific, Z-Wave Plus Info, Powerlevel, Indicator, Firmware Update Meta Data.

import { accepted, refused } from "../outcome.mjs";

const word = (value) => [value >> 8, value & 0xff];
const dotted = (version) => version.split(".").map(Number);
const identify = 0x50;
const identifyProperties = [0x03, 0x04, 0x05];

export function version(plug, endpoint, command, parameters) {
  const { libraryType, protocolVersion, firmwareVersion, hardwareVersion } = plug.description.identity;
  if (command === 0x11) {
    const report = [0x86, 0x12, libraryType, ...dotted(protocolVersion), ...dotted(firmwareVersion)];
    return plug.versionOf(0x86) >= 2 ? [...report, hardwareVersion, 0x00] : report;
  }
  if (command === 0x13 && parameters.length >= 1) return [0x86, 0x14, parameters[0], plug.versionOf(parameters[0])];
  return undefined;
}

export function manufacturerSpecific(plug, endpoint, command, parameters) {
  const { manufacturerId, productType, productId, serialNumber } = plug.description.identity;
  if (command === 0x04) return [0x72, 0x05, ...word(manufacturerId), ...word(productType), ...word(productId)];
  if (command === 0x06 && plug.versionOf(0x72) >= 2) {
    const serial = Buffer.from(serialNumber, "hex");
    return [0x72, 0x07, 0x01, 0x20 | serial.length, ...serial]; // binary, whichever type was asked
  }
  return undefined;
}

export function zwavePlusInfo(plug, endpoint, command) {
  const { version: plusVersion, role, nodeType, installerIcon, userIcon } = plug.description.zwavePlus;
  return command === 0x01 ? [0x5e, 0x02, plusVersion, role, nodeType, ...word(installerIcon), ...word(userIcon)] : undefined;
}

export function powerlevel(plug, endpoint, command, parameters) {
  switch (command) {
    case 0x01:
      if (parameters[0] > 9) return refused;
      plug.powerlevel = { level: parameters[0], timeout: parameters[0] === 0 ? 0 : (parameters[1] ?? 0) };
      return accepted;
    case 0x02:
      return [0x73, 0x03, plug.powerlevel.level, plug.powerlevel.timeout];
    case 0x04:
      plug.powerlevelTest = parameters;
      return accepted;
    case 0x05: {
      const test = plug.powerlevelTest; // every test frame arrived
      return test ? [0x73, 0x06, test[0], 0x01, test[2], test[3]] : [0x73, 0x06, 0x00, 0x00, 0x00, 0x00];
    }
    default:
      return undefined;
  }
}

export function indicator(plug, endpoint, command, parameters) {
  const valueOf = (property) => plug.indicators.get(property) ?? 0;
  switch (command) {
    case 0x01: {
      const count = parameters[1] & 0x1f;
      for (let index = 0; index < count && 4 + index * 3 < parameters.length; index++) {
        const [id, property, value] = parameters.subarray(2 + index * 3);
        if (id !== identify || !identifyProperties.includes(property)) return refused;
        plug.indicators.set(property, value);
      }
      return accepted;
    }
    case 0x02:
      if (parameters.length === 0) return [0x87, 0x03, valueOf(0x04)];
      return [0x87, 0x03, 0x00, identifyProperties.length, ...identifyProperties.flatMap((property) => [identify, property, valueOf(property)])];
    case 0x04:
      if (parameters[0] !== 0 && parameters[0] !== identify) return [0x87, 0x05, 0x00, 0x00, 0x00];
      return [0x87, 0x05, identify, 0x00, 0x01, identifyProperties.reduce((mask, property) => mask | (1 << property), 0)];
    default:
      return undefined;
  }
}

export function firmwareUpdate(plug, endpoint, command) {
  const { manufacturerId, hardwareVersion } = plug.description.identity;
  const { id, checksum, fragmentSize } = plug.description.firmware;
  const notUpgradable = 0x00;
  if (command === 0x01) {
    return [0x7a, 0x02, ...word(manufacturerId), ...word(id), ...word(checksum), notUpgradable, 0x00, ...word(fragmentSize), hardwareVersion];
  }
  if (command === 0x03) return [0x7a, 0x04, 0x03]; // not upgradable
  return undefined;
}
