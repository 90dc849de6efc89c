using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt;

/// <summary>Packets as bytes and as what they mean, both ways.</summary>
public sealed class PacketRowsTests
{
    [Theory]
    // 'MQTT' 5, clean start, keep-alive 60, no properties, client id 'a'
    [InlineData("10 0E 00 04 4D 51 54 54 05 02 00 3C 00 00 01 61", "Connect Level=Version5 ClientId='a' CleanStart KeepAliveSeconds=60")]
    // properties: session expiry 10, receive maximum 20, maximum packet size 256, topic aliases 3, response information, no problem information, user property a=b
    [InlineData(
        "10 28 00 04 4D 51 54 54 05 00 00 00 1B 11 00 00 00 0A 21 00 14 27 00 00 01 00 22 00 03 19 01 17 00 26 00 01 61 00 01 62 00 00",
        "Connect Level=Version5 ClientId='' SessionExpirySeconds=10 ReceiveMaximum=20 MaximumPacketSize=256 TopicAliasMaximum=3 "
            + "RequestResponseInformation RequestProblemInformation=False UserProperties=[a=b]")]
    // will: QoS 1, retained, delay 5, text, expiry 60, type, response topic, correlation data, user property; user name and password
    [InlineData(
        "10 46 00 04 4D 51 54 54 05 EE 00 1E 00 00 01 61 2A 18 00 00 00 05 01 01 02 00 00 00 3C 03 00 04 74 65 78 74 08 00 01 72 09 00 02 01 02 "
            + "26 00 01 6B 00 01 76 26 00 01 6B 00 01 77 00 01 77 00 02 6F 6E 00 01 75 00 01 70",
        "Connect Level=Version5 ClientId='a' CleanStart KeepAliveSeconds=30 Will={Topic='w' Payload=0x6f6e QualityOfService=AtLeastOnce Retain DelaySeconds=5 "
            + "IsText ExpirySeconds=60 ContentType='text' ResponseTopic='r' CorrelationData=0x0102 UserProperties=[k=v,k=w]} Username='u' Password=0x70")]
    // authentication method and data; a password without a user name is allowed in MQTT 5
    [InlineData("10 19 00 04 4D 51 54 54 05 42 00 00 08 15 00 01 6D 16 00 01 FF 00 01 61 00 01 70",
        "Connect Level=Version5 ClientId='a' CleanStart Password=0x70 AuthenticationMethod='m' AuthenticationData=0xff")]
    [InlineData("10 0D 00 04 4D 51 54 54 04 02 00 0A 00 01 61", "Connect Level=Version311 ClientId='a' CleanStart KeepAliveSeconds=10")]
    // will with QoS 2, not retained, empty payload; empty user name and password
    [InlineData("10 16 00 04 4D 51 54 54 04 D4 00 0A 00 01 61 00 01 77 00 00 00 00 00 00",
        "Connect Level=Version311 ClientId='a' KeepAliveSeconds=10 Will={Topic='w' QualityOfService=ExactlyOnce} Username='' Password=0x")]
    public void Connect(string hex, string text) => PacketAssert.Row(ProtocolLevel.Version5, PacketSource.Client, hex, text);

    [Theory]
    [InlineData(5, "20 03 00 00 00", "ConnAck")]
    [InlineData(5, "20 03 01 00 00", "ConnAck SessionPresent")]
    // not authorized, reason string 'no'
    [InlineData(5, "20 08 00 87 05 1F 00 02 6E 6F", "ConnAck ReasonCode=NotAuthorized ReasonString='no'")]
    // all numbers and flags
    [InlineData(5, "20 20 00 00 1D 11 00 00 00 01 21 00 02 24 01 25 00 27 00 00 00 03 22 00 04 28 00 29 00 2A 01 13 00 05",
        "ConnAck SessionExpirySeconds=1 ReceiveMaximum=2 MaximumQualityOfService=AtLeastOnce RetainAvailable=False MaximumPacketSize=3 TopicAliasMaximum=4 "
            + "WildcardSubscriptionAvailable=False SubscriptionIdentifierAvailable=False SharedSubscriptionAvailable ServerKeepAliveSeconds=5")]
    // all texts
    [InlineData(5, "20 1D 00 9C 1A 12 00 01 69 26 00 01 61 00 01 62 1A 00 01 72 1C 00 01 73 15 00 01 6D 16 00 00",
        "ConnAck ReasonCode=UseAnotherServer AssignedClientId='i' ResponseInformation='r' ServerReference='s' AuthenticationMethod='m' "
            + "AuthenticationData=0x UserProperties=[a=b]")]
    [InlineData(4, "20 02 00 00", "ConnAck")]
    [InlineData(4, "20 02 01 00", "ConnAck SessionPresent")]
    [InlineData(4, "20 02 00 01", "ConnAck ReasonCode=UnsupportedProtocolVersion")]
    [InlineData(4, "20 02 00 02", "ConnAck ReasonCode=ClientIdentifierNotValid")]
    [InlineData(4, "20 02 00 03", "ConnAck ReasonCode=ServerUnavailable")]
    [InlineData(4, "20 02 00 04", "ConnAck ReasonCode=BadUserNameOrPassword")]
    [InlineData(4, "20 02 00 05", "ConnAck ReasonCode=NotAuthorized")]
    // SUBACK: packet 1, granted QoS 2, no; reason string
    [InlineData(5, "90 05 00 01 00 02 87", "SubAck PacketId=1 ReasonCodes=[GrantedQos2,NotAuthorized]")]
    [InlineData(5, "90 08 00 01 04 1F 00 01 78 00", "SubAck PacketId=1 ReasonCodes=[Success] ReasonString='x'")]
    [InlineData(4, "90 04 00 01 01 80", "SubAck PacketId=1 ReasonCodes=[GrantedQos1,UnspecifiedError]")]
    // UNSUBACK
    [InlineData(5, "B0 05 FF FF 00 00 11", "UnsubAck PacketId=65535 ReasonCodes=[Success,NoSubscriptionExisted]")]
    [InlineData(4, "B0 02 00 01", "UnsubAck PacketId=1")]
    [InlineData(5, "D0 00", "PingResp")]
    [InlineData(4, "D0 00", "PingResp")]
    // DISCONNECT: session taken over; with reason string and another server
    [InlineData(5, "E0 01 8E", "Disconnect ReasonCode=SessionTakenOver")]
    [InlineData(5, "E0 0A 9D 08 1F 00 01 78 1C 00 01 73", "Disconnect ReasonCode=ServerMoved ReasonString='x' ServerReference='s'")]
    // PUBLISH with subscription identifiers 1 and 268,435,455
    [InlineData(5, "30 0B 00 01 61 07 0B 01 0B FF FF FF 7F", "Publish Topic='a' SubscriptionIdentifiers=[1,268435455]")]
    public void From_a_broker(byte level, string hex, string text) => PacketAssert.Row((ProtocolLevel)level, PacketSource.Broker, hex, text);

    [Fact]
    public void An_older_broker_s_refusal_of_the_protocol_is_understood()
    {
        var result = new PacketDecoder(PacketSource.Broker).Decode(new byte[] { 0x20, 0x02, 0x00, 0x01 });
        Assert.Equal(ReasonCode.UnsupportedProtocolVersion, Assert.IsType<ConnAckPacket>(result.Packet).ReasonCode);
    }

    [Theory]
    // topic 'a/b', no properties, payload '1'
    [InlineData(5, "30 07 00 03 61 2F 62 00 31", "Publish Topic='a/b' Payload=0x31")]
    [InlineData(4, "30 06 00 03 61 2F 62 31", "Publish Topic='a/b' Payload=0x31")]
    // duplicate, QoS 2, retained, packet 10, no payload
    [InlineData(4, "3D 05 00 01 61 00 0A", "Publish Topic='a' QualityOfService=ExactlyOnce Retain IsDuplicate PacketId=10")]
    [InlineData(5, "32 06 00 01 61 00 0A 00", "Publish Topic='a' QualityOfService=AtLeastOnce PacketId=10")]
    // all properties
    [InlineData(5, "30 22 00 01 61 1D 01 01 02 00 00 00 3C 23 00 07 08 00 01 72 09 00 01 FF 26 00 01 61 00 01 62 03 00 01 74 78",
        "Publish Topic='a' Payload=0x78 TopicAlias=7 IsText ExpirySeconds=60 ContentType='t' ResponseTopic='r' CorrelationData=0xff UserProperties=[a=b]")]
    // an alias instead of a topic; binary payload said to be so
    [InlineData(5, "30 08 00 00 05 01 00 23 00 07", "Publish Topic='' TopicAlias=7 IsText=False")]
    // U+FEFF at the front is part of the topic [MQTT-1.5.4-3]; U+1D11E needs four bytes
    [InlineData(4, "30 05 00 03 EF BB BF", "Publish Topic='\uFEFF'")]
    [InlineData(4, "30 06 00 04 F0 9D 84 9E", "Publish Topic='\U0001D11E'")]
    [InlineData(5, "40 02 00 01", "PubAck PacketId=1")]
    [InlineData(5, "40 03 00 01 10", "PubAck PacketId=1 ReasonCode=NoMatchingSubscribers")]
    [InlineData(5, "50 08 00 01 97 04 1F 00 01 78", "PubRec PacketId=1 ReasonCode=QuotaExceeded ReasonString='x'")]
    [InlineData(5, "62 03 00 01 92", "PubRel PacketId=1 ReasonCode=PacketIdentifierNotFound")]
    [InlineData(5, "70 0B 00 01 00 07 26 00 01 61 00 01 62", "PubComp PacketId=1 UserProperties=[a=b]")]
    [InlineData(4, "40 02 12 34", "PubAck PacketId=4660")]
    [InlineData(4, "50 02 00 01", "PubRec PacketId=1")]
    [InlineData(4, "62 02 00 01", "PubRel PacketId=1")]
    [InlineData(4, "70 02 00 01", "PubComp PacketId=1")]
    // two filters: QoS 1; QoS 2, no local, retain as published, retain handling 2
    [InlineData(5, "82 0D 00 01 00 00 01 61 01 00 03 62 2F 23 2E",
        "Subscribe PacketId=1 Subscriptions=[{Filter='a' QualityOfService=AtLeastOnce},"
            + "{Filter='b/#' QualityOfService=ExactlyOnce NoLocal RetainAsPublished RetainHandling=DoNotSend}]")]
    [InlineData(5, "82 10 00 01 09 0B 05 26 00 01 61 00 01 62 00 01 2B 10",
        "Subscribe PacketId=1 Subscriptions=[{Filter='+' RetainHandling=SendIfNew}] SubscriptionIdentifier=5 UserProperties=[a=b]")]
    [InlineData(4, "82 0A 00 01 00 01 61 00 00 01 62 02", "Subscribe PacketId=1 Subscriptions=[{Filter='a'},{Filter='b' QualityOfService=ExactlyOnce}]")]
    [InlineData(5, "A2 06 00 01 00 00 01 61", "Unsubscribe PacketId=1 Filters=['a']")]
    [InlineData(4, "A2 08 00 01 00 01 61 00 01 62", "Unsubscribe PacketId=1 Filters=['a','b']")]
    [InlineData(4, "C0 00", "PingReq")]
    [InlineData(5, "E0 00", "Disconnect")]
    [InlineData(4, "E0 00", "Disconnect")]
    [InlineData(5, "E0 01 04", "Disconnect ReasonCode=DisconnectWithWill")]
    [InlineData(5, "E0 07 00 05 11 00 00 00 0A", "Disconnect SessionExpirySeconds=10")]
    [InlineData(5, "F0 00", "Auth")]
    [InlineData(5, "F0 06 18 04 15 00 01 6D", "Auth ReasonCode=ContinueAuthentication AuthenticationMethod='m'")]
    [InlineData(5, "F0 0E 19 0C 15 00 01 6D 16 00 01 64 1F 00 01 78", "Auth ReasonCode=Reauthenticate ReasonString='x' AuthenticationMethod='m' AuthenticationData=0x64")]
    public void From_a_client(byte level, string hex, string text) => PacketAssert.Row((ProtocolLevel)level, PacketSource.Client, hex, text);

    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(200_000)]
    [InlineData(2_097_151)]
    public void Payloads_around_every_size_of_the_length_come_through(int size)
    {
        var payload = new byte[size];
        new Random(size).NextBytes(payload);
        var bytes = PacketEncoder.ToArray(new PublishPacket("a/b", payload) { IsText = false }, ProtocolLevel.Version5);
        var result = new PacketDecoder(PacketSource.Client).Decode(bytes);
        Assert.Equal(bytes.Length, result.Consumed);
        Assert.Equal(payload, Assert.IsType<PublishPacket>(result.Packet).Payload.ToArray());
    }

    [Fact]
    public void Packets_are_written_one_behind_the_other_and_the_last_can_be_taken_back()
    {
        var output = new PacketBuffer();
        var first = PacketEncoder.Encode(output, PingReqPacket.Instance, ProtocolLevel.Version5);
        PacketEncoder.Encode(output, new PublishPacket("a", new byte[1000]), ProtocolLevel.Version5);
        output.Truncate(first);
        PacketEncoder.Encode(output, new AcknowledgementPacket(PacketType.PubAck, 1), ProtocolLevel.Version5);
        Assert.Equal("C000" + "40020001", Convert.ToHexString(output.Written.Span));
    }

    [Fact]
    public void A_text_longer_than_MQTT_can_say_is_refused_and_nothing_is_written()
    {
        var output = new PacketBuffer();
        Assert.Throws<ArgumentException>(() => PacketEncoder.Encode(output, new PublishPacket(new string('a', 65_536), default), ProtocolLevel.Version5));
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public void A_packet_that_is_too_large_is_refused_at_its_header()
    {
        var decoder = new PacketDecoder(PacketSource.Client) { MaximumPacketSize = 100 };
        // 99 bytes follow: 101 in all
        var result = decoder.Decode(new byte[] { 0x30, 99 });
        Assert.Equal((DecodeStatus.TooLarge, ReasonCode.PacketTooLarge, 101L), (result.Status, result.Reason, result.PacketLength));
        Assert.Equal(DecodeStatus.NeedMore, decoder.Decode(new byte[] { 0x30, 98 }).Status);
    }

    [Fact]
    public void What_MQTT_5_added_is_left_out_for_an_older_peer()
    {
        var packet = new PublishPacket("a", new byte[] { 1 }) { ContentType = "text", UserProperties = [new("a", "b")] };
        Assert.Equal("3004" + "000161" + "01", Convert.ToHexString(PacketEncoder.ToArray(packet, ProtocolLevel.Version311)));
        // any refusal of a filter is 80 there
        var answer = new SubAckPacket(1, [ReasonCode.NotAuthorized]) { ReasonString = "no" };
        Assert.Equal("9003" + "0001" + "80", Convert.ToHexString(PacketEncoder.ToArray(answer, ProtocolLevel.Version311)));
    }
}
