using System.Text.Json;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>An MQTT client of other people (npm mqtt) on a broker of this machine: sees everything, says what it is told to.</summary>
/// <remarks>Members may be called from any thread.</remarks>
internal sealed class MqttPeer : IAsyncDisposable
{
    private const string Answers = "answers/";
    private int _questions;

    private MqttPeer(NodePeer peer) => Peer = peer;

    /// <summary>The script: everything it said.</summary>
    public NodePeer Peer { get; }

    /// <summary>How much was said so far: where to wait from for what comes after now.</summary>
    public int Position => Peer.Position;

    /// <summary>Connects with MQTT 5 and subscribes to everything.</summary>
    public static async Task<MqttPeer> ConnectAsync(int port, string clientId = "peer")
    {
        var peer = NodePeer.Start("mqtt-client.mjs", $"{port}", "5", "--id", clientId);
        try
        {
            await peer.NextEventAsync("connected");
            await peer.RunAsync("subscribe", ("filter", "#"), ("qos", 1));
            return new(peer);
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first message of a topic that fits, counted from <paramref name="since"/>.</summary>
    /// <param name="fits">Looks at the payload; null: any payload.</param>
    public Task<JsonElement> NextAsync(string topic, Func<string, bool>? fits = null, int since = 0, TimeSpan? limit = null) =>
        Peer.NextAsync(
            line => line.IsEvent("message") && line.Text("topic") == topic && (fits is null || fits(line.Text("payload"))),
            $"a fitting {topic}", since, limit);

    /// <summary>Waits for exactly this payload.</summary>
    public Task<JsonElement> NextAsync(string topic, string payload, int since = 0) => NextAsync(topic, said => said == payload, since);

    /// <summary>The first JSON object of a topic that fits, counted from <paramref name="since"/>.</summary>
    public async Task<JsonElement> NextObjectAsync(string topic, Func<JsonElement, bool> fits, int since = 0, TimeSpan? limit = null)
    {
        var message = await NextAsync(topic, said => said.StartsWith('{') && fits(Read(said)), since, limit);
        return Read(message.Text("payload"));
    }

    /// <summary>The first JSON object of a topic that has this value; <c>true</c> is "True".</summary>
    public Task<JsonElement> NextValueAsync(string topic, string key, string value, int since = 0) =>
        NextObjectAsync(topic, told => told.TryGetProperty(key, out var found) && found.ToString() == value, since);

    /// <summary>Every message of a topic, in order, from <paramref name="since"/> on.</summary>
    public IReadOnlyList<JsonElement> Messages(string topic, int since = 0) =>
        [.. Peer.Lines.Skip(since).Where(line => line.IsEvent("message") && line.Text("topic") == topic)];

    /// <summary>The newest payload of a topic.</summary>
    public string Latest(string topic)
    {
        var messages = Messages(topic);
        Assert.True(messages.Count > 0, $"nothing was ever said on {topic}");
        return messages[^1].Text("payload");
    }

    /// <summary>The newest payload of a topic as JSON.</summary>
    public JsonElement LatestObject(string topic) => Read(Latest(topic));

    /// <summary>Ends when the broker has acknowledged it.</summary>
    public Task PublishAsync(string topic, string payload, bool retain = false) =>
        Peer.RunAsync("publish", ("topic", topic), ("payload", payload), ("qos", 1), ("retain", retain));

    /// <summary>Publishes with a response topic and waits for the answer there.</summary>
    public async Task<JsonElement> AskAsync(string topic, string payload)
    {
        var number = $"{Interlocked.Increment(ref _questions)}";
        var since = Position;
        await Peer.RunAsync(
            "publish", ("topic", topic), ("payload", payload), ("qos", 1),
            ("properties", new { responseTopic = Answers + number, correlationData = number }));
        var answer = await NextAsync(Answers + number, since: since);
        Assert.Equal(number, answer.GetProperty("properties").Text("correlationData"));
        return Read(answer.Text("payload"));
    }

    /// <summary>The same, and the answer has to say that it was done.</summary>
    /// <returns>Its data.</returns>
    public async Task<JsonElement> DoAsync(string topic, string payload)
    {
        var answer = await AskAsync(topic, payload);
        Assert.True(answer.Text("status") == "ok", $"{topic} {payload}: {answer.GetRawText()}");
        return answer.GetProperty("data");
    }

    public ValueTask DisposeAsync() => Peer.DisposeAsync();

    private static JsonElement Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
