using Bridge.ZWave.Serial;
using Bridge.ZWave.Simulation;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>The controller's end of the line: checksums, retransmission, collisions, hosts one after another; and the faults that can be ordered.</summary>
public sealed class SimulatedLineTests
{
    // GetVersion and its answer
    private const string GetVersion = "01 03 00 15 E9";
    private const string Version = "01 15 5A 2D 57 61 76 65 20 37 2E 32 32 00 01";

    [Fact]
    public async Task A_wrong_checksum_is_answered_with_NAK()
    {
        await using var bench = new ControllerBench();

        await bench.SendAsync("01 03 00 15 E8");

        await bench.Host.ExpectAsync("15");
    }

    [Fact]
    public async Task A_frame_cut_in_two_is_one_frame()
    {
        await using var bench = new ControllerBench();

        await bench.SendAsync("01 03 00");
        await bench.SendAsync("15 E9");

        await bench.Host.ExpectAsync("06");
        await bench.ExpectFrameAsync(Version);
    }

    [Fact]
    public async Task Half_a_frame_is_given_up_after_1500_ms()
    {
        await using var bench = new ControllerBench();
        await bench.SendAsync("01 03 00");

        await bench.Time.ElapseAsync(1500);
        await bench.SendAsync(GetVersion);

        await bench.Host.ExpectAsync("06");
        await bench.ExpectFrameAsync(Version);
    }

    [Fact]
    public async Task A_frame_nobody_acknowledges_is_sent_three_times_and_no_more()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("56");

        for (var transmission = 0; transmission < 3; transmission++)
        {
            Assert.Equal("01 56 01", ControllerBench.Text(await bench.Host.ReadFrameAsync()));
            await bench.Time.ElapseAsync(1600);
        }

        await bench.RequestAsync("15");
        await bench.ExpectFrameAsync(Version);
    }

    [Fact]
    public async Task A_frame_answered_with_NAK_is_sent_again_at_once()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("56");
        await bench.Host.ReadFrameAsync();

        await bench.SendAsync("15");

        await bench.ExpectFrameAsync("01 56 01");
    }

    [Fact]
    public async Task The_host_sets_how_long_an_ACK_is_waited_for()
    {
        await using var bench = new ControllerBench();
        // 500 ms
        await bench.RequestAsync("06 32 0F");
        await bench.ExpectFrameAsync("01 06 A0 0F");
        await bench.RequestAsync("56");
        await bench.Host.ReadFrameAsync();

        await bench.Time.ElapseAsync(500);

        await bench.ExpectFrameAsync("01 56 01");
    }

    [Fact]
    public async Task A_collision_is_answered_with_CAN_where_the_module_does_so()
    {
        await using var bench = new ControllerBench(new() { AnswersCollisionsWithCan = true, RestartTime = TimeSpan.Zero });
        await bench.RequestAsync("56");
        await bench.Host.ReadFrameAsync();

        // instead of the ACK that is due
        await bench.SendAsync(GetVersion);

        await bench.Host.ExpectAsync("18");
    }

    [Fact]
    public async Task The_next_host_takes_the_place_of_the_one_before_and_finds_the_module_as_it_was()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("0B 80 02");
        await bench.ExpectFrameAsync("01 0B 80 01");
        var before = bench.Host;

        bench.Connect();

        await before.ExpectEndAsync();
        // still in 16-bit mode
        await bench.RequestAsync("56");
        await bench.ExpectFrameAsync("01 56 00 01");
    }

    [Fact]
    public async Task Reports_while_no_host_is_there_are_lost()
    {
        await using var bench = new ControllerBench();
        bench.Network.Transmit(new(3), new byte[] { 0x85, 0x01, 0x01, 0x01 });
        await bench.DisconnectAsync();

        bench.Network[3].PressButton();
        bench.Connect();

        await bench.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task LoseAcknowledgements_does_what_was_asked_without_an_ACK()
    {
        await using var bench = new ControllerBench();
        bench.Controller.Faults.LoseAcknowledgements();

        await bench.SendAsync(GetVersion);

        await bench.ExpectFrameAsync(Version);
    }

    [Theory]
    [InlineData("nak", "15")]
    [InlineData("can", "18")]
    public async Task AnswerNak_and_AnswerCan_refuse_as_many_frames_as_ordered(string fault, string answer)
    {
        await using var bench = new ControllerBench();
        if (fault == "nak") bench.Controller.Faults.AnswerNak(2);
        else bench.Controller.Faults.AnswerCan(2);

        for (var frame = 0; frame < 2; frame++)
        {
            await bench.SendAsync(GetVersion);
            await bench.Host.ExpectAsync(answer);
        }

        await bench.RequestAsync("15");
        await bench.ExpectFrameAsync(Version);
    }

    [Fact]
    public async Task LoseFrames_hears_nothing()
    {
        await using var bench = new ControllerBench();
        bench.Controller.Faults.LoseFrames();

        await bench.SendAsync(GetVersion);
        await bench.RequestAsync("56");

        await bench.ExpectFrameAsync("01 56 01");
    }

    [Fact]
    public async Task LoseResponses_and_LoseCallbacks_leave_out_one_each()
    {
        await using var bench = new ControllerBench();
        bench.Controller.Faults.LoseResponses();
        await bench.RequestAsync("13 03 03 25 01 FF 25 01");
        await bench.ExpectFrameAsync("00 13 01 00");

        bench.Controller.Faults.LoseCallbacks();
        await bench.RequestAsync("13 02 03 25 01 FF 25 02");
        await bench.ExpectFrameAsync("01 13 01");

        await bench.ExpectNothingMoreAsync();
        Assert.True(bench.Network[2].IsOn() && bench.Network[3].IsOn());
    }

    [Fact]
    public async Task RefuseTransmissions_answers_00_and_sends_nothing()
    {
        await using var bench = new ControllerBench();
        bench.Controller.Faults.RefuseTransmissions();

        await bench.RequestAsync("13 03 03 25 01 FF 25 01");

        await bench.ExpectFrameAsync("01 13 00");
        Assert.False(bench.Network[3].IsOn());
    }

    [Fact]
    public async Task FailTransmissions_strikes_only_the_node_it_names()
    {
        await using var bench = new ControllerBench();
        bench.Controller.Faults.FailTransmissions(TransmitStatus.Fail, times: 1, node: new(3));

        await bench.RequestAsync("13 02 01 00 25 01");
        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 01 00");
        await bench.RequestAsync("13 03 03 25 01 FF 25 02");
        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 02 02");

        Assert.False(bench.Network[3].IsOn());
    }

    [Fact]
    public async Task LoseReports_swallows_what_a_plug_says()
    {
        await using var bench = new ControllerBench();
        bench.Controller.Faults.LoseReports();

        await bench.RequestAsync("13 03 02 25 02 25 01");

        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 01 00");
        await bench.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task GarbageBeforeNextFrame_comes_right_before_it()
    {
        await using var bench = new ControllerBench();
        bench.Controller.Faults.GarbageBeforeNextFrame(new byte[] { 0xAA, 0x55 });

        await bench.RequestAsync("56");

        await bench.Host.ExpectAsync("AA 55");
        await bench.ExpectFrameAsync("01 56 01");
    }

    [Fact]
    public async Task A_silent_module_says_nothing_until_it_speaks_again()
    {
        await using var bench = new ControllerBench();
        bench.Controller.Faults.IsSilent = true;
        await bench.SendAsync(GetVersion);
        await bench.Time.ElapseAsync(1600);

        bench.Controller.Faults.IsSilent = false;
        await bench.Time.ElapseAsync(1600);

        // the answer, sent again because nobody could acknowledge it
        await bench.ExpectFrameAsync(Version);
    }

    [Fact]
    public async Task Restart_forgets_the_startup_and_says_why()
    {
        await using var bench = new ControllerBench();

        bench.Controller.Faults.Restart();

        // reason 03: watchdog
        await bench.ExpectFrameAsync("00 0A 03 00 01 02 07 00 00");
    }

    [Fact]
    public async Task A_flood_of_FF_goes_on_until_it_is_stopped()
    {
        await using var bench = new ControllerBench();
        var flood = string.Join(' ', Enumerable.Repeat("FF", 115));

        bench.Controller.Faults.StartFlood();
        await bench.Host.ExpectAsync(flood);
        bench.Time.Advance(10);
        await bench.Host.ExpectAsync(flood);
        bench.Controller.Faults.StopFlood();
        bench.Time.Advance(1000);

        await bench.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task Any_bytes_are_survived()
    {
        await using var bench = new ControllerBench();
        var random = new Random(20260101);
        for (var round = 0; round < 200; round++)
        {
            var garbage = new byte[random.Next(1, 300)];
            random.NextBytes(garbage);
            await bench.Host.SendAsync(garbage);
            bench.Time.Advance(1600);
        }

        bench.Connect();
        await bench.RequestAsync("15");
        await bench.ExpectFrameAsync(Version);
    }
}
