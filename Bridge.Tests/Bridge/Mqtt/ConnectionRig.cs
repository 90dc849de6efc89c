using System.Text;
using Bridge.Mqtt;
using Bridge.Tests.Support;

namespace Bridge.Tests.Mqtt;

/// <summary>A connection on a fake link, its time moved by hand. Everything that is published anew is one retained message, "base/all".</summary>
internal sealed class ConnectionRig : IAsyncDisposable
{
    public const string State = "base/bridge/state";
    public const int MaximumInFlight = 256;
    public const int MaximumTopics = 10_000;
    public const int MaximumEvents = 256;
    public const string Refreshed = "publish base/all now";

    public ConnectionRig(MqttConnectRequest? request = null, bool retain = true)
    {
        Publication = new(Time, Log);
        Publication.Add("all", async cancellationToken =>
        {
            await Gate.WaitAsync(cancellationToken);
            Connection!.Publish(Retained("base/all", "now"));
        });
        var options = new MqttConnectionOptions(request ?? new("broker", 1883, "zwbridge-1") { Password = "secret-word" }, State)
        {
            Jitter = static () => 1,
            Retain = retain,
        };
        Connection = new(Link, options, Publication, Time, Log);
    }

    public ManualTimeProvider Time { get; } = new();

    public FakeMqttLink Link { get; } = new();

    public CollectedLog Log { get; } = new();

    public FullPublication Publication { get; }

    /// <summary>Publishing everything waits for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public MqttConnection Connection { get; }

    public static MqttMessage Retained(string topic, string text) => new(topic, Encoding.UTF8.GetBytes(text))
    {
        Retain = true,
        QualityOfService = MqttQualityOfService.AtLeastOnce,
    };

    public static MqttMessage Event(string topic, string text) => new(topic, Encoding.UTF8.GetBytes(text));

    public async Task ConnectAsync()
    {
        Connection.Start();
        await Link.UntilCalledAsync(Refreshed);
    }

    /// <summary>The connection breaks, and comes back after the first pause.</summary>
    public async Task ReconnectAsync()
    {
        var before = Link.Calls.Count(static call => call == Refreshed);
        Link.Lose("gone");
        await Time.ElapseAsync(1000);
        await Link.UntilCalledAsync(Refreshed, before + 1);
    }

    /// <summary>Whatever the broker did, it takes the farewell.</summary>
    public ValueTask DisposeAsync()
    {
        Link.IsStalled = false;
        Link.Acknowledge();
        return Connection.DisposeAsync();
    }
}
