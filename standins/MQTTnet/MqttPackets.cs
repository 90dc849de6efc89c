using MQTTnet.Protocol;

namespace MQTTnet.Packets;

public sealed class MqttTopicFilter
{
    public bool NoLocal { internal get; set; }

    public MqttQualityOfServiceLevel QualityOfServiceLevel { internal get; set; }

    public bool RetainAsPublished { internal get; set; }

    public MqttRetainHandling RetainHandling { internal get; set; }

    public string Topic { internal get; set; } = "";
}

public sealed class MqttUserProperty(string name, ReadOnlyMemory<byte> value)
{
    public string Name { get; } = name;

    public ReadOnlyMemory<byte> ValueBuffer { get; } = value;
}
