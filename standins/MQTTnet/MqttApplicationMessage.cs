using System.Buffers;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

public sealed class MqttApplicationMessage
{
    public string? ContentType { get; set; }

    public byte[]? CorrelationData { get; set; }

    public bool Dup { get; internal set; }

    public uint MessageExpiryInterval { get; set; }

    public ReadOnlySequence<byte> Payload { get; set; }

    public MqttPayloadFormatIndicator PayloadFormatIndicator { get; set; }

    public MqttQualityOfServiceLevel QualityOfServiceLevel { get; set; }

    public string? ResponseTopic { get; set; }

    public bool Retain { get; set; }

    public string Topic { get; set; } = "";

    public List<MqttUserProperty>? UserProperties { get; set; }
}

public sealed class MqttApplicationMessageReceivedEventArgs : EventArgs
{
    internal MqttApplicationMessageReceivedEventArgs(MqttApplicationMessage message, ushort packetIdentifier) =>
        (ApplicationMessage, PacketIdentifier) = (message, packetIdentifier);

    public MqttApplicationMessage ApplicationMessage { get; }

    public ushort PacketIdentifier { get; }
}
