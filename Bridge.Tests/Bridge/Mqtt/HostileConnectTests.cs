using Bridge.Mqtt;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Mqtt;

/// <summary>Whatever a broker answers to a connect: a clear failure, no loss, and the next connect works.</summary>
public sealed class HostileConnectTests : HostileBrokerRig
{
    [Theory]
    [InlineData(0x80, MqttLinkFailure.Refused, "unspecified error")]
    [InlineData(0x81, MqttLinkFailure.Refused, "malformed packet")]
    [InlineData(0x82, MqttLinkFailure.Refused, "protocol error")]
    [InlineData(0x83, MqttLinkFailure.Refused, "an error of its own")]
    [InlineData(0x84, MqttLinkFailure.ProtocolVersion, "protocol version")]
    [InlineData(0x85, MqttLinkFailure.Refused, "client id")]
    [InlineData(0x86, MqttLinkFailure.NotAuthorized, "user name or password")]
    [InlineData(0x87, MqttLinkFailure.NotAuthorized, "not authorized")]
    [InlineData(0x88, MqttLinkFailure.Refused, "not available")]
    [InlineData(0x89, MqttLinkFailure.Refused, "busy")]
    [InlineData(0x8A, MqttLinkFailure.NotAuthorized, "banned")]
    [InlineData(0x8C, MqttLinkFailure.NotAuthorized, "authentication method")]
    [InlineData(0x90, MqttLinkFailure.Refused, "topic is not accepted")]
    [InlineData(0x95, MqttLinkFailure.Refused, "too large")]
    [InlineData(0x97, MqttLinkFailure.Refused, "quota")]
    [InlineData(0x99, MqttLinkFailure.Refused, "payload")]
    [InlineData(0x9A, MqttLinkFailure.Refused, "no retained messages")]
    [InlineData(0x9B, MqttLinkFailure.Refused, "quality of service")]
    [InlineData(0x9C, MqttLinkFailure.Refused, "another server")]
    [InlineData(0x9D, MqttLinkFailure.Refused, "moved")]
    [InlineData(0x9F, MqttLinkFailure.Refused, "too many connections")]
    public async Task A_refused_connect_of_version_5_is_told_in_words(byte code, MqttLinkFailure failure, string words)
    {
        // reason string 'why'
        var refusal = await FailedConnectAsync([0x20, 9, 0, code, 6, 0x1F, 0, 3, .. "why"u8]);
        Assert.Equal(failure, refusal.Failure);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("why", refusal.Message, StringComparison.Ordinal);
        await ConnectsAsync();
    }

    [Theory]
    [InlineData(1, MqttLinkFailure.ProtocolVersion, "protocol version")]
    [InlineData(2, MqttLinkFailure.Refused, "client id")]
    [InlineData(3, MqttLinkFailure.Refused, "not available")]
    [InlineData(4, MqttLinkFailure.NotAuthorized, "user name or password")]
    [InlineData(5, MqttLinkFailure.NotAuthorized, "not authorized")]
    public async Task A_refused_connect_of_version_3_1_1_is_told_in_words(byte code, MqttLinkFailure failure, string words)
    {
        var refusal = await FailedConnectAsync([0x20, 2, 0, code], MqttProtocol.Version311);
        Assert.Equal(failure, refusal.Failure);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        await ConnectsAsync();
    }

    [Fact]
    public async Task ABroker_of_3_1_1_only_refuses_version_5_and_then_takes_3_1_1()
    {
        Assert.Equal(MqttLinkFailure.ProtocolVersion, (await FailedConnectAsync([0x20, 2, 0, 1])).Failure);
        await ConnectsAsync(MqttProtocol.Version311);
    }

    [Theory]
    // nothing; cut after each byte; another packet; garbage; HTTP; reserved flags; session with a refusal; unknown code; wrong length
    [InlineData("")]
    [InlineData("20")]
    [InlineData("20 03")]
    [InlineData("20 03 00 00")]
    [InlineData("D0 00")]
    [InlineData("30 04 00 01 61 00")]
    [InlineData("F0 00")]
    [InlineData("00 00 00 00")]
    [InlineData("FF FF FF FF FF FF")]
    [InlineData("48 54 54 50 2F 31 2E 31 20 34 30 30")]
    [InlineData("20 FF FF FF FF 7F")]
    [InlineData("E0 01 8B")]
    // the library takes these
    [InlineData("20 03 02 00 00", true)]
    [InlineData("20 03 01 87 00", true)]
    [InlineData("20 03 00 7F 00", true)]
    [InlineData("20 04 00 00 00 00", true)]
    public async Task What_is_no_answer_to_connect_fails_the_connect(string hex, bool needsStandIn = false)
    {
        if (needsStandIn) SkipWithPackages();
        var failure = await FailedConnectAsync(hex.Length == 0 ? [] : WireAssert.Bytes(hex));
        Assert.Equal(MqttLinkFailure.Unreachable, failure.Failure);
        await ConnectsAsync();
    }

    [Fact]
    public async Task A_reset_in_place_of_an_answer_fails_the_connect()
    {
        var connect = Probe.Link.ConnectAsync(Request(), None);
        await using var connection = await Broker.NextAsync();
        await connection.ReceiveAsync();
        connection.Reset();
        Assert.Equal(MqttLinkFailure.Unreachable, (await FailureAsync(connect)).Failure);
        await ConnectsAsync();
    }

    [Fact]
    public async Task Silence_fails_the_connect_after_its_limit()
    {
        var connect = Probe.Link.ConnectAsync(Request() with { Limit = TimeSpan.FromMilliseconds(200) }, None);
        await using var connection = await Broker.NextAsync();
        var failure = await FailureAsync(connect);
        Assert.Equal(MqttLinkFailure.Unreachable, failure.Failure);
        Assert.Contains("no answer from 127.0.0.1", failure.Message, StringComparison.Ordinal);
        await connection.ClosedAsync();
        await ConnectsAsync();
    }

    [Fact]
    public async Task An_answer_in_pieces_is_an_answer()
    {
        var connect = Probe.Link.ConnectAsync(Request(), None);
        await using var connection = await Broker.NextAsync();
        await connection.ReceiveAsync();
        foreach (var one in WireAssert.Bytes(Accepted)) await connection.SendAsync([one]);
        Assert.Equal(MqttProtocol.Version5, (await connect.WaitAsync(LinkProbe.Limit, TimeProvider.System)).Protocol);
    }

    [Fact]
    public async Task An_unknown_name_is_told_as_such()
    {
        var failure = await FailureAsync(Probe.Link.ConnectAsync(Request() with { Host = "broker.invalid" }, None));
        Assert.Equal((MqttLinkFailure.Unreachable, "the name broker.invalid is not known"), (failure.Failure, failure.Message));
    }
}
