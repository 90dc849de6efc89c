using Bridge.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Heal and backup, seen on the broker.</summary>
public sealed class UpkeepTests(SharedBench shared) : IClassFixture<SharedBench>
{
    private const string Events = "zwbridge/bridge/event";

    private readonly BridgeBench _bench = shared.Bridge;

    [Fact]
    public async Task Heal_of_all_is_told_node_by_node()
    {
        var since = _bench.Observer.Count;
        await _bench.Observer.AskAsync("zwbridge/bridge/request/device/heal", """{"id":"all"}""");
        var finished = JObject.Parse((await _bench.Observer.UntilObjectAsync(Events, static told => (string?)told["type"] == "heal_finished", since)).Payload);
        Assert.Equal((3, 0, 0), ((int)finished["healed"]!, (int)finished["failed"]!, (int)finished["cancelled"]!));
        Assert.Equal(
            """{"id":2,"name":"Node 2","outcome":"healed","reason":null}""", finished["nodes"]![0]!.ToString(Newtonsoft.Json.Formatting.None));
        await _bench.Observer.UntilObjectAsync(
            Events,
            static told => (string?)told["type"] == "heal_progress" && (string?)told["step"] == "neighbors" && (int)told["done"]! == 2 && (int)told["total"]! == 3,
            since);
    }

    [Fact]
    public async Task Backup_is_told_and_no_plug_goes_offline()
    {
        var since = _bench.Observer.Count;
        var answer = await _bench.Observer.AskAsync("zwbridge/bridge/request/backup", "{}");
        var finished = JObject.Parse((await _bench.Observer.UntilObjectAsync(Events, static told => (string?)told["type"] == "backup_finished", since)).Payload);
        Assert.Equal(("request", (string?)answer["data"]!["file"]), ((string?)finished["reason"], (string?)finished["file"]));
        await _bench.Observer.UntilObjectAsync(
            Events, static told => (string?)told["type"] == "backup_progress" && (int)told["percent"]! == 50, since);
        await _bench.SettleAsync();
        Assert.DoesNotContain(
            _bench.Observer.Since(since), static message => message.Topic.EndsWith("/availability", StringComparison.Ordinal));
    }
}
