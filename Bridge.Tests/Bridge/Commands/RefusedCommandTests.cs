using System.Text;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Commands;

/// <summary>Commands that are wrong: nothing is sent, one message tells it.</summary>
public sealed class RefusedCommandTests(SharedCommandBench bench) : IClassFixture<SharedCommandBench>
{
    private const string Logging = "zwbridge/bridge/logging";

    [Theory]
    [InlineData("node_2/set", "maybe", "\"state\" cannot be \"maybe\"; allowed are ON, OFF, TOGGLE, true, false, 1 and 0", "invalid")]
    [InlineData("node_2/set", "-1", "\"state\" cannot be -1; allowed are ON, OFF, TOGGLE, true, false, 1 and 0", "invalid")]
    [InlineData("node_2/set", "{\"state\":", "the payload is no JSON: a value is missing (at character 10)", "invalid")]
    [InlineData("node_9/set", "ON", "node 9 does not exist", "node_unknown")]
    [InlineData("node_1/set", "ON", "node 1 is the controller itself", "invalid")]
    [InlineData("kitchen/set", "ON", "there is no device \"kitchen\"", "invalid")]
    [InlineData("node_4/7/set", "ON", "\"7\" is no endpoint of this node; it has 1, 2, 3", "invalid")]
    [InlineData("node_3/set/power_limit", "4501", "\"power_limit\" cannot be 4501; allowed are whole numbers 0..4500, in W; or \"No limit\"", "invalid")]
    [InlineData("node_3/set/power", "1", "\"power\" cannot be set: the node tells it", "invalid")]
    [InlineData("node_2/get", "[1]", "get takes nothing, a name, a list of names, or an object with names as keys", "invalid")]
    [InlineData("node_2/get", "ping", "\"ping\" cannot be read", "invalid")]
    public async Task What_is_wrong_is_answered_and_logged_exactly_once(string topic, string payload, string error, string code)
    {
        bench.Time.Advance(2000);
        var before = bench.Value.Sink.On(Logging).Count;
        var answer = await bench.Value.AskAsync(topic, payload);
        Assert.Equal((error, code, "error"), ((string?)answer["error"], (string?)answer["code"], (string?)answer["status"]));
        Assert.Empty(answer["data"]!);
        var log = JObject.Parse(Encoding.UTF8.GetString(Assert.Single(bench.Value.Sink.On(Logging).Skip(before)).Payload.Span));
        Assert.Equal(("error", error, $"zwbridge/{topic}", payload), ((string?)log["level"], (string?)log["message"], (string?)log["topic"], (string?)log["payload"]));
        Assert.All(bench.Value.Host.Plugs.Nodes, static plug => Assert.False(plug.IsOn()));
    }
}
