using Bridge.Mqtt;
using Xunit;

namespace Bridge.Tests.Mqtt;

public sealed class MqttOutboxTests
{
    [Fact]
    public async Task Message_leaves_inside_the_call()
    {
        await using var rig = new ConnectionRig();
        await rig.ConnectAsync();
        await rig.Link.UntilAsync(() => rig.Connection.Counters.Waiting == 0, "released");
        rig.Connection.Publish(ConnectionRig.Event("base/a", "1"));
        Assert.Equal("publish base/a 1", rig.Link.Calls[^1]);
    }

    [Fact]
    public async Task While_disconnected_the_latest_retained_message_of_a_topic_is_kept_and_all_else_dropped()
    {
        await using var rig = new ConnectionRig();
        rig.Connection.Publish(ConnectionRig.Retained("base/a", "old"));
        rig.Connection.Publish(ConnectionRig.Event("base/event", "missed"));
        rig.Connection.Publish(ConnectionRig.Retained("base/a", "new"));
        Assert.Equal((1, 1L), (rig.Connection.Counters.Waiting, rig.Connection.Counters.Dropped));
        await rig.ConnectAsync();
        await rig.Link.UntilCalledAsync("publish base/a new");
        Assert.DoesNotContain(rig.Link.Calls, static call => call.Contains("old", StringComparison.Ordinal) || call.Contains("missed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_published_anew_replaces_what_waited()
    {
        await using var rig = new ConnectionRig();
        rig.Connection.Publish(ConnectionRig.Retained("base/all", "stale"));
        rig.Connection.Publish(ConnectionRig.Retained("base/gone", ""));
        await rig.ConnectAsync();
        await rig.Link.UntilCalledAsync("publish base/gone");
        Assert.Equal(["publish base/bridge/state online", ConnectionRig.Refreshed, "publish base/gone"], rig.Link.Calls.Skip(1));
    }

    [Fact]
    public async Task Several_messages_are_on_their_way_up_to_what_the_broker_takes()
    {
        await using var rig = new ConnectionRig();
        rig.Link.Limits = rig.Link.Limits with { ReceiveMaximum = 3 };
        await rig.ConnectAsync();
        rig.Link.IsStalled = true;
        for (var number = 0; number < 5; number++) rig.Connection.Publish(ConnectionRig.Retained($"base/{number}", "1"));
        Assert.Equal((3, 2), (rig.Connection.Counters.InFlight, rig.Connection.Counters.Waiting));
        rig.Link.Acknowledge(1);
        await rig.Link.UntilCalledAsync("publish base/3 1");
        rig.Link.Acknowledge();
        await rig.Link.UntilCalledAsync("publish base/4 1");
        rig.Link.Acknowledge();
    }

    [Fact]
    public async Task Broker_that_stalls_costs_one_message_a_topic_however_long_it_lasts()
    {
        await using var rig = new ConnectionRig();
        await rig.ConnectAsync();
        rig.Link.IsStalled = true;
        for (var round = 0; round < 20_000; round++) rig.Connection.Publish(ConnectionRig.Retained($"base/{round % 50}", $"{round}"));
        for (var round = 0; round < 2_000; round++) rig.Connection.Publish(ConnectionRig.Event("base/event", $"{round}"));
        Assert.Equal(ConnectionRig.MaximumInFlight, rig.Connection.Counters.InFlight);
        Assert.Equal(50 + ConnectionRig.MaximumEvents, rig.Connection.Counters.Waiting);
        Assert.Equal(2_000 - ConnectionRig.MaximumEvents, rig.Connection.Counters.Dropped);
        Assert.Single(rig.Log.Lines, static line => line.Contains("wait for the broker", StringComparison.Ordinal));
        // What follows when it goes on is the newest of each.
        rig.Link.IsStalled = false;
        rig.Link.Acknowledge();
        await rig.Link.UntilCalledAsync("publish base/49 19999");
    }

    [Fact]
    public async Task Topics_that_wait_are_bounded_without_a_connection()
    {
        await using var rig = new ConnectionRig();
        for (var number = 0; number < ConnectionRig.MaximumTopics + 10; number++) rig.Connection.Publish(ConnectionRig.Retained($"base/{number}", "1"));
        Assert.Equal((ConnectionRig.MaximumTopics, 10L), (rig.Connection.Counters.Waiting, rig.Connection.Counters.Dropped));
    }

    [Fact]
    public async Task What_was_on_its_way_when_the_connection_broke_is_sent_again_in_its_newest_form()
    {
        await using var rig = new ConnectionRig();
        await rig.ConnectAsync();
        rig.Link.IsStalled = true;
        rig.Connection.Publish(ConnectionRig.Retained("base/a", "first"));
        rig.Connection.Publish(ConnectionRig.Retained("base/a", "second"));
        rig.Connection.Publish(ConnectionRig.Event("base/event", "missed"));
        rig.Link.Lose("gone");
        rig.Connection.Publish(ConnectionRig.Retained("base/b", "offline"));
        Assert.Equal(2, rig.Connection.Counters.Waiting);
        rig.Link.IsStalled = false;
        await rig.Time.ElapseAsync(1000);
        await rig.Link.UntilCalledAsync("publish base/b offline");
        Assert.Equal(1, rig.Link.Calls.Count(static call => call == "publish base/a first"));
        Assert.Equal(2, rig.Link.Calls.Count(static call => call == "publish base/a second"));
        Assert.Equal(1, rig.Link.Calls.Count(static call => call == "publish base/event missed"));
    }

    [Fact]
    public async Task Message_the_broker_does_not_take_is_told_once_and_dropped()
    {
        await using var rig = new ConnectionRig();
        await rig.ConnectAsync();
        rig.Link.RefuseMessage = static message => message.Topic == "base/large" ? new(MqttLinkFailure.ExceedsLimits, "larger than 1024 bytes") : null;
        rig.Connection.Publish(ConnectionRig.Retained("base/large", "1"));
        rig.Connection.Publish(ConnectionRig.Retained("base/large", "2"));
        rig.Connection.Publish(ConnectionRig.Retained("base/small", "3"));
        Assert.Equal("publish base/small 3", rig.Link.Calls[^1]);
        Assert.Equal((2L, 0), (rig.Connection.Counters.Refused, rig.Connection.Counters.InFlight));
        Assert.Single(rig.Log.Lines, static line => line.Contains("larger than", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Nothing_is_retained_where_the_broker_or_the_user_does_not_want_it(bool isWanted, bool isAvailable)
    {
        await using var rig = new ConnectionRig(retain: isWanted);
        rig.Link.Limits = rig.Link.Limits with { RetainAvailable = isAvailable };
        await rig.ConnectAsync();
        rig.Connection.Publish(ConnectionRig.Retained("base/a", "1"));
        // There is nothing to clear.
        rig.Connection.Publish(ConnectionRig.Retained("base/b", ""));
        Assert.Equal("publish base/a 1", rig.Link.Calls[^1]);
        Assert.DoesNotContain(rig.Link.Published, static message => message.Retain);
    }

    [Fact]
    public async Task Quality_is_what_the_broker_has()
    {
        await using var rig = new ConnectionRig();
        rig.Link.Limits = rig.Link.Limits with { MaximumQualityOfService = MqttQualityOfService.AtMostOnce };
        await rig.ConnectAsync();
        Assert.All(rig.Link.Published, static message => Assert.Equal(MqttQualityOfService.AtMostOnce, message.QualityOfService));
    }
}
