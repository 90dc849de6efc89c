using Bridge.Mqtt;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Mqtt;

/// <summary>Whatever a broker does: a clear failure or a loss, told once, and the next connect works.</summary>
public sealed class HostileBrokerTests : IAsyncDisposable
{
    private const string Accepted = "20 03 00 00 00";
    private const string Accepted311 = "20 02 00 00";
    private readonly HostileBroker _broker = new();
    private readonly LinkProbe _probe = new(new MqttNetLink(TimeProvider.System));

    private static CancellationToken None => CancellationToken.None;

    public async ValueTask DisposeAsync()
    {
        await _probe.DisposeAsync();
        await _broker.DisposeAsync();
    }

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
    public async Task A_broker_of_3_1_1_only_refuses_version_5_and_then_takes_3_1_1()
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
        var connect = _probe.Link.ConnectAsync(Request(), None);
        await using var connection = await _broker.NextAsync();
        await connection.ReceiveAsync();
        connection.Reset();
        Assert.Equal(MqttLinkFailure.Unreachable, (await FailureAsync(connect)).Failure);
        await ConnectsAsync();
    }

    [Fact]
    public async Task Silence_fails_the_connect_after_its_limit()
    {
        var connect = _probe.Link.ConnectAsync(Request() with { Limit = TimeSpan.FromMilliseconds(200) }, None);
        await using var connection = await _broker.NextAsync();
        var failure = await FailureAsync(connect);
        Assert.Equal(MqttLinkFailure.Unreachable, failure.Failure);
        Assert.Contains("no answer from 127.0.0.1", failure.Message, StringComparison.Ordinal);
        await connection.ClosedAsync();
        await ConnectsAsync();
    }

    [Fact]
    public async Task An_answer_in_pieces_is_an_answer()
    {
        var connect = _probe.Link.ConnectAsync(Request(), None);
        await using var connection = await _broker.NextAsync();
        await connection.ReceiveAsync();
        foreach (var one in WireAssert.Bytes(Accepted)) await connection.SendAsync([one]);
        Assert.Equal(MqttProtocol.Version5, (await connect.WaitAsync(LinkProbe.Limit, TimeProvider.System)).Protocol);
    }

    [Theory]
    // type 0; type of a client; QoS 3; wildcard; no topic; cut texts; not UTF-8; property twice; alias not allowed; identifier 0; reserved flags
    [InlineData("00 00", "no packet of type 0")]
    [InlineData("10 00", "does not send Connect")]
    [InlineData("82 07 00 01 00 00 01 61 00", "does not send Subscribe")]
    [InlineData("C0 00", "does not send PingReq")]
    [InlineData("36 06 00 01 61 00 01 00", "QoS 3")]
    [InlineData("30 04 00 01 23 00", "wildcard")]
    [InlineData("30 03 00 00 00", "empty")]
    [InlineData("30 03 00 05 61", "cut short")]
    [InlineData("30 04 00 01 FF 00", "UTF-8")]
    [InlineData("30 08 00 01 61 04 01 00 01 00", "twice")]
    [InlineData("30 07 00 01 61 03 23 00 01", "alias")]
    [InlineData("32 06 00 01 61 00 00 00", "identifier is 0")]
    [InlineData("D1 00", "flags 1")]
    [InlineData("20 03 00 00 00", "ConnAck where it may not")]
    [InlineData("F0 00", "Auth where it may not")]
    [InlineData("30 FF FF FF FF 01", "length of the packet")]
    public async Task A_packet_that_breaks_the_rules_is_a_loss_with_the_reason(string hex, string words)
    {
        SkipWithPackages();
        await using var connection = await ConnectsAsync();
        await connection.SendAsync(hex);
        Assert.Contains(words, await _probe.LostAsync(), StringComparison.Ordinal);
        await connection.ClosedAsync();
        await (await ConnectsAsync()).DisposeAsync();
    }

    [Theory]
    [InlineData("30")]
    [InlineData("30 10 00 01")]
    [InlineData("32 07 00 01 61 00 01 00")]
    public async Task A_connection_closed_within_a_packet_is_a_loss(string hex)
    {
        var connection = await ConnectsAsync();
        await connection.SendAsync(hex);
        await connection.DisposeAsync();
        Assert.Contains("the broker closed the connection", await _probe.LostAsync(), StringComparison.Ordinal);
        Assert.Equal(0, _probe.ReceivedCount);
        await (await ConnectsAsync()).DisposeAsync();
    }

    [Fact]
    public async Task A_reset_is_a_loss()
    {
        var connection = await ConnectsAsync();
        connection.Reset();
        Assert.NotEmpty(await _probe.LostAsync());
        await (await ConnectsAsync()).DisposeAsync();
    }

    [Theory]
    [InlineData("E0 00", "closed the connection")]
    [InlineData("E0 01 8B", "it shuts down")]
    [InlineData("E0 01 8E", "another client took over")]
    [InlineData("E0 07 97 05 1F 00 02 6E 6F", "a quota is used up (no)")]
    public async Task A_goodbye_of_the_broker_is_a_loss_in_words(string hex, string words)
    {
        await using var connection = await ConnectsAsync();
        await connection.SendAsync(hex);
        Assert.Contains(words, await _probe.LostAsync(), StringComparison.Ordinal);
        Assert.Equal(0, _probe.LossCount);
    }

    [Theory]
    // PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, PINGRESP nobody waits for
    [InlineData("40 02 12 34")]
    [InlineData("50 02 12 34")]
    [InlineData("62 02 12 34")]
    [InlineData("70 02 12 34")]
    [InlineData("90 04 12 34 00 00")]
    [InlineData("B0 04 12 34 00 00")]
    [InlineData("D0 00")]
    public async Task An_answer_that_nobody_waits_for_changes_nothing(string hex)
    {
        await using var connection = await ConnectsAsync();
        await connection.SendAsync(hex);
        // topic 'a', payload 'x'
        await connection.SendAsync("30 05 00 01 61 00 78");
        Assert.Equal("a x", await _probe.NextTextAsync());
        Assert.True(_probe.Link.IsConnected);
    }

    [Fact]
    public async Task An_answer_of_the_wrong_kind_ends_the_connection_and_the_call()
    {
        SkipWithPackages();
        await using var connection = await ConnectsAsync();
        var publication = _probe.PublishAsync("a", "x");
        await connection.ReceiveAsync();
        // SUBACK in place of PUBACK
        await connection.SendAsync("90 04 00 01 00 00");
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(publication)).Failure);
        Assert.Contains("in place of PubAck", await _probe.LostAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_message_fails_its_call_only()
    {
        await using var connection = await ConnectsAsync();
        var refused = _probe.PublishAsync("a", "x");
        await connection.ReceiveAsync();
        // PUBACK not authorized
        await connection.SendAsync("40 03 00 01 87");
        var failure = await FailureAsync(refused);
        Assert.Equal((MqttLinkFailure.Refused, "the broker refused the message to a: not authorized"), (failure.Failure, failure.Message));
        Assert.True(_probe.Link.IsConnected);
    }

    [Fact]
    public async Task A_refused_message_of_quality_2_fails_its_call_only()
    {
        SkipWithPackages();
        await using var connection = await ConnectsAsync();
        var refused = _probe.PublishAsync("a", "y", MqttQualityOfService.ExactlyOnce);
        await connection.ReceiveAsync();
        // PUBREC quota exceeded
        await connection.SendAsync("50 03 00 01 97");
        Assert.Contains("quota", (await FailureAsync(refused)).Message, StringComparison.Ordinal);
        Assert.True(_probe.Link.IsConnected);
    }

    [Fact]
    public async Task Refused_filters_are_told_in_words_and_the_others_stand()
    {
        await using var connection = await ConnectsAsync();
        var subscription = _probe.SubscribeAsync(new MqttSubscription("a"), new MqttSubscription("b"), new MqttSubscription("c"));
        await connection.ReceiveAsync();
        await connection.SendAsync("90 06 00 01 00 01 87 A2");
        Assert.Equal([null, "not authorized", "filters with wildcards are not supported"], await subscription);
        Assert.True(_probe.Link.IsConnected);
    }

    [Theory]
    [InlineData("90 04 00 01 00 01")]
    [InlineData("90 07 00 01 00 01 01 01 01")]
    public async Task A_wrong_number_of_answers_to_filters_fails_the_call(string hex)
    {
        await using var connection = await ConnectsAsync();
        var subscription = _probe.SubscribeAsync(new MqttSubscription("a"), new MqttSubscription("b"));
        await connection.ReceiveAsync();
        await connection.SendAsync(hex);
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(subscription)).Failure);
    }

    [Fact]
    public async Task A_broker_that_closes_in_place_of_an_acknowledgement_fails_the_calls()
    {
        var connection = await ConnectsAsync();
        var publication = _probe.PublishAsync("a", "x");
        var subscription = _probe.SubscribeAsync(new MqttSubscription("a"));
        await connection.ReceiveAsync();
        await connection.DisposeAsync();
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(publication)).Failure);
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(subscription)).Failure);
        Assert.NotEmpty(await _probe.LostAsync());
    }

    [Fact]
    public async Task A_broker_that_never_acknowledges_is_lost_after_the_limit()
    {
        await using var probe = new LinkProbe(new MqttNetLink(TimeProvider.System) { AnswerLimit = TimeSpan.FromMilliseconds(200) });
        var connect = probe.Link.ConnectAsync(Request(), None);
        await using var connection = await _broker.NextAsync();
        await connection.AcceptAsync();
        await connect;
        var publication = probe.PublishAsync("a", "x");
        Assert.Contains("did not acknowledge", (await FailureAsync(publication)).Message, StringComparison.Ordinal);
        Assert.Contains("did not acknowledge", await probe.LostAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_never_answers_a_subscription_is_lost_after_the_limit()
    {
        await using var probe = new LinkProbe(new MqttNetLink(TimeProvider.System) { AnswerLimit = TimeSpan.FromMilliseconds(200) });
        var connect = probe.Link.ConnectAsync(Request(), None);
        await using var connection = await _broker.NextAsync();
        await connection.AcceptAsync();
        await connect;
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(probe.SubscribeAsync(new MqttSubscription("a")))).Failure);
        Assert.Contains("did not answer", await probe.LostAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packet_larger_than_we_take_is_a_loss_before_all_of_it_came()
    {
        SkipWithPackages();
        var connect = _probe.Link.ConnectAsync(Request() with { MaximumPacketSize = 1000 }, None);
        await using var connection = await _broker.NextAsync();
        await connection.AcceptAsync();
        await connect;
        // 200,000 bytes are announced
        await connection.SendAsync("30 C0 9A 0C 00 01 61");
        Assert.Contains("1000 are allowed", await _probe.LostAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_message_of_quality_2_is_handed_on_once()
    {
        await using var connection = await ConnectsAsync();
        // topic 'a', packet 1, 'x'; again with the duplicate flag; released; a new message with the same identifier
        await connection.SendAsync("34 07 00 01 61 00 01 00 78" + "3C 07 00 01 61 00 01 00 78" + "62 02 00 01" + "34 07 00 01 61 00 01 00 79");
        Assert.Equal(["a x", "a y"], [await _probe.NextTextAsync(), await _probe.NextTextAsync()]);
        // PUBREC three times and PUBCOMP; the library answers the release first
        Assert.Equal(["50020001", "50020001", "50020001", "70020001"], (await TakeAsync(connection, 4)).Order(StringComparer.Ordinal));
        Assert.Equal(0, _probe.ReceivedCount);
    }

    [Fact]
    public async Task No_more_messages_are_under_way_than_the_broker_takes_and_their_order_is_kept()
    {
        var connect = _probe.Link.ConnectAsync(Request(), None);
        await using var connection = await _broker.NextAsync();
        // Receive Maximum 2
        await connection.AcceptAsync("20 06 00 00 03 21 00 02");
        Assert.Equal(2, (await connect).ReceiveMaximum);
        var publications = Enumerable.Range(0, 5).Select(number => _probe.PublishAsync("a", "0123456789"[number..(number + 1)])).ToList();
        var seen = new List<byte>();
        for (var number = 0; number < 5; number++)
        {
            var packet = await connection.ReceiveAsync();
            seen.Add(packet[^1]);
            Assert.True(seen.Count - publications.Count(static publication => publication.IsCompleted) <= 2);
            if (number == 0) continue;
            // The first of the two under way is acknowledged: its identifier is one before the last one's.
            await connection.SendAsync([0x40, 2, packet[5], (byte)(packet[6] - 1)]);
            await publications[number - 1].WaitAsync(LinkProbe.Limit, TimeProvider.System);
        }

        Assert.Equal("01234"u8.ToArray(), seen);
    }

    [Fact]
    public async Task A_link_that_is_closed_while_calls_wait_fails_them_and_tells_no_loss()
    {
        await using var connection = await ConnectsAsync();
        var publication = _probe.PublishAsync("a", "x");
        await connection.ReceiveAsync();
        await _probe.Link.DisconnectAsync(None).WaitAsync(LinkProbe.Limit, TimeProvider.System);
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(publication)).Failure);
        // DISCONNECT
        Assert.Equal(0xE0, (await connection.ReceiveAsync())[0]);
        Assert.Equal(0, _probe.LossCount);
    }

    [Fact]
    public async Task An_unknown_name_is_told_as_such()
    {
        var failure = await FailureAsync(_probe.Link.ConnectAsync(Request() with { Host = "broker.invalid" }, None));
        Assert.Equal((MqttLinkFailure.Unreachable, "the name broker.invalid is not known"), (failure.Failure, failure.Message));
    }

    /// <summary>The library is less strict (standins/README.md): there only the limit for answers and the keep-alive time help.</summary>
    private static void SkipWithPackages() => Assert.SkipUnless(StandIns.StandInLibrary.IsUsed, "this build has the package, which takes such packets");

    private static async Task<List<string>> TakeAsync(HostileConnection connection, int count)
    {
        List<string> packets = [];
        while (packets.Count < count) packets.Add(Convert.ToHexString(await connection.ReceiveAsync()));
        return packets;
    }

    private static Task<MqttLinkException> FailureAsync(Task request) =>
        Assert.ThrowsAsync<MqttLinkException>(() => request.WaitAsync(LinkProbe.Limit, TimeProvider.System));

    private MqttConnectRequest Request(MqttProtocol protocol = MqttProtocol.Version5) =>
        new("127.0.0.1", _broker.Port, "hostile-test") { Protocol = protocol, Limit = TimeSpan.FromSeconds(30) };

    /// <summary>A connect that is answered with these bytes and a close; no loss is told.</summary>
    private async Task<MqttLinkException> FailedConnectAsync(byte[] answer, MqttProtocol protocol = MqttProtocol.Version5)
    {
        var connect = _probe.Link.ConnectAsync(Request(protocol), None);
        var connection = await _broker.NextAsync();
        await connection.ReceiveAsync();
        await connection.SendAsync(answer);
        await connection.DisposeAsync();
        var failure = await FailureAsync(connect);
        Assert.False(_probe.Link.IsConnected);
        Assert.Equal(0, _probe.LossCount);
        return failure;
    }

    private async Task<HostileConnection> ConnectsAsync(MqttProtocol protocol = MqttProtocol.Version5)
    {
        var connect = _probe.Link.ConnectAsync(Request(protocol), None);
        var connection = await _broker.NextAsync();
        await connection.AcceptAsync(protocol == MqttProtocol.Version5 ? Accepted : Accepted311);
        await connect.WaitAsync(LinkProbe.Limit, TimeProvider.System);
        return connection;
    }
}
