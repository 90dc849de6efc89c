using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt.Broker;

/// <summary>What is kept of a client, for how long, and what it gets when it comes back.</summary>
public sealed class SessionTests : IAsyncDisposable
{
    private readonly BrokerHost _host = BrokerHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_first_connection_has_no_session()
    {
        var (client, answer) = await _host.ConnectAsync(Kept("a"));
        using var _ = client;
        Assert.False(answer.SessionPresent);
        Assert.Null(answer.SessionExpirySeconds);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_kept_session_is_there_again_with_its_subscriptions_and_messages(int version)
    {
        var level = (ProtocolLevel)version;
        var connect = new ConnectPacket(level, "a") { CleanStart = false, SessionExpirySeconds = 100 };
        var (client, _) = await _host.ConnectAsync(connect);
        await client.SubscribeAsync("t");
        await client.DisconnectAsync();
        using var publisher = await _host.ConnectAsync("publisher");
        await publisher.PublishAsync("t", "while away");
        var (again, answer) = await _host.ConnectAsync(connect);
        using var __ = again;
        Assert.True(answer.SessionPresent);
        var message = await again.NextAsync<PublishPacket>();
        Assert.False(message.IsDuplicate);
        Assert.Equal("while away", System.Text.Encoding.UTF8.GetString(message.Payload.Span));
        await publisher.PublishAsync("t", "now");
        Assert.Equal("now", await again.NextTextAsync());
    }

    [Fact]
    public async Task Quality_0_is_not_kept_for_a_client_that_is_away()
    {
        var (client, _) = await _host.ConnectAsync(Kept("a"));
        await client.SubscribeAsync("t", QualityOfService.AtMostOnce);
        await client.DisconnectAsync();
        using var publisher = await _host.ConnectAsync("publisher");
        await publisher.PublishAsync("t", "while away");
        var (again, _) = await _host.ConnectAsync(Kept("a"));
        using var __ = again;
        await again.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_clean_start_ends_the_session(int version)
    {
        var level = (ProtocolLevel)version;
        var connect = new ConnectPacket(level, "a") { CleanStart = false, SessionExpirySeconds = 100 };
        var (client, _) = await _host.ConnectAsync(connect);
        await client.SubscribeAsync("t");
        await client.DisconnectAsync();
        var (clean, answer) = await _host.ConnectAsync(connect with { CleanStart = true });
        using var __ = clean;
        Assert.False(answer.SessionPresent);
        using var publisher = await _host.ConnectAsync("publisher");
        await publisher.PublishAsync("t", "x");
        await clean.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(99.9, true)]
    [InlineData(100, false)]
    public async Task A_session_ends_when_its_expiry_has_passed(double seconds, bool isPresent)
    {
        var (client, _) = await _host.ConnectAsync(Kept("a"));
        await client.DisconnectAsync();
        await _host.GoneAsync("a");
        _host.Pass(seconds);
        var (again, answer) = await _host.ConnectAsync(Kept("a"));
        using var __ = again;
        Assert.Equal(isPresent, answer.SessionPresent);
    }

    [Fact]
    public async Task The_expiry_does_not_run_while_the_client_is_there()
    {
        var (client, _) = await _host.ConnectAsync(Kept("a"));
        await client.DisconnectAsync();
        await _host.GoneAsync("a");
        _host.Pass(60);
        (client, _) = await _host.ConnectAsync(Kept("a"));
        _host.Pass(60);
        await client.DisconnectAsync();
        await _host.GoneAsync("a", times: 2);
        _host.Pass(60);
        var (again, answer) = await _host.ConnectAsync(Kept("a"));
        using var __ = again;
        Assert.True(answer.SessionPresent);
    }

    [Fact]
    public async Task Without_an_expiry_the_session_of_version_5_ends_with_the_connection()
    {
        var connect = new ConnectPacket(ProtocolLevel.Version5, "a") { CleanStart = false };
        var (client, _) = await _host.ConnectAsync(connect);
        await client.DisconnectAsync();
        await _host.GoneAsync("a");
        var (again, answer) = await _host.ConnectAsync(connect);
        using var __ = again;
        Assert.False(answer.SessionPresent);
    }

    [Fact]
    public async Task DISCONNECT_may_change_how_long_the_session_is_kept()
    {
        var (client, _) = await _host.ConnectAsync(Kept("a"));
        // E0, 7 bytes, reason 00, 5 bytes of properties, 11 = session expiry, 10 seconds
        await client.SendAsync("E0 07 00 05 11 00 00 00 0A");
        await client.ExpectEndAsync();
        await _host.GoneAsync("a");
        _host.Pass(10);
        var (again, answer) = await _host.ConnectAsync(Kept("a"));
        using var __ = again;
        Assert.False(answer.SessionPresent);
    }

    [Fact]
    public async Task A_longer_expiry_than_allowed_is_cut_and_told()
    {
        var (client, answer) = await _host.ConnectAsync(Kept("a") with { SessionExpirySeconds = uint.MaxValue });
        using var _ = client;
        Assert.Equal(86_400u, answer.SessionExpirySeconds);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_second_connection_with_the_same_client_id_throws_the_first_out(int version)
    {
        var level = (ProtocolLevel)version;
        using var first = await _host.ConnectAsync("a", level);
        using var second = await _host.ConnectAsync("a", level);
        if (level == ProtocolLevel.Version5) await first.ExpectDisconnectAsync(ReasonCode.SessionTakenOver);
        else await first.ExpectEndAsync();
        await second.ExpectNothingAsync();
    }

    [Fact]
    public async Task The_second_connection_has_the_session_of_the_first()
    {
        var (first, _) = await _host.ConnectAsync(Kept("a"));
        await first.SubscribeAsync("t");
        var (second, answer) = await _host.ConnectAsync(Kept("a"));
        using var __ = second;
        Assert.True(answer.SessionPresent);
        first.Dispose();
        await _host.GoneAsync("a");
        using var publisher = await _host.ConnectAsync("publisher");
        await publisher.PublishAsync("t", "x");
        await second.NextAsync<PublishPacket>();
    }

    [Fact]
    public async Task Without_a_client_id_one_is_assigned()
    {
        var (client, answer) = await _host.ConnectAsync(new ConnectPacket(ProtocolLevel.Version5, ""));
        using var _ = client;
        Assert.StartsWith("auto-", answer.AssignedClientId, StringComparison.Ordinal);
        var (other, second) = await _host.ConnectAsync(new ConnectPacket(ProtocolLevel.Version5, ""));
        using var __ = other;
        Assert.NotEqual(answer.AssignedClientId, second.AssignedClientId);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task What_was_not_acknowledged_is_repeated_in_its_order_and_marked(int version)
    {
        var level = (ProtocolLevel)version;
        var connect = new ConnectPacket(level, "a") { CleanStart = false, SessionExpirySeconds = 100 };
        var (client, _) = await _host.ConnectAsync(connect);
        await client.SubscribeAsync("t");
        using var publisher = await _host.ConnectAsync("publisher", level);
        foreach (var text in (string[])["1", "2", "3"])
        {
            // 34 = QoS 2
            await publisher.SendAsync(new PublishPacket("t", System.Text.Encoding.UTF8.GetBytes(text)) { QualityOfService = QualityOfService.ExactlyOnce, PacketId = 5 });
            await publisher.NextAsync();
            await publisher.SendAsync("62 02 00 05");
            await publisher.NextAsync();
        }

        var sent = new[] { await client.NextAsync<PublishPacket>(), await client.NextAsync<PublishPacket>(), await client.NextAsync<PublishPacket>() };
        // The first one is received, the second one too, but its PUBCOMP does not come.
        await Complete(client, sent[0].PacketId);
        await client.SendAsync(new AcknowledgementPacket(PacketType.PubRec, sent[1].PacketId));
        await client.NextAsync();
        client.Dispose();
        await _host.GoneAsync("a");
        var (again, answer) = await _host.ConnectAsync(connect);
        using var __ = again;
        Assert.True(answer.SessionPresent);
        var released = await again.NextAsync<AcknowledgementPacket>();
        Assert.Equal((PacketType.PubRel, sent[1].PacketId), (released.Type, released.PacketId));
        var repeated = await again.NextAsync<PublishPacket>();
        Assert.Equal((true, sent[2].PacketId, QualityOfService.ExactlyOnce), (repeated.IsDuplicate, repeated.PacketId, repeated.QualityOfService));
        await again.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_message_of_quality_2_that_was_begun_before_is_not_routed_again()
    {
        using var reader = await _host.ConnectAsync("reader");
        await reader.SubscribeAsync("t");
        var (client, _) = await _host.ConnectAsync(Kept("a"));
        // QoS 2, topic t, identifier 1
        await client.SendAsync("34 06 00 01 74 00 01 00");
        await client.ExpectAsync("50 02 00 01");
        client.Dispose();
        await _host.GoneAsync("a");
        var (again, _) = await _host.ConnectAsync(Kept("a"));
        using var __ = again;
        await again.SendAsync("3C 06 00 01 74 00 01 00");
        await again.ExpectAsync("50 02 00 01");
        await again.SendAsync("62 02 00 01");
        await again.ExpectAsync("70 02 00 01");
        await reader.NextAsync<PublishPacket>();
        await reader.ExpectNothingAsync();
    }

    private static ConnectPacket Kept(string clientId) =>
        new(ProtocolLevel.Version5, clientId) { CleanStart = false, SessionExpirySeconds = 100 };

    private static async Task Complete(RawMqttClient client, ushort packetId)
    {
        await client.SendAsync(new AcknowledgementPacket(PacketType.PubRec, packetId));
        Assert.Equal(PacketType.PubRel, (await client.NextAsync<AcknowledgementPacket>()).Type);
        await client.SendAsync(new AcknowledgementPacket(PacketType.PubComp, packetId));
    }
}
