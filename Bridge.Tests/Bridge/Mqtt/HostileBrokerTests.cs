using Bridge.Mqtt;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Mqtt;

/// <summary>Whatever a broker does after it accepted: a clear failure or a loss, told once, and the next connect works.</summary>
public sealed class HostileBrokerTests : HostileBrokerRig
{
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
        Assert.Contains(words, await Probe.LostAsync(), StringComparison.Ordinal);
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
        Assert.Contains("the broker closed the connection", await Probe.LostAsync(), StringComparison.Ordinal);
        Assert.Equal(0, Probe.ReceivedCount);
        await (await ConnectsAsync()).DisposeAsync();
    }

    [Fact]
    public async Task A_reset_is_a_loss()
    {
        var connection = await ConnectsAsync();
        connection.Reset();
        Assert.NotEmpty(await Probe.LostAsync());
        await (await ConnectsAsync()).DisposeAsync();
    }

    [Theory]
    [InlineData("E0 00", "closed the connection")]
    [InlineData("E0 01 8B", "it shuts down")]
    [InlineData("E0 01 8E", "another client took over")]
    [InlineData("E0 07 97 05 1F 00 02 6E 6F", "a quota is used up (no)")]
    public async Task A_goodbye_of_theBroker_is_a_loss_in_words(string hex, string words)
    {
        await using var connection = await ConnectsAsync();
        await connection.SendAsync(hex);
        Assert.Contains(words, await Probe.LostAsync(), StringComparison.Ordinal);
        Assert.Equal(0, Probe.LossCount);
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
        Assert.Equal("a x", await Probe.NextTextAsync());
        Assert.True(Probe.Link.IsConnected);
    }

    [Fact]
    public async Task An_answer_of_the_wrong_kind_ends_the_connection_and_the_call()
    {
        SkipWithPackages();
        await using var connection = await ConnectsAsync();
        var publication = Probe.PublishAsync("a", "x");
        await connection.ReceiveAsync();
        // SUBACK in place of PUBACK
        await connection.SendAsync("90 04 00 01 00 00");
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(publication)).Failure);
        Assert.Contains("in place of PubAck", await Probe.LostAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_message_fails_its_call_only()
    {
        await using var connection = await ConnectsAsync();
        var refused = Probe.PublishAsync("a", "x");
        await connection.ReceiveAsync();
        // PUBACK not authorized
        await connection.SendAsync("40 03 00 01 87");
        var failure = await FailureAsync(refused);
        Assert.Equal((MqttLinkFailure.Refused, "the broker refused the message to a: not authorized"), (failure.Failure, failure.Message));
        Assert.True(Probe.Link.IsConnected);
    }

    [Fact]
    public async Task A_refused_message_of_quality_2_fails_its_call_only()
    {
        SkipWithPackages();
        await using var connection = await ConnectsAsync();
        var refused = Probe.PublishAsync("a", "y", MqttQualityOfService.ExactlyOnce);
        await connection.ReceiveAsync();
        // PUBREC quota exceeded
        await connection.SendAsync("50 03 00 01 97");
        Assert.Contains("quota", (await FailureAsync(refused)).Message, StringComparison.Ordinal);
        Assert.True(Probe.Link.IsConnected);
    }

    [Fact]
    public async Task Refused_filters_are_told_in_words_and_the_others_stand()
    {
        await using var connection = await ConnectsAsync();
        var subscription = Probe.SubscribeAsync(new MqttSubscription("a"), new MqttSubscription("b"), new MqttSubscription("c"));
        await connection.ReceiveAsync();
        await connection.SendAsync("90 06 00 01 00 01 87 A2");
        Assert.Equal([null, "not authorized", "filters with wildcards are not supported"], await subscription);
        Assert.True(Probe.Link.IsConnected);
    }

    [Theory]
    [InlineData("90 04 00 01 00 01")]
    [InlineData("90 07 00 01 00 01 01 01 01")]
    public async Task A_wrong_number_of_answers_to_filters_fails_the_call(string hex)
    {
        await using var connection = await ConnectsAsync();
        var subscription = Probe.SubscribeAsync(new MqttSubscription("a"), new MqttSubscription("b"));
        await connection.ReceiveAsync();
        await connection.SendAsync(hex);
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(subscription)).Failure);
    }

    [Fact]
    public async Task ABroker_that_closes_in_place_of_an_acknowledgement_fails_the_calls()
    {
        var connection = await ConnectsAsync();
        var publication = Probe.PublishAsync("a", "x");
        var subscription = Probe.SubscribeAsync(new MqttSubscription("a"));
        await connection.ReceiveAsync();
        await connection.DisposeAsync();
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(publication)).Failure);
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(subscription)).Failure);
        Assert.NotEmpty(await Probe.LostAsync());
    }

    [Fact]
    public async Task ABroker_that_never_acknowledges_is_lost_after_the_limit()
    {
        await using var probe = new LinkProbe(new MqttNetLink(TimeProvider.System) { AnswerLimit = TimeSpan.FromMilliseconds(200) });
        var connect = probe.Link.ConnectAsync(Request(), None);
        await using var connection = await Broker.NextAsync();
        await connection.AcceptAsync();
        await connect;
        var publication = probe.PublishAsync("a", "x");
        Assert.Contains("did not acknowledge", (await FailureAsync(publication)).Message, StringComparison.Ordinal);
        Assert.Contains("did not acknowledge", await probe.LostAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABroker_that_never_answers_a_subscription_is_lost_after_the_limit()
    {
        await using var probe = new LinkProbe(new MqttNetLink(TimeProvider.System) { AnswerLimit = TimeSpan.FromMilliseconds(200) });
        var connect = probe.Link.ConnectAsync(Request(), None);
        await using var connection = await Broker.NextAsync();
        await connection.AcceptAsync();
        await connect;
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(probe.SubscribeAsync(new MqttSubscription("a")))).Failure);
        Assert.Contains("did not answer", await probe.LostAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packet_larger_than_we_take_is_a_loss_before_all_of_it_came()
    {
        SkipWithPackages();
        var connect = Probe.Link.ConnectAsync(Request() with { MaximumPacketSize = 1000 }, None);
        await using var connection = await Broker.NextAsync();
        await connection.AcceptAsync();
        await connect;
        // 200,000 bytes are announced
        await connection.SendAsync("30 C0 9A 0C 00 01 61");
        Assert.Contains("1000 are allowed", await Probe.LostAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_message_of_quality_2_is_handed_on_once()
    {
        await using var connection = await ConnectsAsync();
        // topic 'a', packet 1, 'x'; again with the duplicate flag; released; a new message with the same identifier
        await connection.SendAsync("34 07 00 01 61 00 01 00 78" + "3C 07 00 01 61 00 01 00 78" + "62 02 00 01" + "34 07 00 01 61 00 01 00 79");
        Assert.Equal(["a x", "a y"], [await Probe.NextTextAsync(), await Probe.NextTextAsync()]);
        // PUBREC three times and PUBCOMP; the library answers the release first
        Assert.Equal(["50020001", "50020001", "50020001", "70020001"], (await TakeAsync(connection, 4)).Order(StringComparer.Ordinal));
        Assert.Equal(0, Probe.ReceivedCount);
    }

    [Fact]
    public async Task No_more_messages_are_under_way_than_theBroker_takes_and_their_order_is_kept()
    {
        var connect = Probe.Link.ConnectAsync(Request(), None);
        await using var connection = await Broker.NextAsync();
        // Receive Maximum 2
        await connection.AcceptAsync("20 06 00 00 03 21 00 02");
        Assert.Equal(2, (await connect).ReceiveMaximum);
        var publications = Enumerable.Range(0, 5).Select(number => Probe.PublishAsync("a", "0123456789"[number..(number + 1)])).ToList();
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
        var publication = Probe.PublishAsync("a", "x");
        await connection.ReceiveAsync();
        await Probe.Link.DisconnectAsync(None).WaitAsync(LinkProbe.Limit, TimeProvider.System);
        Assert.Equal(MqttLinkFailure.ConnectionLost, (await FailureAsync(publication)).Failure);
        // DISCONNECT
        Assert.Equal(0xE0, (await connection.ReceiveAsync())[0]);
        Assert.Equal(0, Probe.LossCount);
    }
}
