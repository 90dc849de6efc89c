using System.Net;
using System.Net.Sockets;
using System.Text;
using Bridge.Mqtt;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Mqtt;

/// <summary>What the built-in broker adds to the library: credentials, limits, retained messages that outlive it, and clear words.</summary>
public sealed class EmbeddedBrokerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LineLogger _log = new();
    private readonly ManualTimeProvider _time = new();

    private string RetainedFile => _folder["retained.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_listens_where_it_is_told_and_counts_its_clients()
    {
        await using var broker = await StartAsync(Settings());
        Assert.Equal(IPAddress.Loopback, broker.LocalEndPoint.Address);
        Assert.NotEqual(0, broker.LocalEndPoint.Port);
        Assert.Equal(0, broker.ClientCount);
        await using var one = await ConnectedAsync(broker, "one");
        await using var two = await ConnectedAsync(broker, "two");
        await two.PublishAsync("a", "b");
        Assert.Equal(2, broker.ClientCount);
        await one.Link.DisconnectAsync(CancellationToken.None);
        await _log.SaidAsync("one disconnected (with a goodbye), 1 clients");
        Assert.Equal(1, broker.ClientCount);
    }

    [Fact]
    public async Task It_listens_on_IPv6_too_when_told()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var broker = await StartAsync(new(new IPEndPoint(IPAddress.IPv6Loopback, 0)));
        await using var probe = NewProbe();
        await probe.Link.ConnectAsync(new("::1", broker.LocalEndPoint.Port, "six"), CancellationToken.None);
    }

    [Fact]
    public async Task A_taken_port_is_told_with_the_ways_out()
    {
        await using var first = await StartAsync(Settings());
        var failure = await Assert.ThrowsAsync<EmbeddedBrokerException>(() => StartAsync(new(first.LocalEndPoint)));
        Assert.StartsWith($"{first.LocalEndPoint} is already in use", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Mqtt:Host", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Mqtt:Embedded:Listen", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_told()
    {
        // 192.0.2.0/24 is for documentation: nobody has it.
        var failure = await Assert.ThrowsAsync<EmbeddedBrokerException>(() => StartAsync(new(new IPEndPoint(IPAddress.Parse("192.0.2.7"), 0))));
        Assert.Contains("this machine has no such address", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_its_user_may_connect_and_a_refusal_is_logged_once_without_the_password()
    {
        await using var broker = await StartAsync(Settings() with { Username = "me", Password = "s3cret" });
        await using var probe = NewProbe();
        var right = Request(broker, "a") with { Username = "me", Password = "s3cret" };
        foreach (var wrong in new[]
        {
            right with { Password = "s3cre" }, right with { Password = "" }, right with { Password = null }, right with { Username = "ME" },
            right with { Username = null, Password = null }, right with { Protocol = MqttProtocol.Version311, Password = "S3cret" },
        })
        {
            var failure = await Assert.ThrowsAsync<MqttLinkException>(() => probe.Link.ConnectAsync(wrong, CancellationToken.None));
            Assert.Equal(MqttLinkFailure.NotAuthorized, failure.Failure);
        }

        await probe.Link.ConnectAsync(right, CancellationToken.None);
        Assert.Single(_log.Lines, static line => line.Contains("wrong user or password", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, static line => line.Contains("3cre", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Further_clients_are_refused_and_one_may_take_its_own_place()
    {
        await using var broker = await StartAsync(Settings() with { MaximumConnections = 2 });
        await using var one = await ConnectedAsync(broker, "one");
        await using var two = await ConnectedAsync(broker, "two");
        await two.PublishAsync("a", "b");
        await using var three = NewProbe();
        await Assert.ThrowsAsync<MqttLinkException>(() => three.Link.ConnectAsync(Request(broker, "three"), CancellationToken.None));
        await using var again = await ConnectedAsync(broker, "two");
        Assert.NotEmpty(await two.LostAsync());
        await again.PublishAsync("a", "b");
    }

    [Fact]
    public async Task A_client_that_sends_more_than_is_allowed_is_thrown_out_and_the_others_stay()
    {
        await using var broker = await StartAsync(Settings() with { MaximumPacketSize = 1000 });
        await using var large = await ConnectedAsync(broker, "large");
        await using var other = await ConnectedAsync(broker, "other");
        await other.SubscribeAsync(new MqttSubscription("t"));
        await Assert.ThrowsAsync<MqttLinkException>(() => large.PublishAsync("t", new string('x', 1000)));
        Assert.NotEmpty(await large.LostAsync());
        await other.PublishAsync("t", new string('x', 900));
        Assert.Equal(900, (await other.NextAsync()).Payload.Length);
        Assert.Single(_log.Lines, static line => line.Contains("threw large out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_further_retained_topic_is_handed_on_and_not_kept()
    {
        await using var broker = await StartAsync(Settings() with { MaximumRetained = 2 });
        await using var probe = await ConnectedAsync(broker, "a");
        await probe.SubscribeAsync(new MqttSubscription("#") { WantsRetained = false });
        foreach (var topic in (string[])["1", "2", "3"]) await probe.PublishAsync(topic, "x", retain: true);
        foreach (var topic in (string[])["1 x", "2 x", "3 x"]) Assert.Equal(topic, await probe.NextTextAsync());
        await using var later = await ConnectedAsync(broker, "b");
        await later.SubscribeAsync(new MqttSubscription("#"));
        Assert.Equal(["1 x", "2 x"], new[] { await later.NextTextAsync(), await later.NextTextAsync() }.Order());
        // A topic that was cleared makes room.
        await probe.PublishAsync("1", "", retain: true);
        await probe.PublishAsync("3", "now", retain: true);
        Assert.Equal(["1 ", "3 now"], [await later.NextTextAsync(), await later.NextTextAsync()]);
        await using var last = await ConnectedAsync(broker, "c");
        await last.SubscribeAsync(new MqttSubscription("3"));
        Assert.Equal("3 now", await last.NextTextAsync());
    }

    [Fact]
    public async Task Retained_messages_outlive_the_broker_with_everything_they_have()
    {
        var message = new MqttMessage("state/node", "{\"é\":1}"u8.ToArray())
        {
            QualityOfService = MqttQualityOfService.AtLeastOnce,
            Retain = true,
            ContentType = "application/json",
            ResponseTopic = "r",
            CorrelationData = new byte[] { 0, 255 },
            IsText = true,
            UserProperties = [KeyValuePair.Create("a", "1"), KeyValuePair.Create("a", "\"2\"\n")],
        };
        await using (var first = await StartAsync(Settings() with { RetainedFile = RetainedFile }))
        {
            await using var probe = await ConnectedAsync(first, "a");
            await probe.PublishAsync(message);
            await probe.PublishAsync("binary", "\u0001\u0000\u0002", retain: true);
            await probe.PublishAsync("cleared", "x", retain: true);
            await probe.PublishAsync("cleared", "", retain: true);
            await probe.PublishAsync("plain", "x");
        }

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(RetainedFile));
        Assert.Equal(["retained.json"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
        await using var second = await StartAsync(Settings() with { RetainedFile = RetainedFile });
        await using var reader = await ConnectedAsync(second, "b");
        await reader.SubscribeAsync(new MqttSubscription("#"));
        var kept = new[] { await reader.NextAsync(), await reader.NextAsync() }.OrderBy(static one => one.Topic).ToArray();
        Assert.Equal("binary \u0001\u0000\u0002", LinkProbe.TextOf(kept[0]));
        Assert.Equal(message.Payload.ToArray(), kept[1].Payload.ToArray());
        Assert.Equal(("state/node", "application/json", "r", true, true), (kept[1].Topic, kept[1].ContentType, kept[1].ResponseTopic, kept[1].IsText, kept[1].Retain));
        Assert.Equal(message.CorrelationData.ToArray(), kept[1].CorrelationData.ToArray());
        Assert.Equal(message.UserProperties, kept[1].UserProperties);
        Assert.Contains(_log.Lines, static line => line.Contains("2 retained messages of the last run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_is_written_some_seconds_later()
    {
        await using var broker = await StartAsync(Settings() with { RetainedFile = RetainedFile });
        await using var probe = await ConnectedAsync(broker, "a");
        await probe.PublishAsync("t", "kept", retain: true);
        Assert.False(File.Exists(RetainedFile));
        await _time.ElapseAsync(TimeSpan.FromSeconds(5));
        await _log.SaidAsync("1 retained messages written");
        Assert.Contains("\"topic\":\"t\"", await File.ReadAllTextAsync(RetainedFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_expired_while_the_broker_was_away_is_gone_and_the_rest_has_less_time_left()
    {
        await using (var first = await StartAsync(Settings() with { RetainedFile = RetainedFile }))
        {
            await using var probe = await ConnectedAsync(first, "a");
            foreach (var seconds in (uint[])[60, 100])
                await probe.PublishAsync(new MqttMessage($"t/{seconds}", "x"u8.ToArray()) { Retain = true, ExpirySeconds = seconds });
            // Not without an acknowledgement: it came after both.
            await probe.PublishAsync("end", "");
        }

        _time.Advance(TimeSpan.FromSeconds(60));
        await using var second = await StartAsync(Settings() with { RetainedFile = RetainedFile });
        await using var reader = await ConnectedAsync(second, "b");
        await reader.SubscribeAsync(new MqttSubscription("#"));
        var left = await reader.NextAsync();
        Assert.Equal("t/100", left.Topic);
        Assert.InRange(left.ExpirySeconds!.Value, 35u, 40u);
        await reader.PublishAsync("end", "");
        Assert.Equal("end ", await reader.NextTextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"version\":2,\"messages\":[]}")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":1,\"messages\":[1]}")]
    [InlineData("{\"version\":1,\"messages\":[{\"topic\":\"\",\"payload\":\"\",\"qos\":0}]}")]
    [InlineData("{\"version\":1,\"messages\":[{\"topic\":\"a/#\",\"payload\":\"\",\"qos\":0}]}")]
    [InlineData("{\"version\":1,\"messages\":[{\"topic\":\"a\",\"payload\":\"?\",\"qos\":0}]}")]
    [InlineData("{\"version\":1,\"messages\":[{\"topic\":\"a\",\"qos\":0}]}")]
    [InlineData("{\"version\":1,\"messages\":[{\"topic\":\"a\",\"payload\":\"\",\"qos\":3}]}")]
    [InlineData("{\"version\":1,\"messages\":[{\"topic\":\"a\",\"payload\":\"\",\"qos\":0,\"expires\":\"soon\"}]}")]
    [InlineData("{\"version\":1,\"messages\":[{\"topic\":\"a\",\"payload\":\"\",\"qos\":0,\"userProperties\":[\"odd\"]}]}")]
    [InlineData("{\"version\":1,\"messages\":[{\"topic\":{},\"payload\":\"\",\"qos\":0}]}")]
    public async Task A_file_that_cannot_be_read_is_put_aside_and_named(string content)
    {
        await File.WriteAllTextAsync(RetainedFile, content);
        await using var broker = await StartAsync(Settings() with { RetainedFile = RetainedFile });
        var aside = Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.StartsWith(RetainedFile + ".corrupt-", aside, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(aside));
        Assert.Single(_log.Lines, line => line.Contains(aside, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_named_and_the_broker_goes_on()
    {
        // a file where the folder should be
        await File.WriteAllTextAsync(_folder["folder"], "");
        await using (var broker = await StartAsync(Settings() with { RetainedFile = _folder.File("folder", "retained.json") }))
        {
            await using var probe = await ConnectedAsync(broker, "a");
            await probe.PublishAsync("t", "kept", retain: true);
        }

        Assert.Contains(_log.Lines, static line => line.Contains("cannot be written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_publishes_wills_and_keeps_them_when_they_are_retained()
    {
        await using (var first = await StartAsync(Settings() with { RetainedFile = RetainedFile }))
        {
            await using var probe = NewProbe();
            await probe.Link.ConnectAsync(
                Request(first, "a") with { Will = new MqttMessage("state", "offline"u8.ToArray()) { Retain = true } },
                CancellationToken.None);
            await probe.PublishAsync("state", "online", retain: true);
            var stopping = first.DisposeAsync();
            Assert.Contains("the broker", await probe.LostAsync(), StringComparison.Ordinal);
            await stopping;
        }

        await using var second = await StartAsync(Settings() with { RetainedFile = RetainedFile });
        await using var reader = await ConnectedAsync(second, "b");
        await reader.SubscribeAsync(new MqttSubscription("state"));
        Assert.Equal("state offline", await reader.NextTextAsync());
    }

    private Task<EmbeddedBroker> StartAsync(EmbeddedBrokerSettings settings) =>
        EmbeddedBroker.StartAsync(settings, _time, _log, TestContext.Current.CancellationToken);

    private static EmbeddedBrokerSettings Settings() => new(new IPEndPoint(IPAddress.Loopback, 0));

    private static MqttConnectRequest Request(EmbeddedBroker broker, string clientId) =>
        new("127.0.0.1", broker.LocalEndPoint.Port, clientId) { Limit = TimeSpan.FromSeconds(30) };

    private static LinkProbe NewProbe() => new(new MqttNetLink(TimeProvider.System));

    private static async Task<LinkProbe> ConnectedAsync(EmbeddedBroker broker, string clientId)
    {
        var probe = NewProbe();
        await probe.Link.ConnectAsync(Request(broker, clientId), CancellationToken.None);
        return probe;
    }
}
