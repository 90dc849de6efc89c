using Bridge.Mqtt;
using Bridge.Options;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Publishing;

public sealed class StatePublisherTests
{
    private const string Rest = ",\"node_status\":\"alive\",\"last_seen\":null}";

    private static readonly NodeId s_four = new(4);

    private static readonly ValueId s_state = FakeNetworkView.State(s_four);
    private static readonly ValueId s_power = FakeNetworkView.Power(s_four);
    private static readonly ValueId s_energy = FakeNetworkView.Energy(s_four);

    [Fact]
    public void State_is_one_object_with_every_key_unknown_values_as_null_and_exact_numbers()
    {
        using var rig = new PublishingRig();
        var node = rig.Ready();
        node.LastSeen = rig.Time.GetUtcNow();
        rig.View.Values.Restore(s_power, Value.Unknown, null);
        rig.Set(s_energy, Value.OfDecimal(2_147_483_647, 3));
        Assert.Equal(
            ["base/node_4 {\"state\":\"ON\",\"power\":null,\"energy\":2147483.647,\"node_status\":\"alive\",\"last_seen\":\"2026-01-01T00:00:01+00:00\"}"],
            rig.Sink.Lines);
    }

    [Fact]
    public void State_is_retained_with_quality_1_as_json_text()
    {
        using var rig = new PublishingRig();
        rig.Ready();
        rig.Set(s_state, Value.Of(false));
        var message = Assert.Single(rig.Sink.Messages);
        Assert.Equal((true, MqttQualityOfService.AtLeastOnce, "application/json", true), (message.Retain, message.QualityOfService, message.ContentType, message.IsText));
    }

    [Fact]
    public void First_change_leaves_inside_the_call_and_those_of_the_next_100_ms_become_one()
    {
        using var rig = new PublishingRig();
        rig.Ready();
        rig.Set(s_state, Value.Of(false));
        Assert.Equal(["base/node_4 {\"state\":\"OFF\",\"power\":42.1,\"energy\":12.34" + Rest], rig.Sink.Take());
        rig.Set(s_power, Value.OfDecimal(0, 1));
        rig.Time.Advance(60);
        rig.Set(s_energy, Value.OfDecimal(12_341, 3));
        rig.Time.Advance(39);
        Assert.Empty(rig.Sink.Lines);
        rig.Time.Advance(1);
        Assert.Equal(["base/node_4 {\"state\":\"OFF\",\"power\":0,\"energy\":12.341" + Rest], rig.Sink.Take());
        // The further message opens a window of its own.
        rig.Set(s_state, Value.Of(true));
        Assert.Empty(rig.Sink.Lines);
        rig.Time.Advance(100);
        Assert.Single(rig.Sink.Take());
        rig.Time.Advance(100);
        rig.Set(s_state, Value.Of(false));
        Assert.Single(rig.Sink.Lines);
    }

    [Fact]
    public void Nodes_do_not_wait_for_each_other()
    {
        using var rig = new PublishingRig();
        rig.Ready();
        rig.Ready(5);
        rig.Set(s_state, Value.Of(false));
        rig.Set(FakeNetworkView.State(new(5)), Value.Of(false));
        Assert.Equal(2, rig.Sink.Lines.Count);
    }

    [Fact]
    public void Without_joining_every_change_leaves_at_once()
    {
        using var rig = new PublishingRig(joinMilliseconds: 0);
        rig.Ready();
        rig.Set(s_state, Value.Of(false));
        rig.Set(s_state, Value.Of(true));
        Assert.Equal(2, rig.Sink.Lines.Count);
    }

    [Theory]
    [InlineData(421, 1)]
    [InlineData(4210, 2)]
    public void Report_that_tells_nothing_new_is_not_published(long raw, byte precision)
    {
        using var rig = new PublishingRig();
        var node = rig.Ready();
        rig.Report(node, s_power, Value.OfDecimal(raw, precision));
        rig.Time.Advance(1000);
        Assert.Empty(rig.Sink.Lines);
    }

    [Fact]
    public void Value_that_changes_and_comes_back_within_the_window_is_not_published()
    {
        using var rig = new PublishingRig();
        rig.Ready();
        rig.Set(s_state, Value.Of(false));
        rig.Sink.Take();
        rig.Set(s_power, Value.OfDecimal(1, 0));
        rig.Set(s_power, Value.OfDecimal(421, 1));
        rig.Time.Advance(1000);
        Assert.Empty(rig.Sink.Lines);
    }

    [Theory]
    [InlineData(LastSeenMode.Change, 0, "\"2026-01-01T00:00:02+00:00\"")]
    [InlineData(LastSeenMode.Always, 1, "\"2026-01-01T00:00:02+00:00\"")]
    [InlineData(LastSeenMode.Off, 0, "null")]
    public void Time_of_the_last_frame_alone_is_published_only_when_wanted(LastSeenMode mode, int messages, string seen)
    {
        using var rig = new PublishingRig(mode);
        var node = rig.Ready();
        rig.Report(node, s_state, Value.Of(true));
        Assert.Equal(messages, rig.Sink.Take().Count);
        rig.Time.Advance(1000);
        rig.Report(node, s_state, Value.Of(false));
        Assert.Contains($"\"last_seen\":{seen}}}", Assert.Single(rig.Sink.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Value_nobody_shows_is_not_published()
    {
        using var rig = new PublishingRig();
        rig.Ready();
        rig.Set(new(s_four, EndpointIndex.Root, ManufacturerSpecificCommandClass.ManufacturerId), Value.Of(1));
        Assert.Empty(rig.Sink.Lines);
    }

    [Fact]
    public void First_reading_of_a_scale_adds_its_key()
    {
        using var rig = new PublishingRig();
        rig.Ready();
        rig.Set(new(s_four, EndpointIndex.Root, MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 4)), Value.OfDecimal(2301, 1));
        Assert.Contains(",\"voltage\":230.1,", Assert.Single(rig.Sink.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Node_is_shown_when_its_interview_ends_and_not_before()
    {
        using var rig = new PublishingRig();
        rig.Become(ControllerStatus.Ready);
        var node = rig.View.AddPlug(s_four, InterviewState.Running);
        rig.Observers.NodeAdded(node);
        rig.Set(s_state, Value.Of(false));
        rig.Observers.InterviewProgressed(node);
        Assert.Equal(["base/node_4/availability offline"], rig.Sink.Take());
        node.Interview = new(InterviewState.Complete, 100, string.Empty);
        rig.Observers.InterviewProgressed(node);
        Assert.StartsWith("base/node_4 {", Assert.Single(rig.Sink.Take()), StringComparison.Ordinal);
        // Interviewed again, it goes on being shown.
        rig.Time.Advance(1000);
        node.Interview = new(InterviewState.Running, 1, string.Empty);
        rig.Set(s_state, Value.Of(true));
        Assert.Single(rig.Sink.Lines);
    }

    [Fact]
    public void Node_that_can_do_nothing_has_no_state()
    {
        using var rig = new PublishingRig();
        rig.Become(ControllerStatus.Ready);
        var node = rig.View.AddPlug(s_four, InterviewState.Failed);
        node.Root.Replace([]);
        rig.Observers.NodeAdded(node);
        Assert.Equal(["base/node_4/availability offline"], rig.Sink.Lines);
    }

    [Fact]
    public void Everything_again_is_every_availability_and_every_state()
    {
        using var rig = new PublishingRig();
        rig.Ready();
        rig.Ready(5);
        rig.States.PublishAvailabilities();
        rig.States.PublishStates();
        Assert.Equal(
            ["base/node_4/availability", "base/node_5/availability", "base/node_4", "base/node_5"],
            rig.Sink.Messages.Select(static message => message.Topic));
    }
}
