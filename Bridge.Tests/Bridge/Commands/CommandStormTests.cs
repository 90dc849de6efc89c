using System.Diagnostics;
using System.Text;
using Bridge.Tests.Mqtt;
using Bridge.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Commands;

/// <summary>Everything at once, as nobody in his senses sends it.</summary>
// It measures the memory of the whole program: alone.
[Collection(nameof(EndToEnd.StormTests))]
public sealed class CommandStormTests
{
    private const int Messages = 100_000;
    private const long MaximumGrowth = 16 * 1024 * 1024;

    private static readonly string[] s_topics =
    [
        "node_2/set", "node_3/set", "node_4/set", "node_4/1/set", "node_4/9/set", "node_4/x/set/y", "node_2/set/state", "node_3/set/power_limit", "node_3/set/led",
        "node_2/get", "node_4/get", "nobody/set", "/set", "node_2/set/", "bridge/request/info", "bridge/request/device/ping", "bridge/request/device/rename",
        "bridge/request/device/configure", "bridge/request/device/options", "bridge/request/options", "bridge/request/nonsense", "bridge/request/device/reset_meter",
    ];

    [Fact]
    public async Task A_hundred_thousand_random_messages_leave_the_bridge_alive_small_and_ready()
    {
        var time = new ManualTimeProvider();
        await using var bench = await CommandBench.StartAsync(time);
        bench.Sink.IsRecording = false;
        var random = new PayloadGenerator(4711);
        Send(bench, random, 10_000);
        await UntilIdleAsync(bench);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Send(bench, random, Messages - 10_000);
        await UntilIdleAsync(bench);
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(growth, long.MinValue, MaximumGrowth);
        bench.Sink.IsRecording = true;
        Assert.Equal("ok", (string?)(await bench.AskAsync("node_2/set", "ON"))["status"]);
        Assert.True(bench.Host.Plugs[2].IsOn());
        Assert.Empty(bench.Sink.On("zwbridge/bridge/logging"));
        // The clock stood still: ten were told in that second, of the rest the number.
        time.Advance(1000);
        var summary = JObject.Parse(Encoding.UTF8.GetString(Assert.Single(bench.Sink.On("zwbridge/bridge/logging")).Payload.Span));
        Assert.Matches("^[0-9]{4,} more messages with faults within a second$", (string)summary["message"]!);
    }

    [Fact]
    public async Task Ten_faults_a_second_are_logged_and_every_one_is_answered()
    {
        var time = new ManualTimeProvider();
        await using var bench = await CommandBench.StartAsync(time);
        var answers = await Task.WhenAll(Enumerable.Range(0, 25).Select(number => bench.AskAsync("node_2/set", $"nonsense {number}")));
        Assert.All(answers, static answer => Assert.Equal("error", (string?)answer["status"]));
        Assert.Equal(10, bench.Sink.On("zwbridge/bridge/logging").Count);
        time.Advance(1000);
        Assert.Equal("15 more messages with faults within a second", (string?)(await bench.Sink.NextAsync("zwbridge/bridge/logging", 11))["message"]);
        await bench.AskAsync("node_2/set", "nonsense");
        Assert.Equal(12, bench.Sink.On("zwbridge/bridge/logging").Count);
        time.Advance(5000);
        Assert.Equal(12, bench.Sink.On("zwbridge/bridge/logging").Count);
    }

    private static void Send(CommandBench bench, PayloadGenerator random, int count)
    {
        for (var sent = 0; sent < count; sent++)
        {
            var topic = s_topics[random.Number(s_topics.Length)];
            var hasReply = random.Number(2) == 0;
            bench.Receive(topic, random.Next(), message => message with
            {
                ResponseTopic = hasReply ? "reply" : null,
                IsDuplicate = random.Number(10) == 0,
                Retain = random.Number(50) == 0,
            });
        }
    }

    // What is under way ends by itself; each end publishes an answer.
    private static async Task UntilIdleAsync(CommandBench bench)
    {
        var began = Stopwatch.GetTimestamp();
        while (bench.Commands.MessagesUnderWay + bench.Requests.RequestsUnderWay > 0)
        {
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(60));
            await Task.Yield();
        }
    }
}
