// An MQTT client on JSON lines (README.md): npm mqtt against the built-in broker.

import mqtt from "mqtt";
import { commandLines, print } from "./json-lines.mjs";

const [port, version, ...rest] = process.argv.slice(2);
const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);

const client = mqtt.connect({
  host: "127.0.0.1",
  port: Number(port),
  protocolVersion: Number(version),
  clientId: option("--id") ?? "npm-mqtt",
  username: option("--user"),
  password: option("--password"),
  reconnectPeriod: 0,
  properties: version === "5" ? { requestResponseInformation: true } : undefined,
});

client.on("connect", (packet) => print({ event: "connected", sessionPresent: packet.sessionPresent, properties: packet.properties }));
client.on("message", (topic, payload, packet) =>
  print({ event: "message", topic, payload: payload.toString(), qos: packet.qos, retain: packet.retain, properties: shown(packet.properties) }));
client.on("disconnect", (packet) => print({ event: "disconnected", reasonCode: packet.reasonCode }));
client.on("close", () => print({ event: "closed" }));
client.on("error", (error) => print({ event: "error", message: error.message, code: error.code }));

/** Correlation data is bytes. */
function shown(properties) {
  return properties && { ...properties, correlationData: properties.correlationData?.toString() };
}

function sent(properties) {
  return properties && { ...properties, ...(properties.correlationData && { correlationData: Buffer.from(properties.correlationData) }) };
}

await commandLines({
  subscribe: async ({ filter, qos = 0, options }) => (await client.subscribeAsync(filter, { qos, ...options })).map((granted) => granted.qos),
  unsubscribe: async ({ filter }) => void (await client.unsubscribeAsync(filter)),
  publish: async ({ topic, payload = "", qos = 0, retain = false, properties }) =>
    void (await client.publishAsync(topic, payload, { qos, retain, properties: sent(properties) })),
  end: async () => void (await client.endAsync()),
});
client.end(true);
