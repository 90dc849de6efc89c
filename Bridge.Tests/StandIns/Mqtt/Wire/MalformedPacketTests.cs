using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt;

/// <summary>Bytes that break a rule, with the reason code MQTT 5 answers them with.</summary>
public sealed class MalformedPacketTests
{
    [Theory]
    // fixed header
    [InlineData("00 00", 0x81, "type 0")]
    [InlineData("C1 00", 0x81, "flags 1")]
    [InlineData("60 02 00 01", 0x81, "flags 0")]
    [InlineData("80 02 00 01", 0x81, "flags 0")]
    [InlineData("36 05 00 01 61 00 01", 0x81, "QoS 3")]
    [InlineData("38 03 00 01 61", 0x81, "duplicate")]
    [InlineData("30 FF FF FF FF 01", 0x81, "length of the packet")]
    [InlineData("30 FF FF FF FF", 0x81, "length of the packet")]
    [InlineData("30 84 00", 0x81, "length of the packet")]
    [InlineData("20 03 00 00 00", 0x81, "does not send ConnAck")]
    [InlineData("90 04 00 01 00 00", 0x81, "does not send SubAck")]
    [InlineData("D0 00", 0x81, "does not send PingResp")]
    [InlineData("C0 01 00", 0x81, "bytes after the end")]
    // CONNECT: name, level, reserved flag, flags of a will without a will, will QoS 3, cut
    [InlineData("10 0E 00 04 4D 51 54 58 05 02 00 3C 00 00 01 61", 0x84, "not called MQTT")]
    [InlineData("10 0E 00 04 4D 51 54 54 06 02 00 3C 00 00 01 61", 0x84, "level 6")]
    [InlineData("10 0E 00 06 4D 51 49 73 64 70 03 02 00 3C 00 00", 0x84, "level 3 of MQIsdp")]
    [InlineData("10 0E 00 04 4D 51 54 54 05 03 00 3C 00 00 01 61", 0x81, "reserved flag")]
    [InlineData("10 0E 00 04 4D 51 54 54 05 22 00 3C 00 00 01 61", 0x81, "without one")]
    [InlineData("10 0E 00 04 4D 51 54 54 05 0A 00 3C 00 00 01 61", 0x81, "without one")]
    [InlineData("10 15 00 04 4D 51 54 54 05 1E 00 3C 00 00 01 61 00 00 01 77 00 01 78", 0x81, "QoS 3")]
    [InlineData("10 0D 00 04 4D 51 54 54 05 02 00 3C 00 00 01", 0x81, "cut short")]
    [InlineData("10 0E 00 04 4D 51 54 54 05 82 00 3C 00 00 01 61", 0x81, "cut short")]
    [InlineData("10 14 00 04 4D 51 54 54 05 06 00 3C 00 00 01 61 00 00 01 23 00 00", 0x81, "wildcard")]
    [InlineData("10 13 00 04 4D 51 54 54 05 06 00 3C 00 00 01 61 00 00 00 00 00", 0x81, "empty")]
    [InlineData("10 0F 00 04 4D 51 54 54 04 42 00 3C 00 01 61 00 00", 0x81, "password without a user name")]
    // its properties: receive maximum 0, maximum packet size 0, twice, of another packet, flag of 2, data without a method, longer than the packet
    [InlineData("10 10 00 04 4D 51 54 54 05 02 00 3C 03 21 00 00 00 00", 0x82, "ReceiveMaximum is 0")]
    [InlineData("10 12 00 04 4D 51 54 54 05 02 00 3C 05 27 00 00 00 00 00 00", 0x82, "MaximumPacketSize is 0")]
    [InlineData("10 13 00 04 4D 51 54 54 05 02 00 3C 06 21 00 01 21 00 01 00 00", 0x82, "ReceiveMaximum is there twice")]
    [InlineData("10 10 00 04 4D 51 54 54 05 02 00 3C 03 13 00 01 00 00", 0x82, "ServerKeepAlive may not be here")]
    [InlineData("10 0F 00 04 4D 51 54 54 05 02 00 3C 02 17 02 00 00", 0x82, "2, not 0 or 1")]
    [InlineData("10 11 00 04 4D 51 54 54 05 02 00 3C 04 16 00 01 00 00 00", 0x82, "without a method")]
    [InlineData("10 0D 00 04 4D 51 54 54 05 02 00 3C 05 00 00", 0x81, "longer than the packet")]
    [InlineData("10 0F 00 04 4D 51 54 54 05 02 00 3C 02 21 00 01 61", 0x81, "cut short")]
    [InlineData("10 0F 00 04 4D 51 54 54 05 02 00 3C 02 7E 00 00 00", 0x81, "no property 126")]
    // PUBLISH: packet identifier 0, no topic, wildcards, alias 0, identifier of a subscription, response topic with a wildcard, no properties
    [InlineData("32 06 00 01 61 00 00 00", 0x82, "identifier is 0")]
    [InlineData("30 03 00 00 00", 0x82, "topic is empty")]
    [InlineData("30 04 00 01 23 00", 0x81, "wildcard")]
    [InlineData("30 06 00 03 61 2F 2B 00", 0x81, "wildcard")]
    [InlineData("30 07 00 01 61 03 23 00 00", 0x94, "alias is 0")]
    [InlineData("30 06 00 01 61 02 0B 01", 0x82, "SubscriptionIdentifier may not be here")]
    [InlineData("30 08 00 01 61 04 08 00 01 2B", 0x82, "response topic has a wildcard")]
    [InlineData("30 06 00 01 61 02 01 02", 0x82, "2, not 0 or 1")]
    [InlineData("30 03 00 01 61", 0x81, "cut short")]
    [InlineData("30 02 00 05", 0x81, "cut short")]
    // texts: U+0000, a surrogate, an overlong form, a byte that never is, cut inside a character
    [InlineData("30 05 00 02 61 00 00", 0x81, "U+0000")]
    [InlineData("30 06 00 03 ED A0 80 00", 0x81, "not UTF-8")]
    [InlineData("30 05 00 02 C1 81 00", 0x81, "not UTF-8")]
    [InlineData("30 04 00 01 FF 00", 0x81, "not UTF-8")]
    [InlineData("30 04 00 01 C3 00", 0x81, "not UTF-8")]
    [InlineData("30 0B 00 01 61 07 26 00 01 FF 00 01 62", 0x81, "not UTF-8")]
    // acknowledgements
    [InlineData("40 02 00 00", 0x82, "identifier is 0")]
    [InlineData("40 01 00", 0x81, "cut short")]
    [InlineData("40 03 00 01 92", 0x82, "no reason code 146")]
    [InlineData("62 03 00 01 80", 0x82, "no reason code 128")]
    [InlineData("40 05 00 01 00 00 00", 0x81, "bytes after the end")]
    [InlineData("40 06 00 01 00 02 01 01", 0x82, "may not be here")]
    // SUBSCRIBE: no filter, empty filter, wildcards, QoS 3, retain handling 3, reserved bits, no local with a share, identifier 0 and twice
    [InlineData("82 03 00 01 00", 0x82, "no filter")]
    [InlineData("82 07 00 00 00 00 01 61 00", 0x82, "identifier is 0")]
    [InlineData("82 06 00 01 00 00 00 00", 0x81, "empty")]
    [InlineData("82 08 00 01 00 00 02 61 23 00", 0x81, "not a whole level")]
    [InlineData("82 09 00 01 00 00 03 23 2F 61 00", 0x81, "before its end")]
    [InlineData("82 07 00 01 00 00 01 61 03", 0x82, "QoS 3")]
    [InlineData("82 07 00 01 00 00 01 61 30", 0x82, "retain handling 3")]
    [InlineData("82 07 00 01 00 00 01 61 40", 0x81, "options")]
    [InlineData("82 10 00 01 00 00 0A 24 73 68 61 72 65 2F 67 2F 61 04", 0x82, "No Local")]
    [InlineData("82 0F 00 01 00 00 09 24 73 68 61 72 65 2F 67 2F 00", 0x81, "share name")]
    [InlineData("82 09 00 01 02 0B 00 00 01 61 00", 0x82, "SubscriptionIdentifier is 0")]
    [InlineData("82 0B 00 01 04 0B 01 0B 02 00 01 61 00", 0x82, "twice")]
    [InlineData("82 06 00 01 00 00 01 61", 0x81, "cut short")]
    [InlineData("A2 03 00 01 00", 0x82, "no filter")]
    // DISCONNECT and AUTH: codes and properties of the broker, a code without the properties it needs
    [InlineData("E0 01 8E", 0x82, "no reason code 142")]
    [InlineData("E0 06 00 04 1C 00 01 73", 0x82, "ServerReference may not be here")]
    [InlineData("F0 02 87 00", 0x82, "no reason code 135")]
    [InlineData("F0 01 00", 0x81, "cut short")]
    public void Version_5_from_a_client(string hex, byte reason, string words) =>
        PacketAssert.Refused(ProtocolLevel.Version5, PacketSource.Client, hex, (ReasonCode)reason, words);

    [Theory]
    [InlineData("10 0C 00 04 4D 51 54 54 05 02 00 3C 00 00", 0x81, "does not send Connect")]
    [InlineData("C0 00", 0x81, "does not send PingReq")]
    [InlineData("20 03 02 00 00", 0x81, "acknowledge flags")]
    [InlineData("20 03 01 87 00", 0x82, "session is present")]
    [InlineData("20 03 00 01 00", 0x82, "no reason code 1")]
    [InlineData("20 02 00 00", 0x81, "cut short")]
    [InlineData("20 05 00 00 02 24 02", 0x82, "2, not 0 or 1")]
    [InlineData("20 06 00 00 03 21 00 00", 0x82, "ReceiveMaximum is 0")]
    [InlineData("20 08 00 00 05 18 00 00 00 01", 0x82, "WillDelayInterval may not be here")]
    [InlineData("90 03 00 01 00", 0x81, "no reason code")]
    [InlineData("90 04 00 01 00 03", 0x82, "no reason code 3")]
    [InlineData("B0 04 00 01 00 01", 0x82, "no reason code 1")]
    [InlineData("E0 01 04", 0x82, "no reason code 4")]
    [InlineData("E0 07 00 05 11 00 00 00 0A", 0x82, "SessionExpiryInterval may not be here")]
    [InlineData("30 06 00 01 61 02 0B 00", 0x82, "SubscriptionIdentifier is 0")]
    [InlineData("F0 02 19 00", 0x82, "no reason code 25")]
    public void Version_5_from_a_broker(string hex, byte reason, string words) =>
        PacketAssert.Refused(ProtocolLevel.Version5, PacketSource.Broker, hex, (ReasonCode)reason, words);

    [Theory]
    [InlineData(PacketSource.Client, "F0 00", 0x81, "type 15")]
    [InlineData(PacketSource.Client, "E0 01 00", 0x81, "bytes after the end")]
    [InlineData(PacketSource.Client, "40 03 00 01 00", 0x81, "bytes after the end")]
    [InlineData(PacketSource.Client, "30 02 00 00", 0x81, "topic is empty")]
    [InlineData(PacketSource.Client, "82 06 00 01 00 01 61 04", 0x81, "options")]
    [InlineData(PacketSource.Client, "82 06 00 01 00 01 61 03", 0x81, "QoS 3")]
    [InlineData(PacketSource.Client, "82 02 00 01", 0x82, "no filter")]
    [InlineData(PacketSource.Broker, "E0 00", 0x81, "does not send Disconnect")]
    [InlineData(PacketSource.Broker, "20 02 00 06", 0x82, "no reason code 6")]
    [InlineData(PacketSource.Broker, "20 02 02 00", 0x81, "acknowledge flags")]
    [InlineData(PacketSource.Broker, "90 03 00 01 03", 0x82, "no reason code 3")]
    [InlineData(PacketSource.Broker, "90 03 00 01 87", 0x82, "no reason code 135")]
    public void Version_3_1_1(object source, string hex, byte reason, string words) =>
        PacketAssert.Refused(ProtocolLevel.Version311, (PacketSource)source, hex, (ReasonCode)reason, words);

    [Theory]
    // MQIsdp level 3; MQTT level 6
    [InlineData("10 0E 00 06 4D 51 49 73 64 70 03 02 00 3C 00 00", 4)]
    [InlineData("10 0E 00 04 4D 51 54 54 06 02 00 3C 00 00 01 61", 5)]
    [InlineData("10 0D 00 04 4D 51 54 54 04 02 00 0A 00 01 61", 4)]
    public void A_connect_tells_which_protocol_to_answer_in(string hex, byte level)
    {
        var decoder = new PacketDecoder(PacketSource.Client);
        decoder.Decode(Support.WireAssert.Bytes(hex));
        Assert.Equal((ProtocolLevel)level, decoder.Level);
    }

    [Fact]
    public void A_password_is_in_no_text()
    {
        var packet = new ConnectPacket(ProtocolLevel.Version5, "a") { Password = "secret"u8.ToArray(), Username = "me" };
        Assert.Equal("CONNECT Version5 a", packet.ToString());
    }
}
