using Bridge.Tests.Support;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>Memory, receiver and routes of the simulated module on bytes.</summary>
public sealed class ModuleUpkeepTests
{
    [Fact]
    public async Task Memory_is_read_and_written_between_open_and_close()
    {
        await using var bench = new ControllerBench(new() { MemorySize = 0x200 });
        bench.Controller.WriteMemory(0x1FE, 0xAA);
        bench.Controller.WriteMemory(0x1FF, 0xBB);
        // not open yet
        await TalkAsync(bench, "2E 01 02 01 FE", "01 2E 02");
        await TalkAsync(bench, "2E 00", "01 2E 00 00 02 00");
        // open already
        await TalkAsync(bench, "2E 00", "01 2E 02");
        // two bytes at 01FE are the last ones; behind them is nothing
        await TalkAsync(bench, "2E 01 02 01 FE", "01 2E FF 02 01 FE AA BB");
        await TalkAsync(bench, "2E 01 02 02 00", "01 2E FF 00 02 00");
        await TalkAsync(bench, "2E 02 01 00 00 77", "01 2E 00 01 00 00");
        await TalkAsync(bench, "2E 01 01 00 00", "01 2E 00 01 00 00 77");
        await TalkAsync(bench, "2E 03", "01 2E 00");
    }

    [Fact]
    public async Task The_500_series_has_raw_functions()
    {
        await using var bench = new ControllerBench(SimulatedControllerOptions.Series500);
        // size code 10: 64 KB
        await TalkAsync(bench, "29", "01 29 04 20 80 10");
        await TalkAsync(bench, "2B 00 FF FF 00 01 5A", "01 2B 01");
        await TalkAsync(bench, "2A 00 FF FF 00 01", "01 2A 5A");
        // behind the end
        await TalkAsync(bench, "2B 01 00 00 00 01 5A", "01 2B 00");
    }

    [Fact]
    public async Task With_the_receiver_off_nothing_is_heard_until_a_reset()
    {
        await using var bench = new ControllerBench();
        await TalkAsync(bench, "10 00", "01 10 01");
        bench.Network[2].PressButton();
        await bench.RequestAsync("13 02 01 00 25 07");
        await bench.ExpectFrameAsync("01 13 01");
        // no acknowledgement is heard
        await bench.ExpectFrameAsync("00 13 07 01");
        await bench.ExpectNothingMoreAsync();
        await bench.RequestAsync("08");
        await bench.ExpectFrameAsync("00 0A 07 00 01 02 07 00 00");
        Assert.True(bench.Controller.IsReceiving);
    }

    [Fact]
    public async Task A_change_of_the_reach_shows_after_the_next_look()
    {
        await using var bench = new ControllerBench();
        Assert.Equal("1, 3, 4", await NeighborsAsync(bench));
        bench.Network.Reach.Set(new(2), new(1), new(4));
        Assert.Equal("1, 3, 4", await NeighborsAsync(bench));
        await bench.RequestAsync("48 02 06");
        await bench.ExpectFrameAsync("00 48 06 21");
        await bench.ExpectFrameAsync("00 48 06 22");
        Assert.Equal("1, 4", await NeighborsAsync(bench));
    }

    [Fact]
    public async Task Transmit_reports_tell_the_way_of_a_frame()
    {
        await using var bench = new ControllerBench();
        bench.Network.Reach.Set(new(2), new NodeId(4));
        await TalkAsync(bench, "0B 02 01", "01 0B 02 01");
        await bench.RequestAsync("13 02 01 00 25 07");
        await bench.ExpectFrameAsync("01 13 01");
        // 1 repeater, -53 dBm at us and at it; last working route by node 4, 100k, one attempt, no failed link
        await bench.ExpectFrameAsync("00 13 07 00 00 00 01 CB CB 7F 7F 7F 00 00 03 04 00 00 00 03 01 00 00 00 9E");
    }

    [Fact]
    public async Task A_route_of_the_application_is_kept_until_it_is_deleted()
    {
        await using var bench = new ControllerBench();
        await TalkAsync(bench, "92 02", "01 92 02 00");
        await TalkAsync(bench, "93 02 03 00 00 00 03", "01 93 02 01");
        await TalkAsync(bench, "92 02", "01 92 02 10 03 00 00 00 03");
        await TalkAsync(bench, "93 02", "01 93 02 01");
        await TalkAsync(bench, "92 02", "01 92 02 00");
    }

    private static async Task TalkAsync(ControllerBench bench, string request, string response)
    {
        await bench.RequestAsync(request);
        await bench.ExpectFrameAsync(response);
    }

    private static async Task<string> NeighborsAsync(ControllerBench bench)
    {
        await bench.RequestAsync("80 02 00 00");
        var frame = WireAssert.Bytes(await bench.ReadFrameAsync());
        // type, function, mask
        return string.Join(", ", BitMask.Read(frame.AsSpan(2), firstNumber: 1));
    }
}
