using Bridge.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Wrong readings: whoever listens on the broker never sees one. Each test looks at every energy that was published.</summary>
public sealed class MeterTests(SharedBench shared) : IClassFixture<SharedBench>
{
    private const byte Energy = 0;

    private readonly BridgeBench _bench = shared.Bridge;

    public static TheoryData<string> Misreadings => ["spike", "ten times", "dip to zero", "half", "sign bit", "minus one", "largest number"];

    [Theory]
    [MemberData(nameof(Misreadings))]
    public async Task A_single_wrong_answer_is_never_published(string kind)
    {
        var since = _bench.Observer.Count;
        _bench.Plugs[3].MisreadMeter(Energy, Wrong(kind));
        await _bench.Observer.AskAsync("zwbridge/node_3/get", """{"energy":""}""");
        var told = await _bench.Observer.UntilObjectAsync("zwbridge/bridge/event", static told => (string?)told["type"] == "meter_reading_rejected", since);
        Assert.Equal("energy", (string?)JObject.Parse(told.Payload)["property"]);
        await _bench.Observer.AskAsync("zwbridge/node_3/get", """{"energy":""}""");
        await _bench.SettleAsync();
        AssertOnly(since, "node_3", "energy", 800.35m);
        Assert.Equal(800.35m, (decimal)_bench.Observer.LastObject("zwbridge/node_3")["energy"]!);
    }

    [Theory]
    // kWh, precision 2, size 4; the true one is 15.33
    [InlineData("60 0D 01 00 32 02 21 44 00 00 FF FF")]
    [InlineData("60 0D 01 00 32 02 21 44 00 00 00 00")]
    [InlineData("60 0D 01 00 32 02 21 44 80 00 05 FD")]
    // size 6, which is none, and a scale the meter has not (kVAh)
    [InlineData("60 0D 01 00 32 02 21 46 00 00 06 00")]
    [InlineData("60 0D 01 00 32 02 21 4C 00 00 06 00")]
    public async Task A_wrong_report_nobody_asked_for_is_never_published(string frame)
    {
        var since = _bench.Observer.Count;
        _bench.Plugs[4].Say(WireAssert.Bytes(frame));
        await _bench.Observer.AskAsync("zwbridge/node_4/get", """{"energy_1":""}""");
        await _bench.SettleAsync();
        AssertOnly(since, "node_4", "energy_1", 15.33m);
        AssertOnly(since, "node_4", "energy_3", 23.22m);
        Assert.DoesNotContain(
            _bench.Observer.Since(since, "zwbridge/node_4"), static message => message.Payload.Contains("apparent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_counter_that_was_reset_at_the_plug_is_believed_when_it_says_so_again()
    {
        var since = _bench.Observer.Count;
        _bench.Plugs[3].SetEnergy(1.00m, 12.34m);
        await _bench.Observer.AskAsync("zwbridge/node_3/get", """{"energy":""}""");
        await _bench.Observer.UntilLastAsync("zwbridge/node_3", "energy", 1.00m);
        AssertOnly(since, "node_3", "energy", 800.35m, 1.00m);
        _bench.Plugs[3].SetEnergy(800.35m, 12.34m);
        await _bench.Observer.AskAsync("zwbridge/node_3/get", """{"energy":""}""");
        await _bench.Observer.UntilLastAsync("zwbridge/node_3", "energy", 800.35m);
    }

    [Theory]
    [InlineData(2, "set/reset_meter", "energy", 123.45, "32 05")]
    [InlineData(4, "1/set/reset_meter", "energy_1", 15.33, "60 0D 00 01 32 05")]
    [InlineData(4, "2/set/reset_meter", "energy_2", 7.89, "60 0D 00 02 32 05")]
    public async Task A_reset_of_ours_brings_the_energy_to_0_in_one_step(int node, string topic, string key, double before, string frame)
    {
        var since = _bench.Observer.Count;
        var said = _bench.SaidCount;
        var answer = await _bench.Observer.AskAsync($"zwbridge/node_{node}/{topic}", "PRESS");
        Assert.Equal(("ok", 0m), ((string?)answer["status"], (decimal?)answer["data"]![key]));
        Assert.Contains(frame, _bench.Said((ushort)node, said));
        await _bench.Observer.UntilLastAsync($"zwbridge/node_{node}", key, 0);
        // a reading of before that is late
        _bench.Plugs[(ushort)node].MisreadMeter(Energy, _ => (int)(before * 100), endpoint: (byte)(node == 4 ? topic[0] - '0' : 0));
        await _bench.Observer.AskAsync($"zwbridge/node_{node}/get", $$"""{"{{key}}":""}""");
        await _bench.Observer.AskAsync($"zwbridge/node_{node}/get", $$"""{"{{key}}":""}""");
        await _bench.SettleAsync();
        Assert.Equal([0m], Energies(since, $"node_{node}", key).Where(energy => energy != (decimal)before).Distinct());
        Assert.Equal(0m, Energies(since, $"node_{node}", key)[^1]);
        // back for the others
        var relay = node == 4 ? topic[0] - '0' : 1;
        _bench.Plugs[(ushort)node].SetEnergy((decimal)before, relay: relay);
        await _bench.Observer.AskAsync($"zwbridge/node_{node}/get", $$"""{"{{key}}":""}""");
        await _bench.Observer.UntilLastAsync($"zwbridge/node_{node}", key, (decimal)before);
        if (node != 4) return;
        await _bench.Observer.AskAsync("zwbridge/node_4/get", """{"energy_3":""}""");
        await _bench.Observer.UntilLastAsync("zwbridge/node_4", "energy_3", 23.22m);
    }

    private static Func<int, int> Wrong(string kind) => kind switch
    {
        "spike" => static raw => raw + 50_000_000,
        "ten times" => static raw => raw * 10,
        "dip to zero" => static _ => 0,
        "half" => static raw => raw / 2,
        "sign bit" => static raw => raw | int.MinValue,
        "minus one" => static _ => -1,
        _ => static _ => int.MaxValue,
    };

    private void AssertOnly(int since, string node, string key, params decimal[] allowed) =>
        Assert.DoesNotContain(Energies(since, node, key), energy => energy is null || !allowed.Contains(energy.Value));

    private List<decimal?> Energies(int since, string node, string key) =>
        [.. _bench.Observer.Since(since, $"zwbridge/{node}").Select(message => (decimal?)JObject.Parse(message.Payload)[key])];
}
