using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Bridge.Mqtt;
using Bridge.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.Mqtt;

/// <summary>Other people's clients on the built-in broker: the Mosquitto programs and npm mqtt, in both protocol versions.</summary>
public sealed class EmbeddedBrokerPeerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("mqttv311", "0")]
    [InlineData("mqttv311", "1")]
    [InlineData("mqttv311", "2")]
    [InlineData("mqttv5", "0")]
    [InlineData("mqttv5", "1")]
    [InlineData("mqttv5", "2")]
    public async Task mosquitto_pub_reaches_mosquitto_sub(string version, string quality)
    {
        await using var broker = await StartAsync();
        // Retained: it comes whichever of the two is first.
        await RunAsync("mosquitto_pub", broker, version, "-t", "plug/kitchen", "-m", "ON", "-q", quality, "-r");
        var said = await RunAsync("mosquitto_sub", broker, version, "-t", "plug/#", "-q", quality, "-C", "1", "-F", "%t %p %q %r");
        Assert.Equal($"plug/kitchen ON {quality} 1\n", said);
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task mosquitto_pub_clears_what_is_retained(string version)
    {
        await using var broker = await StartAsync();
        await RunAsync("mosquitto_pub", broker, version, "-t", "a", "-m", "old", "-q", "1", "-r");
        await RunAsync("mosquitto_pub", broker, version, "-t", "a", "-n", "-q", "1", "-r");
        await RunAsync("mosquitto_pub", broker, version, "-t", "b", "-m", "new", "-q", "1", "-r");
        Assert.Equal("b new\n", await RunAsync("mosquitto_sub", broker, version, "-t", "#", "-C", "1", "-v"));
    }

    [Fact]
    public async Task A_thousand_lines_for_a_mosquitto_sub_that_is_away_come_through_in_their_order()
    {
        await using var broker = await StartAsync();
        // -c keeps the session, -E ends once subscribed
        await RunAsync("mosquitto_sub", broker, "mqttv311", "-i", "kept", "-c", "-t", "lines", "-q", "2", "-E");
        var lines = Enumerable.Range(0, 1000).Select(static number => number.ToString(CultureInfo.InvariantCulture)).ToArray();
        using var writer = Start("mosquitto_pub", broker, "mqttv311", ["-t", "lines", "-q", "2", "-l"]);
        foreach (var line in lines) await writer.StandardInput.WriteLineAsync(line);
        writer.StandardInput.Close();
        await writer.WaitForExitAsync().WaitAsync(s_patience, TimeProvider.System);
        var said = await RunAsync("mosquitto_sub", broker, "mqttv311", "-i", "kept", "-c", "-t", "lines", "-q", "2", "-C", "1000");
        Assert.Equal(lines, said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task mosquitto_rr_gets_the_answer_of_our_link()
    {
        await using var broker = await StartAsync();
        await using var probe = new LinkProbe(new MqttNetLink(TimeProvider.System));
        await probe.Link.ConnectAsync(new("127.0.0.1", broker.LocalEndPoint.Port, "answers"), CancellationToken.None);
        await probe.SubscribeAsync(new MqttSubscription("request/#"));
        var asking = RunAsync("mosquitto_rr", broker, "mqttv5", "-t", "request/health", "-e", "reply/1", "-m", "{}", "-q", "1");
        var request = await probe.NextAsync();
        await probe.PublishAsync(new MqttMessage(request.ResponseTopic!, "well"u8.ToArray()) { CorrelationData = request.CorrelationData });
        Assert.Equal("well\n", await asking);
    }

    [Fact]
    public async Task The_will_of_a_killed_mosquitto_sub_is_published()
    {
        var log = new LineLogger();
        await using var broker = await StartAsync(logger: log);
        await using var probe = new LinkProbe(new MqttNetLink(TimeProvider.System));
        await probe.Link.ConnectAsync(new("127.0.0.1", broker.LocalEndPoint.Port, "witness"), CancellationToken.None);
        await probe.SubscribeAsync(new MqttSubscription("will"));
        using var client = Start("mosquitto_sub", broker, "mqttv311", ["-i", "victim", "-t", "x", "--will-topic", "will", "--will-payload", "gone"]);
        await log.SaidAsync("victim connected");
        client.Kill();
        Assert.Equal("will gone", await probe.NextTextAsync());
    }

    [Fact]
    public async Task A_wrong_password_is_what_mosquitto_pub_is_told()
    {
        await using var broker = await StartAsync(static settings => settings with { Username = "me", Password = "right" });
        var words = await RunAsync("mosquitto_pub", broker, "mqttv311", isExpected: false, "-t", "a", "-m", "b", "-u", "me", "-P", "wrong");
        Assert.Contains("bad user name or password", words, StringComparison.OrdinalIgnoreCase);
        await RunAsync("mosquitto_pub", broker, "mqttv311", "-t", "a", "-m", "b", "-u", "me", "-P", "right");
    }

    [Theory]
    [InlineData("4")]
    [InlineData("5")]
    public async Task Npm_mqtt_subscribes_publishes_and_is_answered(string version)
    {
        await using var broker = await StartAsync();
        await using var peer = NodePeer.Start("mqtt-client.mjs", broker.LocalEndPoint.Port.ToString(CultureInfo.InvariantCulture), version);
        await peer.NextEventAsync("connected");
        Assert.Equal("[2]", (await peer.RunAsync("subscribe", ("filter", "t/+"), ("qos", 2))).GetRawText());
        foreach (var quality in (int[])[0, 1, 2])
        {
            await peer.RunAsync("publish", ("topic", $"t/{quality}"), ("payload", $"é {quality}"), ("qos", quality), ("retain", quality == 1));
            var message = await peer.NextEventAsync("message", line => line.GetProperty("topic").GetString() == $"t/{quality}");
            Assert.Equal(($"é {quality}", quality, false), (Text(message, "payload"), message.GetProperty("qos").GetInt32(), message.GetProperty("retain").GetBoolean()));
        }

        await peer.RunAsync("subscribe", ("filter", "t/1"), ("qos", 0));
        await peer.NextEventAsync("message", static line => line.GetProperty("retain").GetBoolean());
        await peer.RunAsync("unsubscribe", ("filter", "t/+"));
        await peer.RunAsync("end");
        await peer.NextEventAsync("closed");
    }

    [Fact]
    public async Task Npm_mqtt_gets_the_properties_of_version_5()
    {
        await using var broker = await StartAsync();
        await using var peer = NodePeer.Start("mqtt-client.mjs", broker.LocalEndPoint.Port.ToString(CultureInfo.InvariantCulture), "5", "--id", "npm");
        var connected = await peer.NextEventAsync("connected");
        Assert.Equal("response/npm", Text(connected.GetProperty("properties"), "responseInformation"));
        await peer.RunAsync("subscribe", ("filter", "t"), ("options", new { properties = new { subscriptionIdentifier = 7 } }));
        var properties = new { responseTopic = "r", correlationData = "c", contentType = "text/plain", messageExpiryInterval = 60, userProperties = new { a = "b" } };
        await peer.RunAsync("publish", ("topic", "t"), ("payload", "x"), ("qos", 1), ("properties", properties));
        var got = (await peer.NextEventAsync("message")).GetProperty("properties");
        Assert.Equal(("r", "c", "text/plain"), (Text(got, "responseTopic"), Text(got, "correlationData"), Text(got, "contentType")));
        Assert.Equal((60, 7), (got.GetProperty("messageExpiryInterval").GetInt32(), got.GetProperty("subscriptionIdentifier").GetInt32()));
        Assert.Equal("b", Text(got.GetProperty("userProperties"), "a"));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static Task<EmbeddedBroker> StartAsync(Func<EmbeddedBrokerSettings, EmbeddedBrokerSettings>? change = null, ILogger? logger = null)
    {
        var settings = new EmbeddedBrokerSettings(new IPEndPoint(IPAddress.Loopback, 0));
        return EmbeddedBroker.StartAsync(change?.Invoke(settings) ?? settings, TimeProvider.System, logger ?? NullLogger.Instance, CancellationToken.None);
    }

    private static Task<string> RunAsync(string program, EmbeddedBroker broker, string version, params string[] arguments) =>
        RunAsync(program, broker, version, isExpected: true, arguments);

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it said; what it complained of when it failed as expected.</returns>
    private static async Task<string> RunAsync(string program, EmbeddedBroker broker, string version, bool isExpected, params string[] arguments)
    {
        using var process = Start(program, broker, version, arguments);
        process.StandardInput.Close();
        var complaints = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync().WaitAsync(s_patience, TimeProvider.System);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0 == isExpected, $"{program} ended with {process.ExitCode}: {await complaints}");
        return isExpected ? said : await complaints;
    }

    private static Process Start(string program, EmbeddedBroker broker, string version, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(PeerPrograms.RequireProgram(program))
        {
            ArgumentList = { "-h", "127.0.0.1", "-p", broker.LocalEndPoint.Port.ToString(CultureInfo.InvariantCulture), "-V", version },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
