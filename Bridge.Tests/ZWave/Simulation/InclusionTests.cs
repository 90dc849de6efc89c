using Bridge.ZWave.Simulation;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>Plugs that join and leave, on bytes: AddNode (4A), RemoveNode (4B), RemoveNodeId (3F), ReplaceFailedNode (63).</summary>
public sealed class InclusionTests
{
    // 12 bytes: a binary power switch with these classes
    private const string Information = "0C 04 10 01 25 27 32 60 70 71 72 85 86";

    [Theory]
    // any node, normal power, network wide; end nodes only; any, low power
    [InlineData("C1")]
    [InlineData("C3")]
    [InlineData("01")]
    public async Task A_plug_whose_button_is_pressed_while_nodes_are_added_joins_step_by_step(string mode)
    {
        await using var bench = new ControllerBench();
        var plug = PutOnTable(bench);
        await bench.RequestAsync($"4A {mode} 0A");
        // ready
        await bench.ExpectFrameAsync("00 4A 0A 01 00 00");
        await bench.ExpectNothingMoreAsync();

        plug.PressInclusionButton();

        // found, adding end node 5, protocol done
        await bench.ExpectFrameAsync("00 4A 0A 02 00 00");
        await bench.ExpectFrameAsync("00 4A 0A 03 05 " + Information);
        await bench.ExpectFrameAsync("00 4A 0A 05 05 00");
        // stop with a callback: done; stop without one: nothing
        await bench.RequestAsync("4A 05 0B");
        await bench.ExpectFrameAsync("00 4A 0B 06 05 00");
        await bench.RequestAsync("4A 05 00");
        await bench.ExpectNothingMoreAsync();
        Assert.Same(plug, bench.Network[5]);
        Assert.Empty(bench.Network.Table);
        // it answers now
        await bench.RequestAsync("13 05 02 25 02 25 7B");
        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 7B 00");
        await bench.ExpectFrameAsync("00 04 00 05 03 25 03 00 CB");
    }

    [Fact]
    public async Task A_plug_in_learn_mode_already_joins_at_once_and_after_30_seconds_no_more()
    {
        await using var bench = new ControllerBench();
        PutOnTable(bench).PressInclusionButton();
        bench.Time.Advance(TimeSpan.FromSeconds(29));
        await bench.RequestAsync("4A C1 0A");
        await bench.ExpectFrameAsync("00 4A 0A 01 00 00");
        await bench.ExpectFrameAsync("00 4A 0A 02 00 00");
        await bench.ReadFrameAsync();
        await bench.ReadFrameAsync();
        await bench.RequestAsync("4A 05 00");

        PutOnTable(bench).PressInclusionButton();
        bench.Time.Advance(TimeSpan.FromSeconds(30));
        await bench.RequestAsync("4A C1 0C");

        await bench.ExpectFrameAsync("00 4A 0C 01 00 00");
        await bench.ExpectNothingMoreAsync();
    }

    [Theory]
    // controllers only, a node of the network already
    [InlineData("C2")]
    [InlineData("C4")]
    public async Task A_mode_for_others_takes_no_plug(string mode)
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync($"4A {mode} 0A");
        await bench.ExpectFrameAsync("00 4A 0A 01 00 00");

        PutOnTable(bench).PressInclusionButton();

        await bench.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task Stopping_while_ready_ends_with_done_and_no_node()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("4A C1 0A");
        await bench.ExpectFrameAsync("00 4A 0A 01 00 00");

        await bench.RequestAsync("4A 05 0B");

        await bench.ExpectFrameAsync("00 4A 0B 06 00 00");
        PutOnTable(bench).PressInclusionButton();
        await bench.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task Stopping_between_two_steps_leaves_the_plug_out()
    {
        await using var bench = new ControllerBench();
        bench.Network.HopTime = TimeSpan.FromMilliseconds(10);
        PutOnTable(bench).PressInclusionButton();
        await bench.RequestAsync("4A C1 0A");
        await bench.ExpectFrameAsync("00 4A 0A 01 00 00");
        bench.Time.Advance(10);
        await bench.ExpectFrameAsync("00 4A 0A 02 00 00");

        await bench.RequestAsync("4A 05 0B");
        bench.Time.Advance(100);

        await bench.ExpectFrameAsync("00 4A 0B 06 00 00");
        await bench.ExpectNothingMoreAsync();
        Assert.Single(bench.Network.Table);
    }

    [Fact]
    public async Task An_inclusion_that_fails_says_so_and_the_plug_is_not_in_the_network()
    {
        await using var bench = new ControllerBench();
        bench.Controller.Faults.FailInclusions();
        PutOnTable(bench).PressInclusionButton();

        await bench.RequestAsync("4A C1 0A");

        await bench.ExpectFrameAsync("00 4A 0A 01 00 00");
        await bench.ExpectFrameAsync("00 4A 0A 02 00 00");
        await bench.ExpectFrameAsync("00 4A 0A 07 00 00");
        Assert.Single(bench.Network.Table);
    }

    [Fact]
    public async Task A_controller_that_is_not_the_primary_one_refuses()
    {
        await using var bench = new ControllerBench(new() { IsPrimary = false });

        await bench.RequestAsync("4A C1 0A");
        await bench.ExpectFrameAsync("00 4A 0A 23 00 00");
        await bench.RequestAsync("4B C1 0B");
        await bench.ExpectFrameAsync("00 4B 0B 23 00 00");
    }

    [Fact]
    public async Task A_lost_callback_does_not_end_the_inclusion()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("4A C1 0A");
        await bench.ExpectFrameAsync("00 4A 0A 01 00 00");
        bench.Controller.Faults.LoseInclusionCallbacks();

        PutOnTable(bench).PressInclusionButton();

        await bench.ExpectFrameAsync("00 4A 0A 03 05 " + Information);
        await bench.ExpectFrameAsync("00 4A 0A 05 05 00");
    }

    [Theory]
    // any node, any end node, node 4 and no other
    [InlineData("4B C1 0A", "4B")]
    [InlineData("4B C3 0A", "4B")]
    [InlineData("3F C1 04 0A", "3F")]
    public async Task A_plug_whose_button_is_pressed_while_nodes_are_removed_leaves(string request, string function)
    {
        await using var bench = new ControllerBench();
        var plug = bench.Network[4];
        bench.Network.Transmit(new(4), new byte[] { 0x85, 0x01, 0x02, 0x01 });
        await bench.RequestAsync(request);
        // ready
        await bench.ExpectFrameAsync($"00 {function} 0A 01 00 00");

        plug.PressInclusionButton();

        // found, removing end node 4, done
        await bench.ExpectFrameAsync($"00 {function} 0A 02 00 00");
        await bench.ExpectFrameAsync($"00 {function} 0A 03 04 03 04 10 01");
        await bench.ExpectFrameAsync($"00 {function} 0A 06 04 00");
        Assert.Null(bench.Network.Find(new(4)));
        Assert.Same(plug, Assert.Single(bench.Network.Table));
        // its associations are gone, it belongs to nobody
        plug.PressButton(1);
        await bench.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task While_one_node_is_removed_the_others_stay()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("3F C1 04 0A");
        await bench.ExpectFrameAsync("00 3F 0A 01 00 00");

        bench.Network[3].PressInclusionButton();

        await bench.ExpectNothingMoreAsync();
        // stop
        await bench.RequestAsync("4B 05 0B");
        await bench.ExpectFrameAsync("00 4B 0B 06 00 00");
        Assert.NotNull(bench.Network.Find(new(3)));
    }

    [Fact]
    public async Task A_plug_of_another_network_cannot_join_and_leaves_with_node_id_0()
    {
        await using var bench = new ControllerBench();
        var plug = bench.Network.PutOnTable(PlugFile.Read(PlugBench.DoubleSwitch), home: new(0xE85AC211));
        plug.PressInclusionButton();
        await bench.RequestAsync("4A C1 09");
        await bench.ExpectFrameAsync("00 4A 09 01 00 00");
        await bench.ExpectNothingMoreAsync();

        await bench.RequestAsync("4B C1 0A");

        await bench.ExpectFrameAsync("00 4B 0A 01 00 00");
        await bench.ExpectFrameAsync("00 4B 0A 02 00 00");
        await bench.ExpectFrameAsync("00 4B 0A 03 00 03 04 10 01");
        await bench.ExpectFrameAsync("00 4B 0A 06 00 00");
        // now it can
        plug.PressInclusionButton();
        await IncludeAsync(bench, 5);
    }

    [Fact]
    public async Task A_plug_that_left_and_joins_again_gets_another_node_id()
    {
        await using var bench = new ControllerBench();
        var plug = PutOnTable(bench);
        plug.PressInclusionButton();
        await IncludeAsync(bench, 5);
        plug.PressInclusionButton();
        await bench.RequestAsync("4B C1 0A");
        for (var frame = 0; frame < 4; frame++) await bench.ReadFrameAsync();

        plug.PressInclusionButton();

        await IncludeAsync(bench, 6);
    }

    [Fact]
    public async Task A_plug_that_was_reset_joins_again_while_its_old_place_stays_dead()
    {
        await using var bench = new ControllerBench();
        var plug = bench.Network[4];
        plug.FactoryReset();

        plug.PressInclusionButton();
        await IncludeAsync(bench, 5);

        Assert.Same(plug, bench.Network[5]);
        Assert.True(bench.Network[4].IsDead);
        await bench.RequestAsync("13 04 01 00 25 01");
        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 01 01");
    }

    [Fact]
    public async Task Plugs_of_a_network_that_the_controller_gave_up_belong_to_another_one()
    {
        await using var bench = new ControllerBench();
        var plug = bench.Network[4];
        await bench.RequestAsync("42 05");
        await bench.ExpectFrameAsync("00 42 05");

        plug.PressInclusionButton();
        await bench.RequestAsync("4B C1 0A");

        await bench.ExpectFrameAsync("00 4B 0A 01 00 00");
        await bench.ExpectFrameAsync("00 4B 0A 02 00 00");
        await bench.ExpectFrameAsync("00 4B 0A 03 00 03 04 10 01");
    }

    [Fact]
    public async Task A_failed_node_is_replaced_by_the_next_plug_that_wants_in()
    {
        await using var bench = new ControllerBench();
        var plug = PutOnTable(bench);
        // not failed yet
        await bench.RequestAsync("63 03 08");
        await bench.ExpectFrameAsync("01 63 08");
        await FailAsync(bench);

        await bench.RequestAsync("63 03 08");
        await bench.ExpectFrameAsync("01 63 00");
        // ready for the new one
        await bench.ExpectFrameAsync("00 63 08 03");
        plug.PressInclusionButton();

        await bench.ExpectFrameAsync("00 63 08 04");
        Assert.Same(plug, bench.Network[3]);
        await bench.RequestAsync("62 03");
        await bench.ExpectFrameAsync("01 62 00");
    }

    [Fact]
    public async Task A_failed_node_that_answers_again_is_not_replaced()
    {
        await using var bench = new ControllerBench();
        await FailAsync(bench);
        bench.Network[3].IsDead = false;

        await bench.RequestAsync("63 03 08");

        await bench.ExpectFrameAsync("01 63 00");
        await bench.ExpectFrameAsync("00 63 08 00");
    }

    [Fact]
    public async Task A_replacement_ends_when_it_is_stopped_or_fails()
    {
        await using var bench = new ControllerBench();
        await FailAsync(bench);
        await bench.RequestAsync("63 03 08");
        await bench.ExpectFrameAsync("01 63 00");
        await bench.ExpectFrameAsync("00 63 08 03");
        await bench.RequestAsync("4A 05 0B");
        await bench.ExpectFrameAsync("00 63 08 05");
        await bench.ExpectFrameAsync("00 4A 0B 06 00 00");

        bench.Controller.Faults.FailInclusions();
        await bench.RequestAsync("63 03 09");
        await bench.ExpectFrameAsync("01 63 00");
        await bench.ExpectFrameAsync("00 63 09 03");
        PutOnTable(bench).PressInclusionButton();

        await bench.ExpectFrameAsync("00 63 09 05");
        Assert.True(bench.Network[3].IsDead);
    }

    [Fact]
    public async Task A_plug_in_automatic_mode_joins_and_leaves_by_itself()
    {
        await using var bench = new ControllerBench();
        var plug = PutOnTable(bench);
        plug.JoinsByItself = true;
        await bench.RequestAsync("4A C1 0A");
        await bench.ExpectFrameAsync("00 4A 0A 01 00 00");
        await bench.ExpectNothingMoreAsync();

        bench.Time.Advance(1000);
        await bench.ExpectFrameAsync("00 4A 0A 02 00 00");
        await bench.ReadFrameAsync();
        await bench.ExpectFrameAsync("00 4A 0A 05 05 00");
        await bench.RequestAsync("4B C1 0B");
        await bench.ExpectFrameAsync("00 4B 0B 01 00 00");
        bench.Time.Advance(1000);

        await bench.ExpectFrameAsync("00 4B 0B 02 00 00");
        await bench.ExpectFrameAsync("00 4B 0B 03 05 03 04 10 01");
        await bench.ExpectFrameAsync("00 4B 0B 06 05 00");
        Assert.Same(plug, Assert.Single(bench.Network.Table));
    }

    [Fact]
    public async Task With_16_bit_ids_the_callbacks_carry_two_bytes()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("0B 80 02");
        await bench.ExpectFrameAsync("01 0B 80 01");
        PutOnTable(bench).PressInclusionButton();

        await bench.RequestAsync("4A C1 0A");

        await bench.ExpectFrameAsync("00 4A 0A 01 00 00 00");
        await bench.ExpectFrameAsync("00 4A 0A 02 00 00 00");
        await bench.ExpectFrameAsync("00 4A 0A 03 00 05 " + Information);
        await bench.ExpectFrameAsync("00 4A 0A 05 00 05 00");
    }

    [Fact]
    public async Task A_restart_of_the_module_ends_an_inclusion()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("4A C1 0A");
        await bench.ExpectFrameAsync("00 4A 0A 01 00 00");
        await bench.RequestAsync("08");
        await bench.ReadFrameAsync();

        PutOnTable(bench).PressInclusionButton();

        await bench.ExpectNothingMoreAsync();
    }

    private static SimulatedNode PutOnTable(ControllerBench bench) => bench.Network.PutOnTable(PlugFile.Read(PlugBench.DoubleSwitch));

    /// <summary>A plug in learn mode joins with this id, and the host stops.</summary>
    private static async Task IncludeAsync(ControllerBench bench, byte id)
    {
        await bench.RequestAsync("4A C1 11");
        await bench.ExpectFrameAsync("00 4A 11 01 00 00");
        await bench.ExpectFrameAsync("00 4A 11 02 00 00");
        await bench.ReadFrameAsync();
        await bench.ExpectFrameAsync($"00 4A 11 05 {id:X2} 00");
        await bench.RequestAsync("4A 05 00");
    }

    /// <summary>Node 3 dies and does not answer a ping: it is on the failed list.</summary>
    private static async Task FailAsync(ControllerBench bench)
    {
        bench.Network[3].IsDead = true;
        await bench.RequestAsync("13 03 01 00 25 01");
        await bench.ExpectFrameAsync("01 13 01");
        await bench.ExpectFrameAsync("00 13 01 01");
    }
}
