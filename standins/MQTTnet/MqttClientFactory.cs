#pragma warning disable CA1822 // An instance method, as in the library.
namespace MQTTnet;

public class MqttClientFactory
{
    public IMqttClient CreateMqttClient() => new MqttClient();
}
