using System.Buffers;
using System.Text;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using StandIns.Broker;
using StandIns.Wire;

namespace MQTTnet.Server;

/// <summary>Messages as the library shows them, and as the broker keeps them.</summary>
internal static class ApplicationMessages
{
    public static MqttApplicationMessage Shown(BrokerMessage message, TimeSpan now) => new()
    {
        Topic = message.Topic,
        Payload = new ReadOnlySequence<byte>(message.Payload),
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)message.QualityOfService,
        Retain = message.Retain,
        ContentType = message.ContentType,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData?.ToArray(),
        MessageExpiryInterval = message.SecondsLeft(now) ?? 0,
        PayloadFormatIndicator = message.IsText == true ? MqttPayloadFormatIndicator.CharacterData : MqttPayloadFormatIndicator.Unspecified,
        UserProperties = message.UserProperties.Count == 0
            ? null
            : [.. message.UserProperties.Select(static pair => new MqttUserProperty(pair.Name, Encoding.UTF8.GetBytes(pair.Value).AsMemory()))],
    };

    public static BrokerMessage Kept(MqttApplicationMessage message, TimeSpan now) => new(message.Topic, message.Payload.ToArray())
    {
        QualityOfService = (QualityOfService)message.QualityOfServiceLevel,
        Retain = message.Retain,
        ContentType = message.ContentType,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData,
        ExpiresAt = message.MessageExpiryInterval == 0 ? null : BrokerMessage.ExpiryOf(message.MessageExpiryInterval, now),
        IsText = message.PayloadFormatIndicator == MqttPayloadFormatIndicator.CharacterData ? true : null,
        UserProperties = message.UserProperties is not { } properties
            ? []
            : [.. properties.Select(static pair => new UserProperty(pair.Name, Encoding.UTF8.GetString(pair.ValueBuffer.Span)))],
    };

    /// <summary>The message as somebody left it who saw it; the same one when nothing was changed.</summary>
    public static BrokerMessage Changed(BrokerMessage message, MqttApplicationMessage seen, TimeSpan now)
    {
        var isSame = seen.Topic == message.Topic && IsSame(message.Payload, seen.Payload) && seen.Retain == message.Retain
            && (QualityOfService)seen.QualityOfServiceLevel == message.QualityOfService
            && seen.ContentType == message.ContentType && seen.ResponseTopic == message.ResponseTopic
            && seen.MessageExpiryInterval == (message.SecondsLeft(now) ?? 0)
            && (seen.PayloadFormatIndicator == MqttPayloadFormatIndicator.CharacterData) == (message.IsText == true)
            && (seen.UserProperties?.Count ?? 0) == message.UserProperties.Count;
        return isSame ? message : Kept(seen, now);
    }

    private static bool IsSame(ReadOnlyMemory<byte> before, ReadOnlySequence<byte> after) =>
        before.Length == after.Length && (before.IsEmpty || (after.IsSingleSegment && after.First.Equals(before)));
}
