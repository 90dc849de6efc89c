using System.Diagnostics;
using System.Text;
using Bridge.Mqtt;
using Bridge.Tests.Mqtt;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Alone, because it takes all there is.</summary>
[CollectionDefinition(nameof(StormTests), DisableParallelization = true)]
public sealed class StormCollection;

/// <summary>Everything at once through a real broker.</summary>
[Collection(nameof(StormTests))]
public sealed class StormTests
{
    private const int Messages = 100_000;
    private const long MaximumGrowth = 24 * 1024 * 1024;

    private static readonly string[] s_topics =
    [
        "node_2/set", "node_3/set", "node_4/set", "node_4/1/set", "node_4/9/set", "node_4/x/set/y", "node_2/set/state",
        "node_3/set/power_limit", "node_3/set/led",
        "node_2/get", "node_4/get", "nobody/set", "node_99/set", "node_2/set/nothing", "node_300/2/set", "bridge/request/info", "bridge/request/device/ping",
        "bridge/request/device/configure", "bridge/request/device/options", "bridge/request/options", "bridge/request/nonsense",
        "bridge/request/device/reset_meter",
        "bridge/request/health_check", "bridge/request/device/refresh", "bridge/request/a/b/c/d/e",
    ];

    [Fact]
    public async Task A_hundred_thousand_random_messages_through_the_broker_leave_the_bridge_alive_small_and_ready()
    {
        await using var bench = await BridgeBench.StartAsync(new()
        {
            Mosquitto = new() { IsVerbose = false, Lines = ["max_queued_messages 0", "max_inflight_messages 0"] },
            // not the storm itself
            ObserverFilters =
            [
                "zwbridge/bridge/logging", "zwbridge/bridge/info", "zwbridge/bridge/health", "zwbridge/+", "zwbridge/+/availability", "homeassistant/#",
                "+/answer",
            ],
        });
        await using var sender = new MqttNetLink(TimeProvider.System);
        await sender.ConnectAsync(new("127.0.0.1", bench.Broker.Port, "storm"), CancellationToken.None);
        var payloads = new PayloadGenerator(20260131);
        var counters = bench.Session!.Connection.Counters;
        var received = counters.Received;
        await SendAsync(sender, payloads, 10_000);
        await ReceivedAsync(bench, received + 10_000);
        bench.Forget();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var since = bench.Observer.Count;
        var watch = Stopwatch.StartNew();
        await SendAsync(sender, payloads, Messages - 10_000);
        await ReceivedAsync(bench, received + Messages);
        var storm = watch.Elapsed;
        watch.Restart();
        // What is under way may fill the places of the node still.
        var shown = bench.Observer.UntilLastAsync("zwbridge/node_3", "power_limit", 1234);
        // What is under way may fill the places of the node still; the answer itself may find no place among all the others.
        while (await bench.Observer.TryAskAsync("zwbridge/node_3/set/power_limit", "1234", TimeSpan.FromMilliseconds(500)) is { } answer
            && (string?)answer["code"] is "queue_full" or "superseded")
        {
        }

        await shown;
        var recovery = watch.Elapsed;
        Assert.InRange(recovery, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(0, counters.HandlerFailures);
        Assert.Equal(1, counters.Connects);
        // Among all the answers a line may find no place; the number of those left out is told once the second is over.
        await bench.Observer.UntilAsync("zwbridge/bridge/logging", static _ => true, since);
        var lines = bench.Observer.Since(since, "zwbridge/bridge/logging").Count;
        // ten faults a second and their number; what the program itself has to say, thirty lines in ten seconds
        Assert.InRange(lines, 1, (int)((storm + recovery).TotalSeconds + 2) * 14);
        await bench.SettleAsync();
        Assert.DoesNotContain(bench.Log.Lines, static line => line.Contains("fault in this program", StringComparison.Ordinal));
        bench.Forget();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MaximumGrowth);
    }

    private static async Task SendAsync(MqttNetLink sender, PayloadGenerator payloads, int count)
    {
        List<Task> sending = [];
        for (var index = 0; index < count; index++)
        {
            var topic = s_topics[payloads.Number(s_topics.Length)];
            // now and then very deep, or very long
            var payload = index % 5000 == 0 ? Encoding.UTF8.GetBytes(new string('[', 100_000)) : payloads.Next();
            sending.Add(sender.PublishAsync(new($"zwbridge/{topic}", payload), CancellationToken.None));
            if (sending.Count < 500) continue;
            await Task.WhenAll(sending);
            sending.Clear();
        }

        await Task.WhenAll(sending);
    }

    private static async Task ReceivedAsync(BridgeBench bench, long count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        // Asked once for each way to the broker and back.
        while (bench.Session!.Connection.Counters.Received < count) await bench.Observer.PublishAsync("pace", "").WaitAsync(limit.Token);
    }
}
