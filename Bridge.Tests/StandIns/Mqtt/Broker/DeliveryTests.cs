using StandIns.Broker;
using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt.Broker;

/// <summary>How a message gets from one client to others, byte by byte.</summary>
public sealed class DeliveryTests : IAsyncDisposable
{
    private readonly BrokerHost _host = BrokerHost.Start(new() { ReceiveMaximum = 2 });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 2, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 0, 0)]
    [InlineData(2, 1, 1)]
    [InlineData(2, 2, 2)]
    public async Task The_lower_quality_counts(int published, int subscribed, int delivered)
    {
        using var reader = await _host.ConnectAsync("reader");
        await reader.SubscribeAsync("t", (QualityOfService)subscribed);
        using var writer = await _host.ConnectAsync("writer");
        var id = published == 0 ? (ushort)0 : (ushort)9;
        await writer.SendAsync(new PublishPacket("t", "x"u8.ToArray()) { QualityOfService = (QualityOfService)published, PacketId = id });
        if (published > 0) await writer.NextAsync<AcknowledgementPacket>();
        var message = await reader.NextAsync<PublishPacket>();
        Assert.Equal((QualityOfService)delivered, message.QualityOfService);
        Assert.Equal(delivered == 0, message.PacketId == 0);
    }

    [Fact]
    public async Task Quality_2_takes_four_packets_on_both_sides()
    {
        using var reader = await _host.ConnectAsync("reader", ProtocolLevel.Version311);
        await reader.SubscribeAsync("t");
        using var writer = await _host.ConnectAsync("writer", ProtocolLevel.Version311);
        // PUBLISH, QoS 2, topic t, identifier 258, payload 41
        await writer.SendAsync("34 06 00 01 74 01 02 41");
        await writer.ExpectAsync("50 02 01 02");
        await writer.SendAsync("62 02 01 02");
        await writer.ExpectAsync("70 02 01 02");
        // the same with the broker's own identifier
        await reader.ExpectAsync("34 06 00 01 74 00 01 41");
        await reader.SendAsync("50 02 00 01");
        await reader.ExpectAsync("62 02 00 01");
        await reader.SendAsync("70 02 00 01");
        await reader.ExpectNothingAsync();
    }

    [Fact]
    public async Task Everything_a_message_has_in_version_5_is_handed_on()
    {
        using var reader = await _host.ConnectAsync("reader");
        await reader.SubscribeAsync("t", QualityOfService.AtMostOnce);
        using var writer = await _host.ConnectAsync("writer");
        await writer.PublishAsync(new PublishPacket("t", "{}"u8.ToArray())
        {
            IsText = true,
            ContentType = "application/json",
            ResponseTopic = "answer/here",
            CorrelationData = new byte[] { 1, 0, 255 },
            ExpirySeconds = 60,
            UserProperties = [new("a", "1"), new("b", ""), new("a", "2")],
        });
        // 30, 72 bytes, topic t, 66 bytes of properties: text, 60 seconds, response topic, correlation data, user properties, content type; {}
        await reader.ExpectAsync(
            "30 48 00 01 74 42 01 01 02 00 00 00 3C 08 00 0B 61 6E 73 77 65 72 2F 68 65 72 65 09 00 03 01 00 FF "
            + "26 00 01 61 00 01 31 26 00 01 62 00 00 26 00 01 61 00 01 32 03 00 10 61 70 70 6C 69 63 61 74 69 6F 6E 2F 6A 73 6F 6E 7B 7D");
    }

    [Fact]
    public async Task A_client_of_version_311_gets_what_one_of_version_5_sends_without_properties()
    {
        using var reader = await _host.ConnectAsync("reader", ProtocolLevel.Version311);
        await reader.SubscribeAsync("t", QualityOfService.AtMostOnce);
        using var writer = await _host.ConnectAsync("writer");
        await writer.PublishAsync(new PublishPacket("t", "x"u8.ToArray()) { ContentType = "text/plain", ExpirySeconds = 5 });
        await reader.ExpectAsync("30 04 00 01 74 78");
    }

    [Fact]
    public async Task Overlapping_subscriptions_give_one_message_with_the_highest_quality_and_all_identifiers()
    {
        using var reader = await _host.ConnectAsync("reader");
        await reader.SendAsync(new SubscribePacket(1, [new("a/+") { QualityOfService = QualityOfService.AtMostOnce }]) { SubscriptionIdentifier = 3 });
        await reader.NextAsync<SubAckPacket>();
        await reader.SendAsync(new SubscribePacket(2, [new("a/#") { QualityOfService = QualityOfService.AtLeastOnce }]) { SubscriptionIdentifier = 300 });
        await reader.NextAsync<SubAckPacket>();
        await reader.SubscribeAsync("a/b", QualityOfService.AtMostOnce);
        using var writer = await _host.ConnectAsync("writer");
        await writer.PublishAsync("a/b", "x");
        var message = await reader.NextAsync<PublishPacket>();
        Assert.Equal(QualityOfService.AtLeastOnce, message.QualityOfService);
        Assert.Equal([3u, 300u], message.SubscriptionIdentifiers.Order());
        await reader.ExpectNothingAsync();
    }

    [Fact]
    public async Task No_Local_keeps_a_client_s_own_messages_away_and_no_others()
    {
        using var reader = await _host.ConnectAsync("reader");
        await reader.SendAsync(new SubscribePacket(1, [new("t") { NoLocal = true }]));
        await reader.NextAsync<SubAckPacket>();
        await reader.PublishAsync("t", "mine");
        await reader.ExpectNothingAsync();
        using var writer = await _host.ConnectAsync("writer");
        await writer.PublishAsync("t", "other");
        Assert.Equal("other", await reader.NextTextAsync());
    }

    [Fact]
    public async Task Nobody_who_wants_it_is_told_to_the_publisher()
    {
        using var writer = await _host.ConnectAsync("writer");
        Assert.Equal(ReasonCode.NoMatchingSubscribers, await writer.PublishAsync("t", "x"));
        await writer.SubscribeAsync("t");
        await writer.SendAsync("32 06 00 01 74 00 09 00");
        await writer.ExpectAsync("40 02 00 09");
    }

    [Fact]
    public async Task System_topics_are_not_for_clients_to_write()
    {
        using var writer = await _host.ConnectAsync("writer");
        await writer.SubscribeAsync("$SYS/#");
        Assert.Equal(ReasonCode.NotAuthorized, await writer.PublishAsync("$SYS/broker/uptime", "1"));
        await writer.ExpectNothingAsync();
    }

    [Fact]
    public async Task After_unsubscribing_nothing_comes()
    {
        using var reader = await _host.ConnectAsync("reader", ProtocolLevel.Version311);
        await reader.SubscribeAsync("t");
        await reader.SendAsync("A2 05 00 05 00 01 74");
        await reader.ExpectAsync("B0 02 00 05");
        using var writer = await _host.ConnectAsync("writer");
        Assert.Equal(ReasonCode.NoMatchingSubscribers, await writer.PublishAsync("t", "x"));
    }

    [Theory]
    [InlineData(5, 3.2, 2u)]
    [InlineData(5, 4.9, 1u)]
    [InlineData(5, 5, null)]
    public async Task A_message_expires_while_it_waits_and_what_is_left_is_told(uint expiry, double waited, uint? left)
    {
        var connect = new ConnectPacket(ProtocolLevel.Version5, "reader") { CleanStart = false, SessionExpirySeconds = 100 };
        var (reader, _) = await _host.ConnectAsync(connect);
        await reader.SubscribeAsync("t");
        await reader.DisconnectAsync();
        await _host.GoneAsync("reader");
        using var writer = await _host.ConnectAsync("writer");
        await writer.PublishAsync(new PublishPacket("t", "x"u8.ToArray()) { ExpirySeconds = expiry });
        _host.Pass(waited);
        var (again, _) = await _host.ConnectAsync(connect);
        using var __ = again;
        if (left is null) await again.ExpectNothingAsync();
        else Assert.Equal(left, (await again.NextAsync<PublishPacket>()).ExpirySeconds);
    }

    [Fact]
    public async Task Not_more_is_sent_than_the_client_takes_before_it_acknowledges()
    {
        var (reader, _) = await _host.ConnectAsync(new ConnectPacket(ProtocolLevel.Version5, "reader") { ReceiveMaximum = 2 });
        using var __ = reader;
        await reader.SubscribeAsync("t");
        using var writer = await _host.ConnectAsync("writer");
        foreach (var text in (string[])["1", "2", "3"]) await writer.PublishAsync("t", text);
        // QoS 0 needs no acknowledgement and passes.
        await writer.SendAsync("30 05 00 01 74 00 30");
        await writer.ExpectNothingAsync();
        var first = await reader.NextAsync<PublishPacket>();
        Assert.Equal("2", await reader.NextTextAsync());
        Assert.Equal("0", await reader.NextTextAsync());
        await reader.ExpectNothingAsync();
        await reader.SendAsync(new AcknowledgementPacket(PacketType.PubAck, first.PacketId));
        Assert.Equal("3", await reader.NextTextAsync());
    }

    [Fact]
    public async Task A_refusal_of_the_client_makes_room_for_the_next()
    {
        var (reader, _) = await _host.ConnectAsync(new ConnectPacket(ProtocolLevel.Version5, "reader") { ReceiveMaximum = 1 });
        using var __ = reader;
        await reader.SubscribeAsync("t");
        using var writer = await _host.ConnectAsync("writer");
        foreach (var id in (byte[])[1, 2]) await writer.SendAsync(new PublishPacket("t", new[] { id }) { QualityOfService = QualityOfService.ExactlyOnce, PacketId = id });
        await writer.ExpectAsync("50 02 00 01 50 02 00 02");
        var first = await reader.NextAsync<PublishPacket>();
        await reader.SendAsync(new AcknowledgementPacket(PacketType.PubRec, first.PacketId) { ReasonCode = ReasonCode.QuotaExceeded });
        Assert.Equal(2, (await reader.NextAsync<PublishPacket>()).Payload.Span[0]);
    }

    [Fact]
    public async Task More_unfinished_messages_than_the_broker_takes_end_the_connection()
    {
        var (writer, answer) = await _host.ConnectAsync(new ConnectPacket(ProtocolLevel.Version5, "writer"));
        using var __ = writer;
        Assert.Equal((ushort?)2, answer.ReceiveMaximum);
        await writer.SendAsync("34 06 00 01 74 00 01 00 34 06 00 01 74 00 02 00");
        await writer.ExpectAsync("50 03 00 01 10 50 03 00 02 10");
        await writer.SendAsync("34 06 00 01 74 00 03 00");
        await writer.ExpectDisconnectAsync(ReasonCode.ReceiveMaximumExceeded);
    }

    [Fact]
    public async Task A_message_larger_than_the_client_takes_is_not_sent_to_it()
    {
        var (reader, _) = await _host.ConnectAsync(new ConnectPacket(ProtocolLevel.Version5, "reader") { MaximumPacketSize = 50, ReceiveMaximum = 1 });
        using var __ = reader;
        await reader.SubscribeAsync("t");
        using var writer = await _host.ConnectAsync("writer");
        await writer.PublishAsync("t", new string('x', 43));
        await writer.PublishAsync("t", "small");
        Assert.Equal("small", await reader.NextTextAsync());
        await reader.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_topic_alias_stands_for_its_topic_until_it_is_given_another()
    {
        using var reader = await _host.ConnectAsync("reader");
        await reader.SubscribeAsync("#", QualityOfService.AtMostOnce);
        using var writer = await _host.ConnectAsync("writer");
        // alias 1 = a, alias 1, alias 1 = b, alias 1; payloads 31 to 34
        await writer.SendAsync("30 08 00 01 61 03 23 00 01 31 30 07 00 00 03 23 00 01 32 30 08 00 01 62 03 23 00 01 33 30 07 00 00 03 23 00 01 34");
        foreach (var (topic, text) in ((string, string)[])[("a", "1"), ("a", "2"), ("b", "3"), ("b", "4")])
        {
            var message = await reader.NextAsync<PublishPacket>();
            Assert.Equal(topic, message.Topic);
            Assert.Equal(text, System.Text.Encoding.UTF8.GetString(message.Payload.Span));
            Assert.Null(message.TopicAlias);
        }
    }

    [Fact]
    public async Task A_shared_subscription_gives_each_message_to_one_member_in_turn()
    {
        using var one = await _host.ConnectAsync("one");
        using var two = await _host.ConnectAsync("two");
        using var alone = await _host.ConnectAsync("alone");
        await one.SubscribeAsync("$share/group/t/+");
        await two.SubscribeAsync("$share/group/t/+");
        await alone.SubscribeAsync("$share/other/t/#");
        using var writer = await _host.ConnectAsync("writer");
        foreach (var text in (string[])["1", "2", "3", "4"]) await writer.PublishAsync("t/x", text);
        Assert.Equal(["1", "3"], [await one.NextTextAsync(), await one.NextTextAsync()]);
        Assert.Equal(["2", "4"], [await two.NextTextAsync(), await two.NextTextAsync()]);
        Assert.Equal(["1", "2", "3", "4"], [await alone.NextTextAsync(), await alone.NextTextAsync(), await alone.NextTextAsync(), await alone.NextTextAsync()]);
        await one.ExpectNothingAsync();
        one.Dispose();
        await _host.GoneAsync("one");
        foreach (var text in (string[])["5", "6"]) await writer.PublishAsync("t/x", text);
        Assert.Equal(["5", "6"], [await two.NextTextAsync(), await two.NextTextAsync()]);
    }

    [Fact]
    public async Task The_observer_may_refuse_change_or_end()
    {
        _host.Observer.Decide = static message => message.Topic switch
        {
            "refused" => new(null, ReasonCode.QuotaExceeded),
            "end" => new(null, ReasonCode.PacketTooLarge, EndsConnection: true),
            _ => new(message with { Retain = false }),
        };
        using var writer = await _host.ConnectAsync("writer");
        await writer.SubscribeAsync("#");
        Assert.Equal(ReasonCode.QuotaExceeded, await writer.PublishAsync("refused", "x"));
        await writer.SendAsync(new PublishPacket("kept", "x"u8.ToArray()) { Retain = true });
        Assert.Equal("kept", (await writer.NextAsync<PublishPacket>()).Topic);
        Assert.Equal(0, RetainedCount());
        await writer.SendAsync(new PublishPacket("end", "x"u8.ToArray()));
        await writer.ExpectDisconnectAsync(ReasonCode.PacketTooLarge);
    }

    private int RetainedCount()
    {
        lock (_host.Broker.Core.Gate) return _host.Broker.Core.RetainedCount;
    }
}
