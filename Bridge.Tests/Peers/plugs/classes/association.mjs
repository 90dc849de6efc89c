// Association, Multi Channel Association and Association Group Information: three views of the same groups.

import { accepted } from "../outcome.mjs";

const marker = 0x00;

const describe = (plug, number) =>
  plug.description.groups.find((group) => group.number === number) ?? plug.description.groups[0]; // group out of range: the first answers

export function association(plug, endpoint, command, parameters) {
  switch (command) {
    case 0x01:
      add(plug, parameters[0], [...parameters.subarray(1)].map((node) => ({ node })));
      return accepted;
    case 0x02: {
      const group = describe(plug, parameters[0]);
      const members = plug.groups.get(group.number).filter((member) => member.endpoint === undefined);
      return [0x85, 0x03, group.number, group.max, 0x00, ...members.map(({ node }) => node)];
    }
    case 0x04:
      remove(plug, parameters[0] ?? 0, [...parameters.subarray(1)].map((node) => ({ node })));
      return accepted;
    case 0x05:
      return [0x85, 0x06, plug.groups.size];
    case 0x0b:
      return plug.versionOf(0x85) >= 2 ? [0x85, 0x0c, 0x00] : undefined;
    default:
      return undefined;
  }
}

export function multiChannelAssociation(plug, endpoint, command, parameters) {
  switch (command) {
    case 0x01:
      add(plug, parameters[0], destinations(parameters.subarray(1)));
      return accepted;
    case 0x02: {
      const group = describe(plug, parameters[0]);
      const members = plug.groups.get(group.number);
      const nodes = members.filter((member) => member.endpoint === undefined).map(({ node }) => node);
      const pairs = members.filter((member) => member.endpoint !== undefined).flatMap((member) => [member.node, member.endpoint]);
      return [0x8e, 0x03, group.number, group.max, 0x00, ...nodes, ...(pairs.length > 0 ? [marker, ...pairs] : [])];
    }
    case 0x04:
      remove(plug, parameters[0] ?? 0, destinations(parameters.subarray(1)));
      return accepted;
    case 0x05:
      return [0x8e, 0x06, plug.groups.size];
    default:
      return undefined;
  }
}

// Node ids, then perhaps the marker and pairs of node id and endpoint.
function destinations(bytes) {
  const end = bytes.indexOf(marker) < 0 ? bytes.length : bytes.indexOf(marker);
  const list = [...bytes.subarray(0, end)].map((node) => ({ node }));
  for (let index = end + 1; index + 1 < bytes.length; index += 2) list.push({ node: bytes[index], endpoint: bytes[index + 1] });
  return list;
}

const same = (a) => (b) => a.node === b.node && a.endpoint === b.endpoint;

function add(plug, number, list) {
  const group = describe(plug, plug.description.ignoresGroupNumber ? 1 : number);
  const members = plug.groups.get(group.number);
  for (const destination of list) {
    if (members.length < group.max && !members.some(same(destination))) members.push(destination);
  }
}

// Group 0 is every group, no destinations is every destination.
function remove(plug, number, list) {
  const groups = number === 0 ? [...plug.groups.keys()] : [describe(plug, plug.description.ignoresGroupNumber ? 1 : number).number];
  for (const group of groups) {
    plug.groups.set(group, list.length === 0 ? [] : plug.groups.get(group).filter((member) => !list.some(same(member))));
  }
}

export function associationGroupInformation(plug, endpoint, command, parameters) {
  switch (command) {
    case 0x01: {
      const group = describe(plug, parameters[0]);
      const name = Buffer.from(group.name);
      return [0x59, 0x02, group.number, name.length, ...name];
    }
    case 0x03: {
      const isList = (parameters[0] & 0x40) !== 0;
      const groups = isList ? plug.description.groups : [describe(plug, parameters[1])];
      return [0x59, 0x04, (isList ? 0x80 : 0x00) | groups.length, ...groups.flatMap(({ number, profile }) => [number, 0, ...profile, 0, 0, 0])];
    }
    case 0x05: {
      const group = describe(plug, parameters[1]);
      return [0x59, 0x06, group.number, group.commands.length, ...group.commands];
    }
    default:
      return undefined;
  }
}
