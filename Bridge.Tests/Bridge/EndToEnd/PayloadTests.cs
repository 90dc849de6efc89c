using System.Diagnostics;
using System.Text;
using Bridge.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>
/// Payloads that mean nothing: each is told once on <c>bridge/logging</c> and once to its sender, and nothing goes on the air. Not more than ten a bridge:
/// more within a second are only counted.
/// </summary>
public sealed class PayloadTests
{
    [Fact]
    public async Task Payloads_that_cannot_be_read_are_answered_and_told_once_and_nothing_is_sent() => await RefusedAsync(
        ("node_3/set", "maybe", "allowed are ON, OFF"),
        ("node_3/set", "{", null),
        ("node_3/set", """{"state":"ON","nope":1}""", "nope"),
        ("node_3/set", "{}", "at least one key"),
        ("node_3/set", "[1]", "allowed are ON, OFF"),
        ("node_3/set", "\u00FF\u00FE\u0000\u0001", null),
        ("node_3/set/nope", "1", "is not known here"),
        ("node_4/7/set", "ON", "7"),
        ("node_99/set", "ON", "node 99 does not exist"),
        ("nobody/set", "ON", "there is no device"));

    [Fact]
    public async Task Numbers_that_are_no_state_of_a_relay_are_refused_with_what_is_allowed() => await RefusedAsync(
        ("node_3/set", "-1", "allowed are ON, OFF"),
        ("node_3/set", "2", "allowed are ON, OFF"),
        ("node_3/set", "1e9", "allowed are ON, OFF"),
        ("node_3/set", "255", "allowed are ON, OFF"),
        ("node_3/set/state", "0.5", "allowed are ON, OFF"),
        ("node_4/1/set", """{"state":99}""", "allowed are ON, OFF"));

    [Fact]
    public async Task Numbers_out_of_the_range_of_a_parameter_are_refused_with_the_range() => await RefusedAsync(
        ("node_3/set/power_limit", "-5", "0..4500, in W"),
        ("node_3/set/power_limit", "4501", "0..4500, in W"),
        ("node_3/set/report_percent", "5", "10..100 and 0"),
        ("node_3/set/power_limit", "1e9", "0..4500"),
        ("node_3/set/power_limit", "99999999999999999999999999999999", "0..4500"),
        ("node_3/set/power_limit", "1.5", "0..4500"),
        ("node_2/set/led_indicator", "blue", "\"Always on\" (3)"),
        ("node_3/set/energy", "1", "the node tells it"),
        ("node_3/set/protection", "3", "allowed are"));

    [Fact]
    public async Task Requests_with_wrong_numbers_are_refused_with_what_is_allowed()
    {
        await using var bench = await BridgeBench.StartAsync();
        var said = bench.SaidCount;
        foreach (var (what, payload, words) in new[]
        {
            ("device/configure", """{"id":3,"parameter":3,"value":-5}""", "0..4500"),
            ("device/configure", """{"id":3,"parameter":3,"size":1,"value":5}""", "2"),
            ("device/configure", """{"id":3,"parameter":300,"value":5}""", "0..255"),
            ("device/rename", """{"id":3,"to":"node_2"}""", "node_2"),
            ("nothing/such", "{}", "there is no request"),
            ("device/ping", "{", ""),
        })
        {
            var answer = await bench.Observer.AskAsync($"zwbridge/bridge/request/{what}", payload);
            Assert.Equal("error", (string?)answer["status"]);
            Assert.Contains(words, (string)answer["error"]!, StringComparison.Ordinal);
        }

        Assert.Equal(said, bench.SaidCount);
    }

    [Fact]
    public async Task An_empty_payload_is_nothing_to_do()
    {
        await using var bench = await BridgeBench.StartAsync();
        var (since, said) = (bench.Observer.Count, bench.SaidCount);
        await bench.Observer.PublishAsync("zwbridge/node_3/set", "");
        await bench.Observer.AskAsync("zwbridge/bridge/request/health_check", "{}");
        Assert.Empty(bench.Observer.Since(since, "zwbridge/bridge/logging"));
        Assert.Equal(said, bench.SaidCount);
    }

    [Fact]
    public async Task Every_spelling_of_people_and_programs_switches()
    {
        await using var bench = await BridgeBench.StartAsync(new() { Broker = BrokerKind.Embedded });
        foreach (var (payload, isOn) in new[]
        {
            ("on", true), ("OFF", false), ("ON\r\n", true), ("toggle", false), ("1", true), ("0", false), ("true", true), ("\"OFF\"", false),
            ("""{"state":true}""", true), ("""{"state":"off"}""", false), ("""{"state":1}""", true), ("false", false),
        })
        {
            var since = bench.Observer.Count;
            await bench.Observer.PublishAsync("zwbridge/node_2/set", payload);
            await bench.Observer.UntilObjectAsync("zwbridge/node_2", state => (string?)state["state"] == (isOn ? "ON" : "OFF"), since, payload);
            Assert.Equal(isOn, bench.Plugs[2].IsOn());
        }
    }

    [Fact]
    public async Task Mosquitto_rr_gets_the_answer_to_a_set_and_to_a_request()
    {
        await using var bench = await BridgeBench.StartAsync();
        var answer = await MosquittoAsync(bench, "zwbridge/node_3/set", "ON");
        Assert.Equal(("ok", "ON"), ((string?)answer["status"], (string?)answer["data"]!["state"]));
        answer = await MosquittoAsync(bench, "zwbridge/node_3/set", "maybe");
        Assert.Equal("error", (string?)answer["status"]);
        answer = await MosquittoAsync(bench, "zwbridge/bridge/request/device/ping", """{"id":4,"transaction":"17"}""");
        Assert.Equal(("ok", "17"), ((string?)answer["status"], (string?)answer["transaction"]));
    }

    private static async Task<JObject> MosquittoAsync(BridgeBench bench, string topic, string payload)
    {
        var start = new ProcessStartInfo(
            PeerPrograms.RequireProgram("mosquitto_rr"),
            ["-h", "127.0.0.1", "-p", $"{bench.Broker.Port}", "-V", "5", "-t", topic, "-e", "reply/1", "-m", payload, "-W", "20"])
        {
            RedirectStandardOutput = true,
        };
        using var program = Process.Start(start)!;
        return JObject.Parse(await program.StandardOutput.ReadToEndAsync());
    }

    private static async Task RefusedAsync(params (string Topic, string Payload, string? Words)[] commands)
    {
        Assert.InRange(commands.Length, 1, 10);
        await using var bench = await BridgeBench.StartAsync();
        var said = bench.SaidCount;
        foreach (var (topic, payload, words) in commands)
        {
            var since = bench.Observer.Count;
            // Latin-1: characters below 256 are bytes.
            var answer = await bench.Observer.AskAsync($"zwbridge/{topic}", Encoding.Latin1.GetBytes(payload));
            Assert.True((string?)answer["status"] == "error", $"{topic} {payload}: {answer}");
            if (words is not null) Assert.Contains(words, (string)answer["error"]!, StringComparison.Ordinal);
            var line = JObject.Parse(Assert.Single(bench.Observer.Since(since, "zwbridge/bridge/logging")).Payload);
            Assert.Equal(("error", $"zwbridge/{topic}"), ((string?)line["level"], (string?)line["topic"]));
            Assert.Equal((string?)answer["error"], (string?)line["message"]);
        }

        Assert.Equal(said, bench.SaidCount);
    }
}
