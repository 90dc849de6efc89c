using Bridge.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Requests;

/// <summary>What a backup that is made by itself says that it is for.</summary>
public sealed class BackupReasonTests
{
    [Theory]
    [InlineData("permit_join", """{"time":60,"strategy":"insecure"}""", "inclusion")]
    [InlineData("remove_node", "60", "exclusion")]
    [InlineData("device/replace", """{"id":3,"strategy":"insecure"}""", "replacement")]
    public async Task The_event_names_the_change_that_follows(string what, string payload, string reason)
    {
        await using var bench = await BridgeBench.StartAsync();
        bench.Plugs[3].IsDead = true;
        var since = bench.Observer.Count;
        var answer = await bench.Observer.AskAsync("zwbridge/bridge/request/" + what, payload);
        Assert.Equal("ok", (string?)answer["status"]);
        var told = await bench.Observer.UntilObjectAsync(
            "zwbridge/bridge/event", static told => ((string)told["type"]!).StartsWith("backup_f", StringComparison.Ordinal), since);
        var finished = JObject.Parse(told.Payload);
        Assert.Equal(("backup_finished", reason), ((string?)finished["type"], (string?)finished["reason"]));
        Assert.True(File.Exists(bench.Stored("backups", (string)finished["file"]!)));
    }
}
