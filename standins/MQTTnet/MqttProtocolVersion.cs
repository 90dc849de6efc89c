namespace MQTTnet.Formatter;

public enum MqttProtocolVersion
{
    V311 = 4,
    V500 = 5,
}
