using Bridge.Tests.Support;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>The Serial API functions of the simulated controller, on bytes.</summary>
public sealed class SimulatedControllerTests
{
    [Theory]
    // API version 10, SIS, 29 bytes of nodes 1..4, chip 07 00
    [InlineData("02", "01 02 0A 08 1D 0F 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 07 00")]
    // real primary, SIS present, SUC
    [InlineData("05", "01 05 1C")]
    // the timeouts until now: 1600 and 150 ms
    [InlineData("06 64 0F", "01 06 A0 0F")]
    [InlineData("09", "01 09 00 07 16 01")]
    // "Z-Wave 7.22", static controller
    [InlineData("15", "01 15 5A 2D 57 61 76 65 20 37 2E 32 32 00 01")]
    [InlineData("20", "01 20 C0 DE 20 26 01")]
    [InlineData("3B", "01 3B 9E 9E 9E")]
    // listening, routing, 40k, protocol 3; optional, beam, routing end node, specific; 100k; a switch
    [InlineData("41 02", "01 41 D3 9C 01 04 10 01")]
    // the controller itself
    [InlineData("41 01", "01 41 93 96 01 02 02 01")]
    // no such node
    [InlineData("41 09", "01 41 00 00 00 00 00 00")]
    [InlineData("56", "01 56 01")]
    [InlineData("62 02", "01 62 00")]
    // neighbours of node 2: 1, 3, 4
    [InlineData("80 02 00 00", "01 80 0D 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00")]
    [InlineData("DA 00", "01 DA 00 00 10 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00")]
    // SerialApiSetup: powers of two 01..80 as flags; mask of 01 02 03 04 05 08 10 11 12 13 15 16 20 40 80
    [InlineData("0B 01", "01 0B 01 FF 9F 80 37 80 00 00 00 80 00 00 00 00 00 00 00 80")]
    [InlineData("0B 10", "01 0B 10 2E")]
    [InlineData("0B 20", "01 0B 20 00")]
    [InlineData("0B 40 01", "01 0B 40 01")]
    // a region it does not have
    [InlineData("0B 40 21", "01 0B 40 00")]
    [InlineData("0B 15", "01 0B 15 03 00 01 02")]
    // an unknown sub-command
    [InlineData("0B 7F", "01 0B 00 7F")]
    public async Task A_question_about_the_module_is_acknowledged_and_answered(string request, string response)
    {
        await using var bench = new ControllerBench();

        await bench.RequestAsync(request);

        await bench.ExpectFrameAsync(response);
    }

    [Fact]
    public async Task Capabilities_name_exactly_the_functions_it_has()
    {
        await using var bench = new ControllerBench();

        await bench.RequestAsync("07");

        var mask = WireAssert.Bytes(await bench.ReadFrameAsync())[10..];
        Assert.Equal(
            [
                0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x10, 0x12, 0x13, 0x14, 0x15, 0x16, 0x1C, 0x20, 0x2E, 0x3B,
                0x3F, 0x41, 0x42, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x51, 0x54, 0x55, 0x56, 0x60, 0x61, 0x62, 0x63, 0x80, 0x92, 0x93,
                0xBE, 0xDA,
            ],
            BitMask.Read(mask, firstNumber: 1));
    }

    [Fact]
    public async Task GetRandom_gives_as_many_bytes_as_asked_for()
    {
        await using var bench = new ControllerBench();

        await bench.RequestAsync("1C 08");

        Assert.StartsWith("01 1C 01 08 ", await bench.ReadFrameAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendData_answers_callback_and_report_in_this_order()
    {
        await using var bench = new ControllerBench();

        // to node 3: Switch Binary Get, options 25, callback 7B
        await bench.RequestAsync("13 03 02 25 02 25 7B");

        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 7B 00");
        // rx status 00, node 3, report "off", RSSI -53
        await bench.ExpectFrameAsync("00 04 00 03 03 25 03 00 CB");
    }

    [Fact]
    public async Task A_frame_on_the_air_takes_its_time()
    {
        await using var bench = new ControllerBench();
        bench.Network.HopTime = TimeSpan.FromMilliseconds(10);

        await bench.RequestAsync("13 03 02 25 02 25 7B");
        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectNothingMoreAsync();
        bench.Time.Advance(10);
        await bench.ExpectFrameAsync("00 13 7B 00");
        await bench.ExpectNothingMoreAsync();
        bench.Time.Advance(10);
        await bench.ExpectFrameAsync("00 04 00 03 03 25 03 00 CB");
    }

    [Fact]
    public async Task A_callback_id_of_0_wants_no_callback()
    {
        await using var bench = new ControllerBench();

        await bench.RequestAsync("13 03 03 25 01 FF 25 00");

        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectNothingMoreAsync();
        Assert.True(bench.Network[3].IsOn());
    }

    [Fact]
    public async Task Callbacks_carry_a_transmit_report_once_it_is_switched_on()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("0B 02 01");
        await bench.ExpectFrameAsync("01 0B 02 01");
        bench.Network.HopTime = TimeSpan.FromMilliseconds(30);

        await bench.RequestAsync("13 03 01 00 25 7B");
        await bench.ExpectFrameAsync("01 13 01");
        await bench.Time.ElapseAsync(30);

        // 30 ms, no repeater, -53 dBm, direct, 100k, 1 attempt, power 0 dBm, noise -98 dBm
        await bench.ExpectFrameAsync("00 13 7B 00 00 03 00 CB 7F 7F 7F 7F 00 00 01 00 00 00 00 03 01 00 00 00 9E");
    }

    [Fact]
    public async Task A_second_transmission_before_the_callback_is_refused()
    {
        await using var bench = new ControllerBench();
        bench.Network.HopTime = TimeSpan.FromMilliseconds(10);
        await bench.RequestAsync("13 03 01 00 25 01");
        await bench.ExpectFrameAsync("01 13 01");

        await bench.RequestAsync("13 02 01 00 25 02");

        await bench.ExpectFrameAsync("01 13 00");
    }

    [Fact]
    public async Task A_command_longer_than_the_payload_limit_is_refused()
    {
        await using var bench = new ControllerBench(new() { MaximumPayload = 3 });

        await bench.RequestAsync("13 03 04 25 01 FF 00 25 01");

        await bench.ExpectFrameAsync("01 13 00");
    }

    [Fact]
    public async Task A_dead_node_gives_NO_ACK_and_counts_as_failed_until_it_is_heard()
    {
        await using var bench = new ControllerBench();
        bench.Network[3].IsDead = true;
        await bench.RequestAsync("13 03 01 00 25 01");
        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 01 01");
        await bench.RequestAsync("62 03");
        await bench.ExpectFrameAsync("01 62 01");

        bench.Network[3].IsDead = false;
        await bench.RequestAsync("13 03 01 00 25 02");
        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 02 00");

        await bench.RequestAsync("62 03");
        await bench.ExpectFrameAsync("01 62 00");
    }

    [Fact]
    public async Task A_failed_node_is_removed_and_then_unknown()
    {
        await using var bench = new ControllerBench();
        // not failed yet
        await bench.RequestAsync("61 03 07");
        await bench.ExpectFrameAsync("01 61 08");
        bench.Network[3].IsDead = true;
        await bench.RequestAsync("13 03 01 00 25 01");
        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 01 01");

        await bench.RequestAsync("61 03 07");

        await bench.ExpectFrameAsync("01 61 00");
        await bench.ExpectFrameAsync("00 61 07 01");
        await bench.RequestAsync("41 03");
        await bench.ExpectFrameAsync("01 41 00 00 00 00 00 00");
    }

    [Fact]
    public async Task A_broadcast_reaches_every_plug_and_is_answered_by_none()
    {
        await using var bench = new ControllerBench();

        // Switch All On
        await bench.RequestAsync("13 FF 02 27 04 25 09");

        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 09 00");
        await bench.ExpectNothingMoreAsync();
        Assert.True(bench.Network[3].IsOn());
        Assert.True(bench.Network[4].IsOn(1) && bench.Network[4].IsOn(2));
        // the n4003 has no Switch All
        Assert.False(bench.Network[2].IsOn());
    }

    [Fact]
    public async Task A_multicast_reaches_the_plugs_it_names()
    {
        await using var bench = new ControllerBench();

        await bench.RequestAsync("14 02 02 03 03 25 01 FF 25 09");

        await bench.ExpectFrameAsync("01 14 01");
        await bench.ExpectFrameAsync("00 14 09 00");
        Assert.True(bench.Network[2].IsOn() && bench.Network[3].IsOn());
        Assert.False(bench.Network[4].IsOn(1));
    }

    [Fact]
    public async Task Node_information_comes_as_ApplicationUpdate()
    {
        await using var bench = new ControllerBench();

        await bench.RequestAsync("60 04");

        await bench.ExpectFrameAsync("01 60 01");
        // 84, node 4, 12 bytes: 04 10 01 and the classes without Basic
        await bench.ExpectFrameAsync("00 49 84 04 0C 04 10 01 25 27 32 60 70 71 72 85 86");
    }

    [Fact]
    public async Task Node_information_of_a_dead_node_fails()
    {
        await using var bench = new ControllerBench();
        bench.Network[4].IsDead = true;

        await bench.RequestAsync("60 04");

        await bench.ExpectFrameAsync("01 60 01");
        await bench.ExpectFrameAsync("00 49 81 00 00");
    }

    [Theory]
    [InlineData("46 02 01 09", "01 46 01", "00 46 09 00")]
    [InlineData("47 02 09", "01 47 01", "00 47 09 00")]
    [InlineData("51 02 09", "01 51 01", "00 51 09 00")]
    [InlineData("55 02 09", "01 55 01", "00 55 09 00")]
    [InlineData("12 FF 25 03", "01 12 01", "00 12 03 00")]
    [InlineData("BE 02 06 0A", "01 BE 01", "00 BE 0A 00")]
    // 48 has no response: started, done
    [InlineData("48 02 06", "00 48 06 21", "00 48 06 22")]
    // a plug cannot be SUC
    [InlineData("54 02 01 00 01 05", "01 54 01", "00 54 05 06")]
    public async Task Routes_neighbours_and_test_frames_end_with_a_callback(string request, params string[] frames)
    {
        await using var bench = new ControllerBench();

        await bench.RequestAsync(request);

        foreach (var frame in frames) await bench.ExpectFrameAsync(frame);
        await bench.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task In_16_bit_mode_every_node_id_has_two_bytes()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("0B 80 02");
        await bench.ExpectFrameAsync("01 0B 80 01");

        await bench.RequestAsync("20");
        await bench.ExpectFrameAsync("01 20 C0 DE 20 26 00 01");
        await bench.RequestAsync("13 00 03 02 25 02 25 7B");
        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 7B 00");
        await bench.ExpectFrameAsync("00 04 00 00 03 03 25 03 00 CB");
    }

    [Fact]
    public async Task A_soft_reset_is_announced_and_forgets_the_startup()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("0B 80 02");
        await bench.ExpectFrameAsync("01 0B 80 01");

        await bench.RequestAsync("08");

        // reason 07, no watchdog, listening, static controller, no classes, no Long Range
        await bench.ExpectFrameAsync("00 0A 07 00 01 02 07 00 00");
        await bench.RequestAsync("20");
        await bench.ExpectFrameAsync("01 20 C0 DE 20 26 01");
    }

    [Fact]
    public async Task While_it_restarts_it_hears_nothing()
    {
        await using var bench = new ControllerBench(new() { RestartTime = TimeSpan.FromSeconds(1) });

        // SoftReset and GetVersion at once: only the first is acknowledged
        await bench.SendAsync("01 03 00 08 F4 01 03 00 15 E9");
        await bench.Host.ExpectAsync("06");
        await bench.Time.ElapseAsync(1000);

        await bench.ExpectFrameAsync("00 0A 07 00 01 02 07 00 00");
        await bench.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task An_older_module_says_nothing_after_a_reset_and_does_not_know_newer_functions()
    {
        await using var bench = new ControllerBench(SimulatedControllerOptions.Series500 with { RestartTime = TimeSpan.Zero });

        await bench.RequestAsync("08");
        // GetProtocolVersion, SerialApiSetup: acknowledged and ignored
        await bench.RequestAsync("09");
        await bench.RequestAsync("0B 01");

        await bench.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task With_the_bridge_library_commands_go_and_come_with_both_node_ids()
    {
        await using var bench = new ControllerBench(new() { IsBridge = true, RestartTime = TimeSpan.Zero });

        await bench.RequestAsync("A9 01 03 02 25 02 25 00 00 00 00 7E");

        await bench.ExpectFrameAsync("01 A9 01");
        await bench.ExpectFrameAsync("00 A9 7E 00");
        // destination 1, source 3
        await bench.ExpectFrameAsync("00 A8 00 01 03 03 25 03 00 00 CB");
    }

    [Fact]
    public async Task SendDataAbort_ends_the_transmission_with_a_failure()
    {
        await using var bench = new ControllerBench();
        bench.Controller.Faults.HoldCallbacks();
        await bench.RequestAsync("13 03 03 25 01 FF 25 05");
        await bench.ExpectFrameAsync("01 13 01");

        await bench.RequestAsync("16");

        await bench.ExpectFrameAsync("00 13 05 01");
        Assert.False(bench.Network[3].IsOn());
    }

    [Fact]
    public async Task SetDefault_starts_a_network_without_plugs()
    {
        await using var bench = new ControllerBench();

        await bench.RequestAsync("42 05");

        await bench.ExpectFrameAsync("00 42 05");
        await bench.RequestAsync("05");
        // no nodes included
        await bench.ExpectFrameAsync("01 05 3C");
        Assert.Empty(bench.Network.Nodes);
    }

    [Fact]
    public async Task A_press_of_a_button_reaches_the_host()
    {
        await using var bench = new ControllerBench();
        bench.Network.Transmit(new(3), new byte[] { 0x85, 0x01, 0x01, 0x01 });

        bench.Network[3].PressButton();

        await bench.ExpectFrameAsync("00 04 00 03 03 25 03 FF CB");
    }

    [Fact]
    public async Task Unknown_functions_are_acknowledged_and_ignored()
    {
        await using var bench = new ControllerBench();

        await bench.RequestAsync("F0 01 02");
        await bench.RequestAsync("50 01 01");
        // a request cut short
        await bench.RequestAsync("13 03");

        await bench.ExpectNothingMoreAsync();
    }
}
