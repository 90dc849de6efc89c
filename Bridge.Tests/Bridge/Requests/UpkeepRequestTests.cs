using Bridge.Tests.Commands;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Upkeep;
using Bridge.ZWave.Wire;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Requests;

/// <summary>Heal, statistics, backup and restore as requests.</summary>
public sealed class UpkeepRequestTests : IAsyncLifetime
{
    private CommandBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await CommandBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Heal_of_a_node_answers_at_its_end_with_the_neighbours()
    {
        var answer = await RequestAsync("device/heal", "4");
        Assert.Equal(
            """{"status":"ok","data":{"id":4,"name":"Node 4","outcome":"healed","reasons":[],"neighbors":[1,2,3]}}""", answer.ToString(Formatting.None));
    }

    [Fact]
    public async Task Heal_that_did_not_help_is_an_error_with_the_reason()
    {
        _bench.Host.Faults.FailNeighborUpdates(3);
        var answer = await RequestAsync("device/heal", """{"id":4}""");
        Assert.Equal(("error", "not_healed"), ((string?)answer["status"], (string?)answer["code"]));
        Assert.Equal("node 4: it did not find its neighbours: it does not answer, or could not be told", (string?)answer["error"]);
        Assert.Equal("failed", (string?)answer["data"]!["outcome"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("all")]
    [InlineData("""{"id":"ALL"}""")]
    public async Task Heal_of_all_answers_at_once_and_goes_on(string payload)
    {
        var ended = new TaskCompletionSource<HealResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _bench.Upkeep.Heal.Ended += ended.SetResult;
        Assert.Equal("""{"status":"ok","data":{"nodes":3}}""", (await RequestAsync("device/heal", payload)).ToString(Formatting.None));
        Assert.Equal(3, (await ended.Task).Count(NodeHealOutcome.Healed));
    }

    [Fact]
    public async Task A_second_heal_is_refused_and_cancel_ends_the_first()
    {
        _bench.Host.Faults.HoldNeighborUpdates();
        Assert.Equal("ok", (string?)(await RequestAsync("device/heal", "{}"))["status"]);
        Assert.Equal("not_ready", (string?)(await RequestAsync("device/heal", "all"))["code"]);
        Assert.Equal("not_ready", (string?)(await RequestAsync("device/heal", "4"))["code"]);
        Assert.Equal("not_ready", (string?)(await RequestAsync("backup", "{}"))["code"]);
        var ended = new TaskCompletionSource<HealResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _bench.Upkeep.Heal.Ended += ended.SetResult;
        Assert.True((bool)(await RequestAsync("device/heal", """{"cancel":true}"""))["data"]!["cancelled"]!);
        Assert.True((await ended.Task).WasCancelled);
    }

    [Fact]
    public async Task Statistics_tell_signal_and_route()
    {
        _bench.Host.Plugs.Reach.Set(new(2), new NodeId(3));
        await RequestAsync("device/ping", "2");
        var data = (await RequestAsync("device/statistics", "2"))["data"]!;
        Assert.Equal(-53, (int)data["rssi"]!);
        Assert.Equal(
            """{"repeaters":[3],"repeater_rssi":[-53],"speed":"100k","scheme":"last_working","attempts":1}""", data["route"]!.ToString(Formatting.None));
        Assert.Equal("[3]", data["neighbors"]!.ToString(Formatting.None));
        Assert.Equal("[-98,-98,-98]", data["background_rssi"]!.ToString(Formatting.None));
        Assert.Equal(JTokenType.Null, data["last_failed_link"]!.Type);
        Assert.True((long)data["frames_acknowledged"]! > 0);
    }

    [Fact]
    public async Task Backup_answers_with_file_and_size_and_restore_takes_that_name()
    {
        var memory = _bench.Host.Controller.ReadMemory();
        var backup = await RequestAsync("backup", "{}");
        var file = (string)backup["data"]!["file"]!;
        Assert.Equal(("ok", memory.Length), ((string?)backup["status"], (int)backup["data"]!["size"]!));
        Assert.Equal(memory, await File.ReadAllBytesAsync(Path.Combine(_bench.BackupFolder, file)));
        _bench.Host.Controller.WriteMemory(3, (byte)(memory[3] + 1));
        var restore = await RequestAsync("restore", $$"""{"file":"{{file}}","confirm":true}""");
        Assert.Equal(("ok", memory.Length), ((string?)restore["status"], (int)restore["data"]!["size"]!));
        Assert.Equal(memory, _bench.Host.Controller.ReadMemory());
    }

    [Fact]
    public async Task Backup_the_stick_does_not_give_is_an_error_with_the_reason()
    {
        _bench.Host.Faults.FailMemory(NvmOperation.Open, NvmOperationStatus.OperationMismatch);
        Assert.Equal(
            """{"status":"error","error":"the controller's memory: opening: another operation is under way","code":"refused","data":{}}""",
            (await RequestAsync("backup", "{}")).ToString(Formatting.None));
    }

    [Theory]
    [InlineData("device/heal", "{}")]
    [InlineData("backup", "{}")]
    [InlineData("restore", """{"file":"nvm-C0DE2026-20260131T120000Z.bin","confirm":true}""")]
    public async Task Without_a_stick_nothing_begins(string what, string payload)
    {
        _bench.Host.IsPlugged = false;
        await _bench.Host.Probe.UntilAsync(() => _bench.Host.Probe.Statuses.Contains(ControllerStatus.Unplugged), "unplugged");
        Assert.Equal("unplugged", (string?)(await RequestAsync(what, payload))["code"]);
    }

    private async Task<JObject> RequestAsync(string what, string payload) => await _bench.AskAsync("bridge/request/" + what, payload);
}
