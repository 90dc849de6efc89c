// Multi Channel: what endpoints there are. The encapsulations themselves are taken off before a command gets here.

const identical = 0x40;

export function multiChannel(plug, endpoint, command, parameters) {
  switch (command) {
    case 0x04:
      return [0x60, 0x05, parameters[0], instances(plug, parameters[0])];
    case 0x07:
      return [0x60, 0x08, plug.description.identicalEndpoints ? identical : 0x00, plug.endpointCount];
    case 0x09: {
      const classes = parameters[0] > 0 ? plug.classesOfEndpoint(parameters[0]) : undefined;
      if (!classes) return undefined;
      const { genericDeviceClass, specificDeviceClass } = plug.description.identity;
      return [0x60, 0x0a, parameters[0], genericDeviceClass, specificDeviceClass, ...classes.map(({ id }) => id)];
    }
    case 0x0b: {
      const { genericDeviceClass, specificDeviceClass } = plug.description.identity;
      const isWanted =
        (parameters[0] === 0xff || parameters[0] === genericDeviceClass) && (parameters[1] === 0xff || parameters[1] === specificDeviceClass);
      const found = isWanted ? Object.keys(plug.description.endpoints).map(Number) : [0];
      return [0x60, 0x0c, 0x00, parameters[0], parameters[1], ...found];
    }
    default:
      return undefined;
  }
}

const instances = (plug, classId) =>
  Object.keys(plug.description.endpoints).filter((endpoint) => plug.classesOfEndpoint(endpoint).some(({ id }) => id === classId)).length;
