using System.Globalization;
using Bridge.Mqtt;
using Xunit;

namespace Bridge.Tests.Mqtt;

/// <summary>What the product relies on, with the library at this end and a broker at the other.</summary>
public abstract class MqttLinkContract
{
    /// <summary>What a link says that lost its connection to another one with the same client id.</summary>
    protected virtual string TakeoverWords => "another client took over";

    public static TheoryData<MqttProtocol> Protocols => [MqttProtocol.Version311, MqttProtocol.Version5];

    public static TheoryData<MqttProtocol, MqttQualityOfService> Qualities => new MatrixTheoryData<MqttProtocol, MqttQualityOfService>(
        [MqttProtocol.Version311, MqttProtocol.Version5],
        [MqttQualityOfService.AtMostOnce, MqttQualityOfService.AtLeastOnce, MqttQualityOfService.ExactlyOnce]);

    protected static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData(MqttProtocol.Version5, true, true)]
    [InlineData(MqttProtocol.Version5, false, false)]
    [InlineData(MqttProtocol.Version311, true, false)]
    public async Task A_message_that_comes_at_once_says_how_it_was_published_to_who_asked_for_it(MqttProtocol protocol, bool isAskedFor, bool expected)
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker, request => request with { Protocol = protocol });
        await probe.SubscribeAsync(new MqttSubscription("a") { RetainAsPublished = isAskedFor });
        await probe.PublishAsync("a", "x", retain: true);
        Assert.Equal(expected, (await probe.NextAsync()).Retain);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_connection_opens_and_closes(MqttProtocol protocol)
    {
        await using var broker = await StartAsync(new());
        await using var probe = NewProbe();
        Assert.False(probe.Link.IsConnected);
        var limits = await probe.Link.ConnectAsync(Request(broker.Port) with { Protocol = protocol }, None);
        Assert.Equal((protocol, false), (limits.Protocol, limits.SessionPresent));
        Assert.True(probe.Link.IsConnected);
        await probe.Link.DisconnectAsync(None);
        Assert.False(probe.Link.IsConnected);
        await probe.Link.DisconnectAsync(None);
        Assert.Equal(0, probe.LossCount);
    }

    [Theory]
    [MemberData(nameof(Qualities))]
    public async Task Messages_of_every_quality_come_through_in_order(MqttProtocol protocol, MqttQualityOfService quality)
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker, request => request with { Protocol = protocol });
        Assert.Equal([null], await probe.SubscribeAsync(new MqttSubscription("in/#") { QualityOfService = quality }));
        var publications = Enumerable.Range(0, 200).Select(number => probe.PublishAsync("in/x", number.ToString(CultureInfo.InvariantCulture), quality)).ToList();
        for (var number = 0; number < publications.Count; number++)
        {
            var message = await probe.NextAsync();
            Assert.Equal($"in/x {number}", LinkProbe.TextOf(message));
            Assert.Equal((quality, false, false), (message.QualityOfService, message.Retain, message.IsDuplicate));
        }

        await Task.WhenAll(publications);
    }

    [Fact]
    public async Task Two_thousand_messages_under_way_at_a_time_are_all_acknowledged_and_keep_their_order()
    {
        await using var broker = await StartAsync(new());
        await using var listener = await ConnectedAsync(broker, request => request with { ClientId = "listener" });
        await listener.SubscribeAsync(new MqttSubscription("in"));
        await using var probe = await ConnectedAsync(broker);
        List<Task> publications = [];
        for (var number = 0; number < 2000; number++) publications.Add(probe.PublishAsync("in", number.ToString(CultureInfo.InvariantCulture)));
        await Task.WhenAll(publications);
        for (var number = 0; number < 2000; number++) Assert.Equal($"in {number}", await listener.NextTextAsync());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_large_payload_comes_through_unchanged(MqttProtocol protocol)
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker, request => request with { Protocol = protocol });
        await probe.SubscribeAsync(new MqttSubscription("large"));
        var payload = new byte[200 * 1024];
        new Random(1).NextBytes(payload);
        await probe.PublishAsync(new MqttMessage("large", payload) { QualityOfService = MqttQualityOfService.AtLeastOnce });
        Assert.Equal(payload, (await probe.NextAsync()).Payload.ToArray());
    }

    [Fact]
    public async Task The_properties_of_MQTT_5_come_through()
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker);
        await probe.SubscribeAsync(new MqttSubscription("request"));
        await probe.PublishAsync(new MqttMessage("request", "{}"u8.ToArray())
        {
            ResponseTopic = "answer/1",
            CorrelationData = new byte[] { 0, 255, 1 },
            ContentType = "application/json",
            IsText = true,
            ExpirySeconds = 600,
            UserProperties = [new("a", "1"), new("a", "2"), new("\u00E4", "")],
        });
        var message = await probe.NextAsync();
        Assert.Equal("answer/1", message.ResponseTopic);
        Assert.Equal([0, 255, 1], message.CorrelationData.ToArray());
        Assert.Equal(("application/json", true), (message.ContentType, message.IsText));
        Assert.InRange(message.ExpirySeconds!.Value, 500u, 600u);
        Assert.Equal([new("a", "1"), new("a", "2"), new("\u00E4", "")], message.UserProperties);
    }

    [Fact]
    public async Task The_properties_of_MQTT_5_are_left_out_for_an_older_broker()
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker, static request => request with { Protocol = MqttProtocol.Version311 });
        await probe.SubscribeAsync(new MqttSubscription("request") { NoLocal = true, WantsRetained = false });
        await probe.PublishAsync(new MqttMessage("request", "x"u8.ToArray())
        {
            ResponseTopic = "answer",
            CorrelationData = new byte[] { 1 },
            ContentType = "text/plain",
            IsText = true,
            ExpirySeconds = 60,
            UserProperties = [new("a", "b")],
        });
        var message = await probe.NextAsync();
        Assert.Equal("request x", LinkProbe.TextOf(message));
        Assert.Equal((null, null, null), (message.ResponseTopic, message.ContentType, message.ExpirySeconds));
    }

    [Fact]
    public async Task Wildcards_match_and_a_filter_not_subscribed_to_any_more_does_not()
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker);
        await probe.SubscribeAsync(new MqttSubscription("a/+/set"), new MqttSubscription("b/#"));
        await probe.PublishAsync("a/x/y/set", "no");
        await probe.PublishAsync("a/x/set", "1");
        await probe.PublishAsync("b", "2");
        await probe.PublishAsync("b/c/d", "3");
        Assert.Equal(["a/x/set 1", "b 2", "b/c/d 3"], [await probe.NextTextAsync(), await probe.NextTextAsync(), await probe.NextTextAsync()]);
        await probe.Link.UnsubscribeAsync(["b/#"], None);
        await probe.PublishAsync("b/c", "no");
        await probe.PublishAsync("a/z/set", "4");
        Assert.Equal("a/z/set 4", await probe.NextTextAsync());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_retained_message_comes_to_a_later_subscriber_marked_as_such_until_it_is_cleared(MqttProtocol protocol)
    {
        await using var broker = await StartAsync(new());
        await using var writer = await ConnectedAsync(broker, request => request with { ClientId = "writer", Protocol = protocol });
        await writer.PublishAsync("kept", "1", retain: true);
        await using var probe = await ConnectedAsync(broker, request => request with { Protocol = protocol });
        await probe.SubscribeAsync(new MqttSubscription("kept"));
        var message = await probe.NextAsync();
        Assert.Equal(("kept 1", true), (LinkProbe.TextOf(message), message.Retain));
        await writer.PublishAsync("kept", "", retain: true);
        Assert.Equal(("kept ", false), (LinkProbe.TextOf(message = await probe.NextAsync()), message.Retain));
        await probe.Link.UnsubscribeAsync(["kept"], None);
        await probe.SubscribeAsync(new MqttSubscription("kept"), new MqttSubscription("end"));
        await probe.PublishAsync("end", "");
        Assert.Equal("end ", await probe.NextTextAsync());
    }

    [Fact]
    public async Task Retained_messages_that_are_not_wanted_do_not_come()
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker);
        await probe.PublishAsync("kept", "old", retain: true);
        await probe.SubscribeAsync(new MqttSubscription("kept") { WantsRetained = false });
        await probe.PublishAsync("kept", "new", retain: true);
        Assert.Equal("kept new", await probe.NextTextAsync());
    }

    [Fact]
    public async Task Own_messages_do_not_come_back_with_No_Local()
    {
        await using var broker = await StartAsync(new());
        await using var other = await ConnectedAsync(broker, static request => request with { ClientId = "other" });
        await using var probe = await ConnectedAsync(broker);
        await probe.SubscribeAsync(new MqttSubscription("a") { NoLocal = true });
        await probe.PublishAsync("a", "mine");
        await other.PublishAsync("a", "other's");
        Assert.Equal("a other's", await probe.NextTextAsync());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_will_is_published_after_an_abrupt_end_and_not_after_a_goodbye(MqttProtocol protocol)
    {
        await using var broker = await StartAsync(new());
        await using var witness = await ConnectedAsync(broker, static request => request with { ClientId = "witness" });
        await witness.SubscribeAsync(new MqttSubscription("state/#"));
        MqttConnectRequest WithWill(MqttConnectRequest request, string name) => request with
        {
            ClientId = name,
            Protocol = protocol,
            Will = new MqttMessage("state/" + name, "offline"u8.ToArray()) { Retain = true, QualityOfService = MqttQualityOfService.AtLeastOnce },
        };
        await using var polite = await ConnectedAsync(broker, request => WithWill(request, "polite"));
        await polite.Link.DisconnectAsync(None);
        await using var abrupt = await ConnectedAsync(broker, request => WithWill(request, "abrupt"));
        await abrupt.Link.DisposeAsync();
        Assert.Equal("state/abrupt offline", await witness.NextTextAsync());
        Assert.Equal(0, abrupt.LossCount);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_wrong_password_is_told_as_such_and_never_shown(MqttProtocol protocol)
    {
        await using var broker = await StartAsync(new() { Username = "me", Password = "right" });
        await using var probe = NewProbe();
        var request = Request(broker.Port) with { Protocol = protocol, Username = "me", Password = "wr0ng-secret" };
        var failure = await FailsAsync(MqttLinkFailure.NotAuthorized, "refused the connection", probe.Link.ConnectAsync(request, None));
        Assert.DoesNotContain("wr0ng-secret", failure.ToString(), StringComparison.Ordinal);
        await FailsAsync(MqttLinkFailure.NotAuthorized, "refused", probe.Link.ConnectAsync(request with { Username = null, Password = null }, None));
        await probe.Link.ConnectAsync(request with { Password = "right" }, None);
        Assert.Equal(0, probe.LossCount);
    }

    [Fact]
    public async Task A_killed_broker_is_a_loss_told_once_and_after_a_restart_the_same_link_connects_again()
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker);
        await broker.KillAsync();
        Assert.NotEmpty(await probe.LostAsync());
        Assert.False(probe.Link.IsConnected);
        await FailsAsync(MqttLinkFailure.ConnectionLost, "", probe.PublishAsync("a", "b"));
        await FailsAsync(MqttLinkFailure.ConnectionLost, "", probe.SubscribeAsync(new MqttSubscription("a")));
        await FailsAsync(MqttLinkFailure.Unreachable, "nothing listens", probe.Link.ConnectAsync(Request(broker.Port), None));
        await broker.RestartAsync();
        await probe.Link.ConnectAsync(Request(broker.Port), None);
        await probe.SubscribeAsync(new MqttSubscription("a"));
        await probe.PublishAsync("a", "again");
        Assert.Equal("a again", await probe.NextTextAsync());
        Assert.Equal(0, probe.LossCount);
    }

    [Fact]
    public async Task Publications_under_way_have_failed_when_the_loss_is_told()
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker);
        if (!await broker.TryFreezeAsync()) Assert.Skip("this broker cannot be frozen");
        var message = new MqttMessage("a", default) { QualityOfService = MqttQualityOfService.AtLeastOnce };
        var publications = Enumerable.Range(0, 100).Select(_ => probe.Link.PublishAsync(message, None)).ToList();
        var states = new TaskCompletionSource<bool>();
        probe.Link.Lost = _ => states.TrySetResult(publications.TrueForAll(static publication => publication.IsFaulted));
        await broker.KillAsync();
        Assert.True(await states.Task.WaitAsync(LinkProbe.Limit, TimeProvider.System));
        foreach (var publication in publications) await FailsAsync(MqttLinkFailure.ConnectionLost, "", publication);
    }

    [Fact]
    public async Task A_second_client_with_the_same_id_throws_the_first_out()
    {
        await using var broker = await StartAsync(new());
        await using var first = await ConnectedAsync(broker);
        await using var second = await ConnectedAsync(broker);
        Assert.Contains(TakeoverWords, await first.LostAsync(), StringComparison.Ordinal);
        Assert.True(second.Link.IsConnected);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_broker_that_stopped_answering_is_lost_after_the_keep_alive_time(MqttProtocol protocol)
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker, request => request with { Protocol = protocol, KeepAlive = TimeSpan.FromSeconds(1) });
        if (!await broker.TryFreezeAsync()) Assert.Skip("this broker cannot be frozen");
        Assert.NotEmpty(await probe.LostAsync());
    }

    [Fact]
    public async Task A_quiet_connection_is_kept_alive()
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker, static request => request with { KeepAlive = TimeSpan.FromSeconds(1) });
        // Two and a half times the keep-alive time: the broker would have closed it.
        using var wait = new CancellationTokenSource(TimeSpan.FromSeconds(2.5), TimeProvider.System);
        await Assert.ThrowsAsync<TaskCanceledException>(() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, wait.Token));
        Assert.True(probe.Link.IsConnected);
        await probe.PublishAsync("a", "b");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a/+", "wildcard")]
    [InlineData("a\0", "U+0000")]
    public async Task A_topic_that_cannot_be_sent_is_refused_here_and_the_connection_stays(string topic, string words)
    {
        await using var broker = await StartAsync(new());
        await using var probe = await ConnectedAsync(broker);
        await FailsAsync(MqttLinkFailure.InvalidTopic, words, probe.PublishAsync(topic, "x"));
        await FailsAsync(MqttLinkFailure.InvalidTopic, "#", probe.SubscribeAsync(new MqttSubscription("a/#/b")));
        await probe.PublishAsync("a", "x");
    }

    [Fact]
    public async Task A_cancelled_connect_is_cancelled_and_the_next_one_works()
    {
        await using var broker = await StartAsync(new());
        await using var probe = NewProbe();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.Link.ConnectAsync(Request(broker.Port), cancelled.Token));
        await probe.Link.ConnectAsync(Request(broker.Port), None);
    }

    /// <summary>Starts a broker.</summary>
    protected abstract Task<ITestBroker> StartAsync(TestBrokerSettings settings);

    private protected static LinkProbe NewProbe() => new(new MqttNetLink(TimeProvider.System));

    protected static MqttConnectRequest Request(int port) => new("127.0.0.1", port, "link-test") { Limit = TimeSpan.FromSeconds(30) };

    private protected static async Task<LinkProbe> ConnectedAsync(ITestBroker broker, Func<MqttConnectRequest, MqttConnectRequest>? change = null)
    {
        var probe = NewProbe();
        var request = Request(broker.Port);
        await probe.Link.ConnectAsync(change is null ? request : change(request), None);
        return probe;
    }

    protected static async Task<MqttLinkException> FailsAsync(MqttLinkFailure failure, string words, Task request)
    {
        var exception = await Assert.ThrowsAsync<MqttLinkException>(() => request.WaitAsync(LinkProbe.Limit, TimeProvider.System));
        Assert.Equal(failure, exception.Failure);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        return exception;
    }
}
