using FsCheck;
using FsCheck.Fluent;
using StandIns.Wire;

namespace Bridge.Tests.StandIns.Mqtt;

/// <summary>Packets of MQTT 5 that keep the rules.</summary>
internal static class PacketGenerator
{
    private static readonly Gen<string> Text = Gen.Elements("", "a", "/", "temperature", "\u00E4\u20AC", "\U0001D11E", "\uFEFF", new string('x', 300));
    private static readonly Gen<string> Topic = Gen.Elements("a", "/", "a/b", "$SYS/x", "\u00E4/\U0001D11E", new string('t', 200));
    private static readonly Gen<string> Filter = Gen.Elements("a", "#", "+", "a/+/b", "/#", "$share/g/a/#", "+/+");
    private static readonly Gen<byte[]> Bytes = Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf();
    private static readonly Gen<ushort> Id = Gen.Choose(1, 65_535).Select(static value => (ushort)value);
    private static readonly Gen<uint> Number = Gen.OneOf(Gen.Constant(0u), Gen.Constant(uint.MaxValue), Gen.Choose(0, int.MaxValue).Select(static value => (uint)value));
    private static readonly Gen<bool> Flag = Gen.Elements(true, false);
    private static readonly Gen<QualityOfService> Quality = Gen.Elements(QualityOfService.AtMostOnce, QualityOfService.AtLeastOnce, QualityOfService.ExactlyOnce);

    private static readonly Gen<UserProperty[]> Properties =
        (from name in Text from value in Text select new UserProperty(name, value)).ArrayOf().Select(static list => list.Take(4).ToArray());

    private static readonly Gen<Packet> Publish =
        from topic in Topic
        from payload in Bytes
        from quality in Quality
        from retain in Flag
        from duplicate in Flag
        from id in Id
        from alias in Maybe(Id)
        from isText in Maybe(Flag)
        from expiry in Maybe(Number)
        from type in MaybeText(Text)
        from response in MaybeText(Topic)
        from correlation in Maybe(Bytes.Select(static bytes => (ReadOnlyMemory<byte>)bytes))
        from identifiers in Gen.Choose(1, (int)VariableInteger.Maximum).Select(static value => (uint)value).ArrayOf()
        from properties in Properties
        select (Packet)new PublishPacket(topic, payload)
        {
            QualityOfService = quality,
            Retain = retain,
            IsDuplicate = duplicate && quality != QualityOfService.AtMostOnce,
            PacketId = quality == QualityOfService.AtMostOnce ? (ushort)0 : id,
            TopicAlias = alias,
            IsText = isText,
            ExpirySeconds = expiry,
            ContentType = type,
            ResponseTopic = response,
            CorrelationData = correlation,
            SubscriptionIdentifiers = identifiers,
            UserProperties = properties,
        };

    private static readonly Gen<WillMessage?> Will =
        from isThere in Flag
        from topic in Topic
        from payload in Bytes
        from quality in Quality
        from retain in Flag
        from delay in Maybe(Number)
        from response in MaybeText(Topic)
        from properties in Properties
        select isThere
            ? new WillMessage(topic, payload) { QualityOfService = quality, Retain = retain, DelaySeconds = delay, ResponseTopic = response, UserProperties = properties }
            : null;

    private static readonly Gen<Packet> Connect =
        from client in Text
        from clean in Flag
        from keepAlive in Id
        from will in Will
        from user in MaybeText(Text)
        from password in Maybe(Bytes.Select(static bytes => (ReadOnlyMemory<byte>)bytes))
        from expiry in Maybe(Number)
        from maximum in Maybe(Id)
        from method in MaybeText(Text)
        from properties in Properties
        select (Packet)new ConnectPacket(ProtocolLevel.Version5, client)
        {
            CleanStart = clean,
            KeepAliveSeconds = keepAlive,
            Will = will,
            Username = user,
            Password = password,
            SessionExpirySeconds = expiry,
            ReceiveMaximum = maximum,
            MaximumPacketSize = maximum,
            AuthenticationMethod = method,
            UserProperties = properties,
        };

    private static readonly Gen<Packet> ConnAck =
        from code in Gen.Elements(ReasonCode.Success, ReasonCode.NotAuthorized, ReasonCode.ServerBusy)
        from expiry in Maybe(Number)
        from maximum in Maybe(Id)
        from retain in Maybe(Flag)
        from reason in MaybeText(Text)
        from properties in Properties
        select (Packet)new ConnAckPacket(code)
        {
            SessionExpirySeconds = expiry,
            ReceiveMaximum = maximum,
            MaximumPacketSize = maximum,
            ServerKeepAliveSeconds = maximum,
            RetainAvailable = retain,
            ReasonString = reason,
            AssignedClientId = reason,
            UserProperties = properties,
        };

    private static readonly Gen<Packet> Acknowledgement =
        from type in Gen.Elements(PacketType.PubAck, PacketType.PubRec, PacketType.PubRel, PacketType.PubComp)
        from id in Id
        from isGood in Flag
        from reason in MaybeText(Text)
        from properties in Properties
        select (Packet)new AcknowledgementPacket(type, id)
        {
            ReasonCode = isGood ? ReasonCode.Success
                : type is PacketType.PubAck or PacketType.PubRec ? ReasonCode.QuotaExceeded : ReasonCode.PacketIdentifierNotFound,
            ReasonString = reason,
            UserProperties = properties,
        };

    private static readonly Gen<Packet> Subscribe =
        from id in Id
        from filter in Filter
        from more in Filter.ArrayOf()
        from quality in Quality
        from handling in Gen.Elements(RetainHandling.Send, RetainHandling.SendIfNew, RetainHandling.DoNotSend)
        from flag in Flag
        from properties in Properties
        select (Packet)new SubscribePacket(id, [.. more.Append(filter).Select(each => new Subscription(each)
        {
            QualityOfService = quality,
            RetainHandling = handling,
            RetainAsPublished = flag,
            NoLocal = flag && !TopicRules.IsShared(each),
        })])
        {
            UserProperties = properties,
        };

    private static readonly Gen<Packet> Others =
        from id in Id
        from filter in Filter
        from more in Filter.ArrayOf()
        from reason in MaybeText(Text)
        from properties in Properties
        from expiry in Maybe(Number)
        from packet in Gen.Elements<Packet>(
            new UnsubscribePacket(id, [filter, .. more]) { UserProperties = properties },
            new SubAckPacket(id, [ReasonCode.GrantedQos1, ReasonCode.NotAuthorized]) { ReasonString = reason, UserProperties = properties },
            new UnsubAckPacket(id, [ReasonCode.Success, ReasonCode.NoSubscriptionExisted]) { ReasonString = reason, UserProperties = properties },
            new DisconnectPacket { SessionExpirySeconds = expiry, ReasonString = reason, UserProperties = properties },
            new DisconnectPacket { ReasonCode = ReasonCode.ServerMoved, ServerReference = filter, UserProperties = properties },
            new AuthPacket { AuthenticationMethod = reason, AuthenticationData = new byte[] { 1 }, UserProperties = properties },
            PingReqPacket.Instance,
            PingRespPacket.Instance)
        select packet;

    public static Gen<Packet> Packet { get; } = Gen.OneOf(Publish, Connect, ConnAck, Acknowledgement, Subscribe, Others);

    /// <summary>Who may send this one.</summary>
    public static PacketSource SourceOf(Packet packet) => packet switch
    {
        ConnAckPacket or SubAckPacket or UnsubAckPacket or PingRespPacket or PublishPacket => PacketSource.Broker,
        DisconnectPacket { SessionExpirySeconds: null, ReasonCode: ReasonCode.ServerMoved } => PacketSource.Broker,
        _ => PacketSource.Client,
    };

    private static Gen<T?> Maybe<T>(Gen<T> value)
        where T : struct => from isThere in Flag from some in value select isThere ? some : (T?)null;

    private static Gen<string?> MaybeText(Gen<string> value) => from isThere in Flag from some in value select isThere ? some : null;
}
