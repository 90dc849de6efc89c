using StandIns.Broker;
using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt.Broker;

/// <summary>Nothing a client does makes the broker grow, or holds up others.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_client_that_does_not_read_holds_nobody_up_and_loses_its_oldest_messages()
    {
        await using var host = BrokerHost.Start(new() { QueuedMessages = 50 });
        using var stopped = await host.ConnectAsync("stopped");
        await stopped.SubscribeAsync("t", QualityOfService.AtMostOnce);
        using var reader = await host.ConnectAsync("reader");
        await reader.SubscribeAsync("t", QualityOfService.AtMostOnce);
        using var writer = await host.ConnectAsync("writer");
        var payload = new byte[100_000];
        // 40 MB: more than sockets hold
        for (var number = 0; number < 400; number++)
        {
            BitConverter.TryWriteBytes(payload, number);
            await writer.PublishAsync(new PublishPacket("t", payload));
            Assert.Equal(number, BitConverter.ToInt32((await reader.NextAsync<PublishPacket>()).Payload.Span));
        }

        Assert.True(host.Observer.Drops > 0);
        // What is left for it ends with the last one.
        var last = -1;
        while (last < 399)
        {
            var next = BitConverter.ToInt32((await stopped.NextAsync<PublishPacket>()).Payload.Span);
            Assert.True(next > last);
            last = next;
        }
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_answers_is_not_read_from_and_served_again_later()
    {
        await using var host = BrokerHost.Start();
        using var client = await host.ConnectAsync("a", ProtocolLevel.Version311);
        var pings = new byte[1 << 20];
        for (var index = 0; index < pings.Length; index += 2) pings[index] = 0xC0;
        var sending = Task.Run(async () =>
        {
            for (var round = 0; round < 16; round++) await client.SendAsync(pings);
        });
        using var other = await host.ConnectAsync("b");
        await other.ExpectNothingAsync();
        var answers = new List<Task>();
        for (var round = 0; round < 100_000; round++) Assert.IsType<PingRespPacket>(await client.NextAsync());
        client.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
        await host.GoneAsync("a");
        await other.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_connection_that_does_not_say_CONNECT_in_time_is_closed()
    {
        await using var host = BrokerHost.Start();
        using var silent = await RawMqttClient.OpenAsync(host.Address);
        // half a CONNECT
        await silent.SendAsync("10 0D 00 04 4D");
        using var other = await host.ConnectAsync("other");
        await host.Time.ElapseAsync(TimeSpan.FromSeconds(10));
        await silent.ExpectEndAsync();
        await other.ExpectNothingAsync();
    }

    [Fact]
    public async Task Further_connections_are_closed_at_once()
    {
        await using var host = BrokerHost.Start(new() { Connections = 2 });
        using var one = await host.ConnectAsync("one");
        using var two = await host.ConnectAsync("two");
        using var third = await RawMqttClient.OpenAsync(host.Address);
        await third.ExpectEndAsync();
        await two.ExpectNothingAsync();
    }

    [Fact]
    public async Task The_session_that_is_longest_without_a_connection_is_forgotten()
    {
        await using var host = BrokerHost.Start(new() { Sessions = 2 });
        foreach (var name in (string[])["one", "two", "three"])
        {
            var (client, _) = await host.ConnectAsync(Kept(name));
            await client.DisconnectAsync();
            await host.GoneAsync(name);
            host.Pass(1);
        }

        foreach (var (name, isPresent) in ((string, bool)[])[("two", true), ("three", true), ("one", false)])
        {
            var (client, answer) = await host.ConnectAsync(Kept(name));
            Assert.Equal(isPresent, answer.SessionPresent);
            await client.DisconnectAsync();
        }
    }

    [Fact]
    public async Task Subscriptions_and_their_depth_are_bounded()
    {
        await using var host = BrokerHost.Start(new() { Subscriptions = 2, FilterLevels = 3 });
        using var client = await host.ConnectAsync("a");
        await client.SendAsync(new SubscribePacket(1, [new("a/b/c/d"), new("a"), new("b"), new("c"), new("a")]));
        Assert.Equal(
            [ReasonCode.QuotaExceeded, ReasonCode.Success, ReasonCode.Success, ReasonCode.QuotaExceeded, ReasonCode.Success],
            (await client.NextAsync<SubAckPacket>()).ReasonCodes);
    }

    [Fact]
    public async Task A_topic_of_the_greatest_depth_there_can_be_finds_its_subscribers()
    {
        await using var host = BrokerHost.Start();
        using var client = await host.ConnectAsync("a");
        await client.SubscribeAsync("#", QualityOfService.AtMostOnce);
        await client.SubscribeAsync("+/+/#", QualityOfService.AtMostOnce);
        var topic = new string('/', 65_000);
        await client.SendAsync(new PublishPacket(topic, "x"u8.ToArray()) { Retain = true });
        Assert.Equal(topic, (await client.NextAsync<PublishPacket>()).Topic);
        await client.SubscribeAsync("/#", QualityOfService.AtMostOnce);
        Assert.True((await client.NextAsync<PublishPacket>()).Retain);
    }

    [Fact]
    public async Task A_goodbye_that_is_not_read_ends_all_the_same()
    {
        await using var host = BrokerHost.Start();
        using var first = await host.ConnectAsync("a");
        using var second = await host.ConnectAsync("a");
        // The first does not close; after two seconds nobody waits for it.
        await host.Time.ElapseAsync(TimeSpan.FromSeconds(2));
        await host.GoneAsync("a");
        await second.ExpectNothingAsync();
    }

    [Fact]
    public async Task Stopping_says_so_to_every_client_and_publishes_wills()
    {
        await using var host = BrokerHost.Start();
        var (client, _) = await host.ConnectAsync(new ConnectPacket(ProtocolLevel.Version5, "a")
        {
            Will = new WillMessage("will", "offline"u8.ToArray()) { Retain = true },
        });
        using var __ = client;
        using var old = await host.ConnectAsync("old", ProtocolLevel.Version311);
        var stopping = host.Broker.StopAsync();
        await client.ExpectDisconnectAsync(ReasonCode.ServerShuttingDown);
        await old.ExpectEndAsync();
        client.Dispose();
        old.Dispose();
        await stopping;
        Assert.Equal(["a will 7"], host.Observer.Retained.Select(static line => line.Replace(" will", "a will", StringComparison.Ordinal)));
        Assert.Equal(0, host.Broker.ConnectionCount);
    }

    [Fact]
    public async Task Refusals_of_the_observer_are_told_in_each_version()
    {
        await using var host = BrokerHost.Start();
        host.Observer.Admit = static _ => ReasonCode.BadUserNameOrPassword;
        var (one, answer) = await host.ConnectAsync(new ConnectPacket(ProtocolLevel.Version5, "a"));
        using var __ = one;
        Assert.Equal(ReasonCode.BadUserNameOrPassword, answer.ReasonCode);
        await one.ExpectEndAsync();
        using var two = await RawMqttClient.OpenAsync(host.Address, ProtocolLevel.Version311);
        await two.SendAsync("10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 61");
        await two.ExpectAsync("20 02 00 04");
        await two.ExpectEndAsync();
    }

    [Fact]
    public async Task Response_information_is_given_to_those_who_ask()
    {
        await using var host = BrokerHost.Start();
        var (one, answer) = await host.ConnectAsync(new ConnectPacket(ProtocolLevel.Version5, "a") { RequestResponseInformation = true });
        using var __ = one;
        Assert.Equal("response/a", answer.ResponseInformation);
        var (two, other) = await host.ConnectAsync(new ConnectPacket(ProtocolLevel.Version5, "b"));
        using var ___ = two;
        Assert.Null(other.ResponseInformation);
        Assert.Equal(((ushort?)256, (uint?)262_144, (ushort?)32), (other.ReceiveMaximum, other.MaximumPacketSize, other.TopicAliasMaximum));
    }

    private static ConnectPacket Kept(string clientId) =>
        new(ProtocolLevel.Version5, clientId) { CleanStart = false, SessionExpirySeconds = 100 };
}
