using Bridge.Naming;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Publishing;

/// <summary>Availability, and what becomes of topics when nodes go or are renamed.</summary>
public sealed class StateLifeTests
{
    private static readonly NodeId s_four = new(4);

    [Fact]
    public void Warm_start_publishes_remembered_values_offline_until_the_node_is_heard()
    {
        using var rig = new PublishingRig();
        var node = rig.View.AddPlug(s_four);
        rig.Observers.NodeAdded(node);
        Assert.Equal(
            ["base/node_4/availability offline", "base/node_4 {\"state\":\"ON\",\"power\":42.1,\"energy\":12.34,\"node_status\":\"unknown\",\"last_seen\":null}"],
            rig.Sink.Take());
        rig.Become(ControllerStatus.Ready);
        Assert.Empty(rig.Sink.Lines);
        rig.Become(node, NodeStatus.Alive);
        Assert.Equal("base/node_4/availability online", Assert.Single(rig.Sink.Take()));
    }

    [Fact]
    public void Sleeping_node_is_online_unheard()
    {
        using var rig = new PublishingRig();
        var node = rig.View.AddPlug(s_four);
        node.Protocol = node.Protocol! with { IsListening = false };
        rig.Observers.NodeAdded(node);
        rig.Sink.Take();
        rig.Become(ControllerStatus.Ready);
        Assert.Equal(["base/node_4/availability online"], rig.Sink.Lines);
    }

    [Fact]
    public void Dead_node_is_offline_and_says_so_in_its_state()
    {
        using var rig = new PublishingRig();
        var node = rig.Ready();
        rig.Become(node, NodeStatus.Dead);
        Assert.Equal("base/node_4/availability offline", rig.Sink.Lines[0]);
        Assert.Contains("\"node_status\":\"dead\"", rig.Sink.Lines[1], StringComparison.Ordinal);
        rig.Sink.Take();
        rig.Become(node, NodeStatus.Alive);
        Assert.Equal("base/node_4/availability online", rig.Sink.Lines[0]);
    }

    [Theory]
    [InlineData(ControllerStatus.Unplugged)]
    [InlineData(ControllerStatus.Jammed)]
    [InlineData(ControllerStatus.Starting)]
    public void Every_node_is_offline_while_the_controller_is_away(ControllerStatus status)
    {
        using var rig = new PublishingRig();
        rig.Ready();
        rig.Ready(5);
        rig.Become(status);
        Assert.Equal(["base/node_4/availability offline", "base/node_5/availability offline"], rig.Sink.Take());
        rig.Become(ControllerStatus.Ready);
        Assert.Equal(["base/node_4/availability online", "base/node_5/availability online"], rig.Sink.Take());
    }

    [Fact]
    public void Topics_of_a_removed_node_are_cleared_with_zero_bytes_retained_and_nothing_follows()
    {
        using var rig = new PublishingRig();
        rig.Ready();
        rig.Set(FakeNetworkView.State(s_four), Value.Of(false));
        rig.Set(FakeNetworkView.State(s_four), Value.Of(true));
        rig.Sink.Take();
        rig.View.Remove(s_four);
        rig.Observers.NodeRemoved(s_four);
        Assert.All(rig.Sink.Messages, static message => Assert.Equal((true, 0), (message.Retain, message.Payload.Length)));
        Assert.Equal(["base/node_4", "base/node_4/availability"], rig.Sink.Take());
        rig.Time.Advance(1000);
        rig.Set(FakeNetworkView.State(s_four), Value.Of(false));
        Assert.Empty(rig.Sink.Lines);
    }

    [Fact]
    public void Topics_of_a_node_that_was_reset_by_hand_are_cleared_until_it_speaks_again()
    {
        using var rig = new PublishingRig();
        var node = rig.Ready();
        node.HasLeft = true;
        rig.Observers.NodeReset(node);
        rig.Become(node, NodeStatus.Dead);
        rig.States.PublishAvailabilities();
        rig.States.PublishStates();
        Assert.Equal(["base/node_4", "base/node_4/availability"], rig.Sink.Take());
        rig.Become(node, NodeStatus.Alive);
        node.HasLeft = false;
        rig.Observers.NodeChanged(node);
        Assert.Equal(["base/node_4/availability", "base/node_4"], rig.Sink.Messages.Select(static message => message.Topic));
    }

    [Fact]
    public void Rename_of_the_topic_clears_the_old_one_and_publishes_under_the_new_one()
    {
        using var rig = new PublishingRig();
        rig.Ready();
        Assert.Null(rig.Directory.TryReplace(rig.Directory.Find(s_four) with { Name = "Heater" }));
        rig.States.EntryChanged(s_four);
        Assert.Empty(rig.Sink.Lines);
        Assert.Null(rig.Directory.TryReplace(rig.Directory.Find(s_four) with { Topic = "heater" }));
        rig.States.EntryChanged(s_four);
        Assert.Equal(["base/node_4", "base/node_4/availability", "base/heater/availability online"], rig.Sink.Lines.Take(3));
        Assert.StartsWith("base/heater {", rig.Sink.Lines[3], StringComparison.Ordinal);
        rig.Sink.Take();
        rig.Set(FakeNetworkView.State(s_four), Value.Of(false));
        Assert.StartsWith("base/heater {", Assert.Single(rig.Sink.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Named_node_has_its_topic_from_the_start()
    {
        using var rig = new PublishingRig();
        Assert.Null(rig.Directory.TryReplace(new(s_four, "heater")));
        rig.Observers.NodeAdded(rig.View.AddPlug(s_four));
        Assert.All(rig.Sink.Messages, static message => Assert.StartsWith("base/heater", message.Topic, StringComparison.Ordinal));
    }

    [Fact]
    public void Keeper_loads_the_directory_of_the_network_and_gives_nodes_what_was_chosen()
    {
        using var rig = new PublishingRig();
        var keeper = new NodeDirectoryKeeper(rig.View, rig.Directory);
        rig.Directory.TryReplace(new(s_four, "heater") { Settings = new() { PollSeconds = 60 } });
        var node = rig.View.AddPlug(s_four);
        keeper.NodeAdded(node);
        keeper.NodeAdded(rig.View.AddPlug(new(5)));
        Assert.Equal(60, node.Settings.PollSeconds);
        Assert.Equal(["heater", "node_5"], rig.Directory.All.Select(static entry => entry.Topic));
    }

    [Fact]
    public void Node_that_left_while_nobody_looked_is_told_once_and_forgotten()
    {
        using var rig = new PublishingRig();
        var keeper = new NodeDirectoryKeeper(rig.View, rig.Directory);
        rig.Directory.TryReplace(new(s_four, "heater"));
        rig.Directory.TryReplace(new(new(5), "lamp"));
        rig.View.AddPlug(new(5));
        keeper.Abandoned += entry => rig.States.Clear(entry.Topic);
        keeper.ControllerChanged(ControllerStatus.Starting);
        Assert.Empty(rig.Sink.Lines);
        keeper.ControllerChanged(ControllerStatus.Ready);
        keeper.ControllerChanged(ControllerStatus.Ready);
        Assert.Equal(["base/heater", "base/heater/availability"], rig.Sink.Lines);
        Assert.Equal(["lamp"], rig.Directory.All.Select(static entry => entry.Topic));
    }

    [Fact]
    public async Task Names_of_a_network_are_kept_when_another_stick_is_plugged_in()
    {
        using var rig = new PublishingRig();
        var keeper = new NodeDirectoryKeeper(rig.View, rig.Directory);
        rig.Directory.TryReplace(new(s_four, "heater"));
        rig.View.AddPlug(s_four);
        // Another home id: the nodes of the first go.
        rig.View.Identity = FakeNetworkView.IdentityOf(0x12345678);
        keeper.NodeRemoved(s_four);
        keeper.NodeAdded(rig.View.AddPlug(new(5)));
        Assert.Equal("node_4", rig.Directory.Find(s_four).Topic);
        rig.View.Identity = FakeNetworkView.IdentityOf(0xE1A2B3C4);
        await rig.Directory.FlushAsync();
        keeper.NodeAdded(rig.View.AddPlug(s_four));
        Assert.Equal("heater", rig.Directory.Find(s_four).Topic);
    }
}
