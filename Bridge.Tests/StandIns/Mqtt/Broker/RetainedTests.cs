using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt.Broker;

/// <summary>Messages that are kept for those who come later.</summary>
public sealed class RetainedTests : IAsyncDisposable
{
    private readonly BrokerHost _host = BrokerHost.Start(new() { RetainedMessages = 3 });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_new_subscription_gets_what_is_kept_marked_as_retained(int version)
    {
        using var client = await _host.ConnectAsync("a", (ProtocolLevel)version);
        await client.PublishAsync("t/1", "old", retain: true);
        await client.PublishAsync("t/1", "new", retain: true);
        await client.SubscribeAsync("t/+", QualityOfService.AtMostOnce);
        var message = await client.NextAsync<PublishPacket>();
        Assert.Equal((true, "t/1", QualityOfService.AtMostOnce), (message.Retain, message.Topic, message.QualityOfService));
        Assert.Equal("new", System.Text.Encoding.UTF8.GetString(message.Payload.Span));
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task Those_already_subscribed_get_it_unmarked_or_as_published_when_they_want()
    {
        using var client = await _host.ConnectAsync("a");
        await client.SendAsync(new SubscribePacket(1, [new("plain"), new("as/published") { RetainAsPublished = true }]));
        await client.NextAsync<SubAckPacket>();
        await client.SendAsync(new PublishPacket("plain", "x"u8.ToArray()) { Retain = true });
        Assert.False((await client.NextAsync<PublishPacket>()).Retain);
        await client.SendAsync(new PublishPacket("as/published", "x"u8.ToArray()) { Retain = true });
        Assert.True((await client.NextAsync<PublishPacket>()).Retain);
        await client.SendAsync(new PublishPacket("as/published", "x"u8.ToArray()));
        Assert.False((await client.NextAsync<PublishPacket>()).Retain);
    }

    [Theory]
    [InlineData(0, true, true)]
    [InlineData(1, true, false)]
    [InlineData(2, false, false)]
    public async Task Retain_handling(int handling, bool onFirst, bool onSecond)
    {
        using var client = await _host.ConnectAsync("a");
        await client.PublishAsync("t", "kept", retain: true);
        foreach (var isExpected in (bool[])[onFirst, onSecond])
        {
            await client.SendAsync(new SubscribePacket(1, [new("t") { RetainHandling = (RetainHandling)handling }]));
            await client.NextAsync<SubAckPacket>();
            if (isExpected) Assert.Equal("kept", await client.NextTextAsync());
            await client.ExpectNothingAsync();
        }
    }

    [Fact]
    public async Task An_empty_payload_clears_the_topic_and_is_handed_on()
    {
        using var client = await _host.ConnectAsync("a");
        await client.PublishAsync("t", "kept", retain: true);
        await client.SubscribeAsync("t", QualityOfService.AtMostOnce);
        await client.NextAsync<PublishPacket>();
        await client.SendAsync("31 04 00 01 74 00");
        Assert.Equal("", await client.NextTextAsync());
        await client.SubscribeAsync("t", QualityOfService.AtMostOnce);
        await client.ExpectNothingAsync();
        Assert.Equal(["a t 4", "a t 0"], _host.Observer.Retained);
    }

    [Theory]
    [InlineData(9.5, 1u)]
    [InlineData(10, null)]
    public async Task A_kept_message_expires(double seconds, uint? left)
    {
        using var client = await _host.ConnectAsync("a");
        await client.PublishAsync(new PublishPacket("t", "x"u8.ToArray()) { Retain = true, ExpirySeconds = 10 });
        _host.Pass(seconds);
        await client.SubscribeAsync("t", QualityOfService.AtMostOnce);
        if (left is null) await client.ExpectNothingAsync();
        else Assert.Equal(left, (await client.NextAsync<PublishPacket>()).ExpirySeconds);
    }

    [Fact]
    public async Task Shared_subscriptions_get_nothing_that_was_kept()
    {
        using var client = await _host.ConnectAsync("a");
        await client.PublishAsync("t", "kept", retain: true);
        await client.SubscribeAsync("$share/g/t");
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task Leading_wildcards_do_not_find_topics_that_begin_with_a_dollar()
    {
        using var client = await _host.ConnectAsync("a");
        await client.PublishAsync("$other/t", "x", retain: true);
        await client.SubscribeAsync("#");
        await client.SubscribeAsync("+/t");
        await client.ExpectNothingAsync();
        await client.SubscribeAsync("$other/#");
        Assert.Equal("x", await client.NextTextAsync());
    }

    [Fact]
    public async Task A_further_topic_is_handed_on_and_not_kept_when_there_are_too_many()
    {
        using var client = await _host.ConnectAsync("a");
        foreach (var topic in (string[])["1", "2", "3", "4"]) await client.PublishAsync(topic, "x", retain: true);
        await client.PublishAsync("3", "changed", retain: true);
        await client.SubscribeAsync("+", QualityOfService.AtMostOnce);
        Assert.Equal(["x", "x", "changed"], [await client.NextTextAsync(), await client.NextTextAsync(), await client.NextTextAsync()]);
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task Expired_ones_make_room()
    {
        using var client = await _host.ConnectAsync("a");
        foreach (var topic in (string[])["1", "2", "3"])
            await client.PublishAsync(new PublishPacket(topic, "x"u8.ToArray()) { Retain = true, ExpirySeconds = 1 });
        _host.Pass(1);
        await client.PublishAsync("4", "new", retain: true);
        await client.SubscribeAsync("+", QualityOfService.AtMostOnce);
        Assert.Equal("new", await client.NextTextAsync());
    }
}
