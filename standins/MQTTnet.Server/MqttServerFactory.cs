namespace MQTTnet.Server;

/// <summary>Makes brokers.</summary>
public sealed class MqttServerFactory
{
#pragma warning disable CA1822 // As in the library.
    public MqttServer CreateMqttServer(MqttServerOptions options) => new(options);
#pragma warning restore CA1822
}
