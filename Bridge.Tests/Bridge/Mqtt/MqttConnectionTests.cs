using Bridge.Mqtt;
using Xunit;

namespace Bridge.Tests.Mqtt;

public sealed class MqttConnectionTests
{
    private static readonly MqttSubscription[] s_commands = [new("base/+/set/#"), new("base/+/get")];

    [Fact]
    public async Task Every_connect_subscribes_then_says_online_then_publishes_everything()
    {
        await using var rig = new ConnectionRig();
        await using var subscription = rig.Connection.Subscribe(s_commands, static _ => { });
        await rig.ConnectAsync();
        await rig.ReconnectAsync();
        string[] one = ["connect", "subscribe base/+/set/# base/+/get", "publish base/bridge/state online", ConnectionRig.Refreshed];
        Assert.Equal([.. one, .. one], rig.Link.Calls);
        var online = rig.Link.Published.First(static message => message.Topic == ConnectionRig.State);
        Assert.True(online.Retain);
        Assert.Equal(MqttQualityOfService.AtLeastOnce, online.QualityOfService);
    }

    [Fact]
    public async Task Will_is_offline_retained_with_quality_1()
    {
        await using var rig = new ConnectionRig();
        await rig.ConnectAsync();
        var will = Assert.Single(rig.Link.Requests).Will!;
        Assert.Equal((ConnectionRig.State, "offline"), (will.Topic, System.Text.Encoding.UTF8.GetString(will.Payload.Span)));
        Assert.True(will.Retain);
        Assert.Equal(MqttQualityOfService.AtLeastOnce, will.QualityOfService);
    }

    [Fact]
    public async Task Stop_publishes_what_waits_then_offline_then_disconnects()
    {
        var rig = new ConnectionRig();
        rig.Link.Limits = rig.Link.Limits with { ReceiveMaximum = 1 };
        await rig.ConnectAsync();
        rig.Link.IsStalled = true;
        rig.Connection.Publish(ConnectionRig.Retained("base/a", "1"));
        rig.Connection.Publish(ConnectionRig.Retained("base/b", "2"));
        var stopping = rig.Connection.DisposeAsync().AsTask();
        while (!stopping.IsCompleted)
        {
            rig.Link.Acknowledge();
            await Task.Yield();
        }

        await stopping;
        Assert.Equal(
            ["publish base/a 1", "publish base/b 2", "publish base/bridge/state offline", "disconnect", "dispose"], rig.Link.Calls.TakeLast(5));
        Assert.True(rig.Link.Published[^1].Retain);
    }

    [Fact]
    public async Task Stop_with_a_broker_that_does_not_acknowledge_ends_at_the_limit()
    {
        var rig = new ConnectionRig();
        await rig.ConnectAsync();
        rig.Link.IsStalled = true;
        rig.Connection.Publish(ConnectionRig.Retained("base/a", "1"));
        var stopping = rig.Connection.DisposeAsync().AsTask();
        await rig.Time.ElapseAsync(5000);
        await stopping;
        Assert.Equal("dispose", rig.Link.Calls[^1]);
        Assert.Contains(rig.Log.Lines, static line => line.Contains("farewell", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_leaves_time_for_the_farewell_when_other_messages_hang()
    {
        var rig = new ConnectionRig();
        await rig.ConnectAsync();
        rig.Link.IsStalled = true;
        rig.Connection.Publish(ConnectionRig.Retained("base/a", "1"));
        var stopping = rig.Connection.DisposeAsync().AsTask();
        await rig.Time.ElapseAsync(2500);
        await rig.Link.UntilCalledAsync("publish base/bridge/state offline");
        rig.Link.Acknowledge();
        await stopping;
        Assert.Equal(["publish base/bridge/state offline", "disconnect", "dispose"], rig.Link.Calls.TakeLast(3));
    }

    [Fact]
    public async Task Stop_without_a_connection_ends_at_once()
    {
        var rig = new ConnectionRig();
        rig.Link.AnswerConnects(new MqttLinkException(MqttLinkFailure.Unreachable, "refused"));
        rig.Connection.Start();
        await rig.Link.UntilCalledAsync("connect");
        await rig.DisposeAsync();
        Assert.Equal(["connect", "dispose"], rig.Link.Calls);
    }

    [Fact]
    public async Task Connecting_is_tried_for_ever_with_growing_pauses_and_one_line_a_reason()
    {
        await using var rig = new ConnectionRig();
        var refused = new MqttLinkException(MqttLinkFailure.Unreachable, "connection refused");
        var unauthorized = new MqttLinkException(MqttLinkFailure.NotAuthorized, "not authorized");
        rig.Link.AnswerConnects(refused, refused, refused, unauthorized, unauthorized);
        rig.Connection.Start();
        foreach (var pause in new[] { 1000, 1500, 2250, 3375, 5062 }) await rig.Time.ElapseAsync(pause);

        await rig.Link.UntilCalledAsync(ConnectionRig.Refreshed);
        Assert.Equal(6, rig.Link.Requests.Count);
        Assert.Equal(["connection refused", "not authorized", "Connected"], rig.Log.Lines.Select(static line =>
            line.Contains("refused", StringComparison.Ordinal) ? "connection refused"
            : line.Contains("not authorized", StringComparison.Ordinal) ? "not authorized" : line.Split(' ')[0]));
    }

    [Fact]
    public async Task Pause_never_exceeds_30_seconds()
    {
        await using var rig = new ConnectionRig();
        rig.Link.AnswerConnects([.. Enumerable.Repeat(new MqttLinkException(MqttLinkFailure.Unreachable, "refused"), 20)]);
        rig.Connection.Start();
        for (var (pause, count) = (1000, 0); count < 18; count++)
        {
            await rig.Time.ElapseAsync(pause);
            pause = Math.Min(pause * 3 / 2, 30_000);
        }

        await rig.Time.ElapseAsync(30_000);
        await rig.Link.UntilAsync(() => rig.Link.Requests.Count == 20, "20 tries");
    }

    [Fact]
    public async Task Broker_without_mqtt_5_is_asked_with_3_1_1_at_once_and_from_then_on()
    {
        await using var rig = new ConnectionRig();
        rig.Link.AnswerConnects(new MqttLinkException(MqttLinkFailure.ProtocolVersion, "unsupported protocol version"));
        await rig.ConnectAsync();
        await rig.ReconnectAsync();
        Assert.Equal(
            [MqttProtocol.Version5, MqttProtocol.Version311, MqttProtocol.Version311], rig.Link.Requests.Select(static request => request.Protocol));
    }

    [Fact]
    public async Task Refused_filter_is_told_once_asked_again_at_the_next_connect_and_stops_nothing()
    {
        await using var rig = new ConnectionRig();
        rig.Link.RefuseFilter = static filter => filter == "base/+/get" ? "not authorized" : null;
        await using var subscription = rig.Connection.Subscribe(s_commands, static _ => { });
        await rig.ConnectAsync();
        await rig.ReconnectAsync();
        Assert.Equal(2, rig.Link.Calls.Count(static call => call.StartsWith("subscribe", StringComparison.Ordinal)));
        Assert.Single(rig.Log.Lines, static line => line.Contains("base/+/get", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Broker_that_never_answers_a_subscribe_still_gets_everything()
    {
        await using var rig = new ConnectionRig();
        rig.Link.IsSubscribeIgnored = true;
        await using var subscription = rig.Connection.Subscribe(s_commands, static _ => { });
        rig.Connection.Start();
        await rig.Time.ElapseAsync(10_000);
        await rig.Link.UntilCalledAsync(ConnectionRig.Refreshed);
    }

    [Fact]
    public async Task Messages_go_to_everybody_who_asked_once_and_a_handler_that_throws_stops_nothing()
    {
        await using var rig = new ConnectionRig();
        List<string> got = [];
        await using var faulty = rig.Connection.Subscribe(s_commands, static _ => throw new InvalidOperationException("of ours"));
        await using var both = rig.Connection.Subscribe([new("base/+/set/#"), new("base/#")], message => got.Add(message.Topic));
        await using var other = rig.Connection.Subscribe([new("other/status")], message => got.Add("other"));
        await rig.ConnectAsync();
        rig.Link.Received!(ConnectionRig.Event("base/a/set", "ON"));
        rig.Link.Received!(ConnectionRig.Event("other/status", "online"));
        Assert.Equal(["base/a/set", "other"], got);
        Assert.Equal(1, rig.Connection.Counters.HandlerFailures);
        Assert.True(rig.Connection.IsConnected);
    }

    [Fact]
    public async Task Subscription_during_a_connection_counts_at_once_and_ends_when_disposed()
    {
        await using var rig = new ConnectionRig();
        await rig.ConnectAsync();
        var subscription = rig.Connection.Subscribe([new("other/#")], static _ => { });
        await rig.Link.UntilCalledAsync("subscribe other/#");
        await subscription.DisposeAsync();
        await rig.ReconnectAsync();
        Assert.Equal(1, rig.Link.Calls.Count(static call => call == "subscribe other/#"));
        Assert.Equal(1, rig.Link.Calls.Count(static call => call == "unsubscribe other/#"));
    }

    [Fact]
    public async Task Part_that_fails_to_publish_keeps_no_other_from_it()
    {
        await using var rig = new ConnectionRig();
        rig.Gate = Task.FromException(new InvalidOperationException("of ours"));
        var rest = new TaskCompletionSource();
        rig.Publication.Add("rest", _ =>
        {
            rest.SetResult();
            return Task.CompletedTask;
        });
        rig.Connection.Start();
        await rest.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        Assert.Contains("Publishing all failed", rig.Log.Lines);
    }

    [Fact]
    public async Task Secrets_are_in_no_log_line()
    {
        await using var rig = new ConnectionRig();
        rig.Link.AnswerConnects(new MqttLinkException(MqttLinkFailure.NotAuthorized, "not authorized"));
        rig.Connection.Start();
        await rig.Time.ElapseAsync(1000);
        await rig.Link.UntilCalledAsync(ConnectionRig.Refreshed);
        Assert.DoesNotContain(rig.Log.Lines, static line => line.Contains("secret-word", StringComparison.Ordinal));
    }
}
