using StandIns.Broker;
using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt.Broker;

public sealed class OutgoingQueueTests
{
    private readonly OutgoingQueue _queue = new(new() { QueuedMessages = 3, RetainedMessages = 5 });

    [Fact]
    public void Messages_leave_in_their_order_whatever_their_quality()
    {
        _queue.Add(Of("a", 1));
        _queue.AddRetained(Of("b", 0));
        _queue.Add(Of("c", 0));
        _queue.AddRetained(Of("d", 2));
        Assert.Equal(["a", "b", "c", "d"], All());
    }

    [Fact]
    public void While_nothing_may_be_acknowledged_quality_0_passes()
    {
        _queue.Add(Of("a", 1));
        _queue.Add(Of("b", 0));
        Assert.Equal(["b"], All(mayBeAcknowledged: false));
        Assert.Equal(["a"], All());
    }

    [Fact]
    public void A_full_queue_drops_the_oldest_of_quality_0_first()
    {
        Assert.True(_queue.Add(Of("a", 1)));
        Assert.True(_queue.Add(Of("b", 0)));
        Assert.True(_queue.Add(Of("c", 1)));
        Assert.False(_queue.Add(Of("d", 1)));
        Assert.False(_queue.Add(Of("e", 1)));
        Assert.Equal(2, _queue.Dropped);
        Assert.Equal(["c", "d", "e"], All());
    }

    [Fact]
    public void Retained_messages_have_a_bound_of_their_own()
    {
        foreach (var topic in (string[])["a", "b", "c", "d", "e"]) Assert.True(_queue.AddRetained(Of(topic, 0)));
        Assert.True(_queue.Add(Of("f", 0)));
        Assert.False(_queue.AddRetained(Of("g", 0)));
        Assert.Equal(["b", "c", "d", "e", "f", "g"], All());
    }

    [Fact]
    public void Bytes_are_bounded()
    {
        var queue = new OutgoingQueue(new() { QueuedBytes = 1000 });
        for (var count = 0; count < 20; count++) queue.Add(Of("topic", 1, new byte[400]));
        Assert.Equal(1, queue.Count);
        Assert.Equal(19, queue.Dropped);
    }

    [Fact]
    public void The_newest_is_dropped_where_that_is_wanted()
    {
        var queue = new OutgoingQueue(new() { QueuedMessages = 1, DropsNewest = true });
        Assert.True(queue.Add(Of("a", 0)));
        Assert.False(queue.Add(Of("b", 0)));
        Assert.True(queue.TryTake(true, TimeSpan.Zero, out var delivery));
        Assert.Equal("a", delivery.Message.Topic);
    }

    [Fact]
    public void Expired_messages_are_passed_over()
    {
        _queue.Add(new(new("a", default) { ExpiresAt = TimeSpan.FromSeconds(5) }, QualityOfService.AtMostOnce, Retain: false, []));
        _queue.Add(Of("b", 0));
        Assert.Equal(["b"], All(now: TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void For_a_client_that_is_away_only_what_is_acknowledged_is_kept()
    {
        _queue.Add(Of("a", 0));
        _queue.Add(Of("b", 1));
        _queue.AddRetained(Of("c", 0));
        _queue.AddRetained(Of("d", 2));
        _queue.DropUnacknowledged();
        Assert.Equal(["b", "d"], All());
    }

    private static Delivery Of(string topic, int quality, byte[]? payload = null) =>
        new(new(topic, payload ?? []), (QualityOfService)quality, Retain: false, []);

    private List<string> All(bool mayBeAcknowledged = true, TimeSpan now = default)
    {
        List<string> topics = [];
        while (_queue.TryTake(mayBeAcknowledged, now, out var delivery)) topics.Add(delivery.Message.Topic);
        return topics;
    }
}
