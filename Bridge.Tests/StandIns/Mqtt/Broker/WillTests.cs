using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt.Broker;

/// <summary>When a will is published, and when it is not.</summary>
public sealed class WillTests : IAsyncDisposable
{
    private readonly BrokerHost _host = BrokerHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_broken_line_publishes_the_will(int version)
    {
        using var reader = await ReaderAsync();
        var (client, _) = await _host.ConnectAsync(Connect((ProtocolLevel)version));
        client.Dispose();
        Assert.Equal("offline", await reader.NextTextAsync());
    }

    [Theory]
    [InlineData("E0 00", false)]
    [InlineData("E0 01 04", true)]
    [InlineData("E0 01 80", true)]
    public async Task A_goodbye_takes_the_will_away_unless_it_wants_it(string disconnect, bool isPublished)
    {
        using var reader = await ReaderAsync();
        var (client, _) = await _host.ConnectAsync(Connect(ProtocolLevel.Version5));
        using var __ = client;
        await client.SendAsync(disconnect);
        await client.ExpectEndAsync();
        await _host.GoneAsync("a");
        if (isPublished) Assert.Equal("offline", await reader.NextTextAsync());
        await reader.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_protocol_error_publishes_the_will()
    {
        using var reader = await ReaderAsync();
        var (client, _) = await _host.ConnectAsync(Connect(ProtocolLevel.Version311));
        using var __ = client;
        await client.SendAsync("C1 00");
        Assert.Equal("offline", await reader.NextTextAsync());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Silence_of_one_and_a_half_times_the_keep_alive_publishes_the_will(int version)
    {
        using var reader = await ReaderAsync();
        var (client, _) = await _host.ConnectAsync(Connect((ProtocolLevel)version) with { KeepAliveSeconds = 10 });
        using var __ = client;
        _host.Pass(14.9);
        await client.ExpectNothingAsync();
        _host.Pass(14.9);
        await reader.ExpectNothingAsync();
        _host.Pass(0.2);
        Assert.Equal("offline", await reader.NextTextAsync());
        if (version == 5) await client.ExpectDisconnectAsync(ReasonCode.KeepAliveTimeout);
        else await client.ExpectEndAsync();
    }

    [Fact]
    public async Task Without_a_keep_alive_a_client_may_be_silent_for_ever()
    {
        var (client, _) = await _host.ConnectAsync(Connect(ProtocolLevel.Version5));
        using var __ = client;
        _host.Pass(1_000_000);
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_will_waits_for_its_delay()
    {
        using var reader = await ReaderAsync();
        var (client, _) = await _host.ConnectAsync(Delayed(delay: 5, expiry: 100));
        client.Dispose();
        await _host.GoneAsync("a");
        _host.Pass(4.9);
        await reader.ExpectNothingAsync();
        _host.Pass(0.1);
        Assert.Equal("offline", await reader.NextTextAsync());
    }

    [Fact]
    public async Task A_client_that_comes_back_before_the_delay_has_no_will_published()
    {
        using var reader = await ReaderAsync();
        var (client, _) = await _host.ConnectAsync(Delayed(delay: 5, expiry: 100));
        client.Dispose();
        await _host.GoneAsync("a");
        _host.Pass(3);
        var (again, _) = await _host.ConnectAsync(new ConnectPacket(ProtocolLevel.Version5, "a") { CleanStart = false, SessionExpirySeconds = 100 });
        using var __ = again;
        _host.Pass(50);
        await reader.ExpectNothingAsync();
    }

    [Fact]
    public async Task The_end_of_the_session_publishes_the_will_before_its_delay()
    {
        using var reader = await ReaderAsync();
        var (client, _) = await _host.ConnectAsync(Delayed(delay: 50, expiry: 5));
        client.Dispose();
        await _host.GoneAsync("a");
        _host.Pass(5);
        Assert.Equal("offline", await reader.NextTextAsync());
        _host.Pass(50);
        await reader.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_clean_start_publishes_the_will_that_waits()
    {
        using var reader = await ReaderAsync();
        var (client, _) = await _host.ConnectAsync(Delayed(delay: 50, expiry: 100));
        client.Dispose();
        await _host.GoneAsync("a");
        using var again = await _host.ConnectAsync("a");
        Assert.Equal("offline", await reader.NextTextAsync());
    }

    [Fact]
    public async Task Being_thrown_out_by_a_second_connection_publishes_the_will()
    {
        using var reader = await ReaderAsync();
        var (client, _) = await _host.ConnectAsync(Connect(ProtocolLevel.Version5));
        using var __ = client;
        using var second = await _host.ConnectAsync("a");
        Assert.Equal("offline", await reader.NextTextAsync());
    }

    [Fact]
    public async Task A_will_has_everything_a_message_has()
    {
        using var reader = await ReaderAsync();
        var (client, _) = await _host.ConnectAsync(Connect(ProtocolLevel.Version5) with
        {
            Will = new WillMessage("will", "offline"u8.ToArray())
            {
                QualityOfService = QualityOfService.AtLeastOnce,
                Retain = true,
                ContentType = "text/plain",
                ResponseTopic = "r",
                CorrelationData = new byte[] { 9 },
                ExpirySeconds = 30,
                IsText = true,
                UserProperties = [new("n", "v")],
            },
        });
        client.Dispose();
        var will = await reader.NextAsync<PublishPacket>();
        Assert.Equal((QualityOfService.AtLeastOnce, "text/plain", "r", 30u, true), (will.QualityOfService, will.ContentType, will.ResponseTopic, will.ExpirySeconds, will.IsText));
        Assert.Equal([9], will.CorrelationData!.Value.ToArray());
        Assert.Equal([new("n", "v")], will.UserProperties);
        using var later = await _host.ConnectAsync("later");
        await later.SubscribeAsync("will", QualityOfService.AtMostOnce);
        Assert.True((await later.NextAsync<PublishPacket>()).Retain);
    }

    private async Task<RawMqttClient> ReaderAsync()
    {
        var reader = await _host.ConnectAsync("reader");
        await reader.SubscribeAsync("will");
        return reader;
    }

    private static ConnectPacket Connect(ProtocolLevel level) => new(level, "a") { Will = new WillMessage("will", "offline"u8.ToArray()) };

    private static ConnectPacket Delayed(uint delay, uint expiry) => Connect(ProtocolLevel.Version5) with
    {
        CleanStart = false,
        SessionExpirySeconds = expiry,
        Will = new WillMessage("will", "offline"u8.ToArray()) { DelaySeconds = delay },
    };
}
