// Notification (version 3 and newer) and the old Alarm (version 1).

import { accepted, refused } from "../outcome.mjs";

const firstPending = 0xff;

export function notification(plug, endpoint, command, parameters) {
  if (plug.versionOf(0x71) === 1) return command === 0x04 ? alarm(plug, parameters[0]) : undefined;
  const types = plug.description.notifications;
  switch (command) {
    case 0x01: {
      const events = types[parameters[0]];
      return [0x71, 0x02, parameters[0], ...(events ? withLength(mask(events)) : [0x00])];
    }
    case 0x04:
      return state(plug, parameters[1], parameters[2] ?? 0);
    case 0x06:
      return types[parameters[0]] ? accepted : refused;
    case 0x07:
      return [0x71, 0x08, ...withLength(mask(Object.keys(types).map(Number)))];
    default:
      return undefined;
  }
}

const alarm = (plug, type) => [0x71, 0x05, type, plug.alarms.get(type) ?? 0x00];

function state(plug, type, event) {
  if (type === firstPending) return [0x71, 0x05, 0x00, 0x00, 0x00, 0xfe, 0x00, 0x00, 0x00];
  const events = plug.description.notifications[type];
  if (!events || (event !== 0 && !events.includes(event))) return [0x71, 0x05, 0x00, 0x00, 0x00, 0x00, type ?? 0, 0xfe, 0x00];
  const active = plug.alarms.get(type) ?? 0;
  return [0x71, 0x05, 0x00, 0x00, 0x00, 0xff, type, event === 0 || event === active ? active : 0x00, 0x00];
}

function mask(numbers) {
  const bytes = new Array((Math.max(...numbers) >> 3) + 1).fill(0);
  for (const number of numbers) bytes[number >> 3] |= 1 << (number & 7);
  return bytes;
}

const withLength = (bytes) => [bytes.length, ...bytes];
