using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>Inclusion as the module and the user see it.</summary>
public sealed class NodeInclusionTests
{
    // Binary Switch, Version, Manufacturer Specific
    private const string Plain = "25 86 72";

    // the same with Security 0
    private const string Knows0 = "25 86 72 98";

    // the same with Security 2 and 0
    private const string Knows2 = "25 86 72 98 9F";

    [Fact]
    public async Task A_node_without_security_is_added_step_by_step_and_shown()
    {
        await using var rig = await InclusionRig.StartAsync();
        var id = await rig.OpenAsync();
        await rig.JoinAsync(id, 11, Plain);
        await rig.UntilAsync<InterviewBegan>();
        Assert.Equal(
            [typeof(InclusionStarted), typeof(NodeFound), typeof(NodeJoined), typeof(NodeIncluded), typeof(InterviewBegan)],
            rig.Events.Select(static news => news.GetType()));
        Assert.Contains(new(11), rig.Probe.Added);
        Assert.Equal(SecurityClasses.None, await rig.GrantedAsync(11));
        Assert.True(await rig.Network.ReadAsync(static view => view.FindNode(new(11))!.Root.Supports(new(0x25))));
        Assert.False(rig.Security2.Began.IsCompleted);
    }

    [Fact]
    public async Task A_node_is_shown_to_nobody_before_it_has_its_keys()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.JoinAsync(await rig.OpenAsync(), 11, Knows2);
        Assert.Equal((new NodeId(11), SecurityClasses.All), await rig.Security2.Began);
        Assert.False(await rig.IsShownAsync(11));
        await Assert.ThrowsAsync<ZWaveException>(() => rig.Network.PingAsync(new(11)));
        rig.Security2.Succeed(SecurityClass.S2Authenticated, SecurityClass.S0);
        Assert.Equal(SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S0), (await rig.UntilAsync<KeysExchanged>()).Granted);
        await rig.UntilAsync<InterviewBegan>();
        Assert.True(await rig.IsShownAsync(11));
        Assert.Contains(new(11), rig.Probe.Added);
        Assert.Equal(SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S0), await rig.GrantedAsync(11));
    }

    [Fact]
    public async Task By_default_a_node_that_only_knows_security_0_gets_it()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.JoinAsync(await rig.OpenAsync(), 11, Knows0);
        Assert.Equal((new NodeId(11), SecurityClasses.Of(SecurityClass.S0)), await rig.Security0.Began);
        rig.Security0.Succeed(SecurityClass.S0);
        await rig.UntilAsync<InterviewBegan>();
        Assert.Equal(SecurityClasses.Of(SecurityClass.S0), await rig.GrantedAsync(11));
    }

    [Fact]
    public async Task Security_0_can_be_asked_for_with_a_node_that_knows_more()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.JoinAsync(await rig.OpenAsync(InclusionStrategy.S0), 11, Knows2);
        await rig.Security0.Began;
        Assert.False(rig.Security2.Began.IsCompleted);
    }

    [Fact]
    public async Task An_insecure_inclusion_exchanges_no_keys()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.JoinAsync(await rig.OpenAsync(InclusionStrategy.Insecure), 11, Knows2);
        await rig.UntilAsync<InterviewBegan>();
        Assert.Equal(SecurityClasses.None, await rig.GrantedAsync(11));
        Assert.False(rig.Security2.Began.IsCompleted);
        Assert.False(rig.Security0.Began.IsCompleted);
    }

    [Fact]
    public async Task Secure_or_not_at_all_offers_no_security_0()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.JoinAsync(await rig.OpenAsync(InclusionStrategy.S2Only), 11, Knows2);
        Assert.False((await rig.Security2.Began).Wanted.Contains(SecurityClass.S0));
    }

    [Fact]
    public async Task A_node_that_did_not_say_what_it_is_is_asked()
    {
        await using var rig = await InclusionRig.StartAsync();
        rig.NodeInformation = Knows2;
        var id = await rig.OpenAsync();
        rig.Listed[11] = true;
        await rig.SayAsync(0x4A, id, 2);
        await rig.SayAsync(0x4A, id, 3, 11);
        await rig.SayAsync(0x4A, id, 5, 11);
        await rig.SayAsync(0x4A, await rig.ExpectAsync("4A 05"), 6, 11);
        Assert.Equal(new NodeId(11), (await rig.Security2.Began).Node);
    }

    [Fact]
    public async Task A_node_gets_routes_to_the_controller_when_that_is_where_they_lead()
    {
        await using var rig = await InclusionRig.StartAsync(new() { IsSuc = true });
        await rig.JoinAsync(await rig.OpenAsync(), 11, Plain);
        var id = await rig.ExpectAsync("51 0B");
        await rig.RespondAsync("51 01");
        Assert.Empty(rig.Events.OfType<NodeIncluded>());
        await rig.SayAsync($"51 {id:X2} 00");
        await rig.UntilAsync<NodeIncluded>();
    }

    [Fact]
    public async Task Firmware_that_never_says_done_after_the_stop_is_not_waited_for_longer_than_ten_seconds()
    {
        await using var rig = await InclusionRig.StartAsync();
        var id = await rig.OpenAsync();
        rig.Listed[11] = true;
        await rig.SayAsync(0x4A, id, 2);
        await rig.SayAsync(0x4A, id, 3, 11, "06 04 10 01 " + Plain);
        await rig.SayAsync(0x4A, id, 5, 11);
        await rig.ExpectAsync("4A 05");
        await rig.Time.ElapseAsync(10_000);
        Assert.Equal(0, await rig.ExpectAsync("4A 05"));
        await rig.UntilAsync<NodeIncluded>();
    }

    [Fact]
    public async Task When_nobody_comes_the_module_is_told_to_stop_twice()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.OpenAsync(seconds: 30);
        await rig.Time.ElapseAsync(30_000);
        await rig.SayAsync(0x4A, await rig.ExpectAsync("4A 05"), 6);
        Assert.Equal(0, await rig.ExpectAsync("4A 05"));
        Assert.Equal("no node came in time", (await rig.UntilAsync<InclusionStopped>()).Reason);
        Assert.Equal(InclusionActivity.None, await rig.Network.ReadAsync(_ => rig.Inclusion.Activity));
    }

    [Fact]
    public async Task A_user_may_stop_waiting()
    {
        await using var rig = await InclusionRig.StartAsync();
        var id = await rig.OpenAsync();
        Assert.NotNull(await rig.Network.ReadAsync(_ => rig.Inclusion.JoinUntil));
        Assert.True(await rig.Inclusion.StopAsync());
        await rig.ExpectAsync("4A 05");
        // some firmware says so with the id of the beginning
        await rig.SayAsync(0x4A, id, 6);
        Assert.Equal(0, await rig.ExpectAsync("4A 05"));
        Assert.Equal("stopped", (await rig.UntilAsync<InclusionStopped>()).Reason);
        Assert.Null(await rig.Network.ReadAsync(_ => rig.Inclusion.JoinUntil));
        Assert.False(await rig.Inclusion.StopAsync());
    }

    [Fact]
    public async Task A_node_that_was_found_when_the_stop_was_sent_is_added_all_the_same()
    {
        await using var rig = await InclusionRig.StartAsync();
        var id = await rig.OpenAsync();
        await rig.Inclusion.StopAsync();
        await rig.ExpectAsync("4A 05");
        await rig.JoinAsync(id, 11, Plain);
        await rig.UntilAsync<NodeIncluded>();
    }

    [Theory]
    [InlineData(7, "the module says that it failed")]
    [InlineData(9, "the module says that its own security failed")]
    [InlineData(0x23, "this controller is not the primary one of its network and cannot include")]
    public async Task A_failure_of_the_module_ends_it_with_the_reason(byte status, string reason)
    {
        await using var rig = await InclusionRig.StartAsync();
        var id = await rig.OpenAsync();
        await rig.SayAsync(0x4A, id, status);
        Assert.Equal(0, await rig.ExpectAsync("4A 05"));
        Assert.Equal(reason, (await rig.UntilAsync<InclusionFailed>()).Reason);
    }

    [Fact]
    public async Task A_refusal_at_the_beginning_is_told_to_the_caller()
    {
        await using var rig = await InclusionRig.StartAsync();
        var start = rig.Inclusion.StartInclusionAsync(TimeSpan.FromSeconds(60), InclusionStrategy.Default, rig.User);
        await rig.SayAsync(0x4A, await rig.ExpectAsync("4A C1"), 0x23);
        await rig.ExpectAsync("4A 05");
        Assert.Contains("primary", (await Assert.ThrowsAsync<ZWaveException>(() => start)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_after_a_node_was_named_keeps_it_when_the_module_lists_it()
    {
        await using var rig = await InclusionRig.StartAsync();
        var id = await rig.OpenAsync();
        rig.Listed[11] = true;
        await rig.SayAsync(0x4A, id, 2);
        await rig.SayAsync(0x4A, id, 3, 11, "06 04 10 01 " + Plain);
        await rig.SayAsync(0x4A, id, 7, 11);
        Assert.Equal(0, await rig.ExpectAsync("4A 05"));
        await rig.UntilAsync<NodeIncluded>();
    }

    [Fact]
    public async Task A_failure_after_a_node_was_named_leaves_nothing_when_the_module_does_not_list_it()
    {
        await using var rig = await InclusionRig.StartAsync();
        var id = await rig.OpenAsync();
        await rig.SayAsync(0x4A, id, 2);
        await rig.SayAsync(0x4A, id, 3, 11, "06 04 10 01 " + Plain);
        await rig.SayAsync(0x4A, id, 7, 11);
        await rig.ExpectAsync("4A 05");
        Assert.Equal(new NodeId(11), (await rig.UntilAsync<InclusionFailed>()).Node);
        Assert.False(await rig.IsShownAsync(11));
    }

    [Fact]
    public async Task A_module_that_found_a_node_and_gets_no_further_is_stopped()
    {
        await using var rig = await InclusionRig.StartAsync();
        var id = await rig.OpenAsync(seconds: 30);
        await rig.SayAsync(0x4A, id, 2);
        await rig.UntilAsync<NodeFound>();
        await rig.Time.ElapseAsync(60_000);
        await rig.SayAsync(0x4A, await rig.ExpectAsync("4A 05"), 6);
        await rig.ExpectAsync("4A 05");
        Assert.Equal("the module does not finish", (await rig.UntilAsync<InclusionFailed>()).Reason);
    }

    [Fact]
    public async Task A_new_node_may_look_for_its_neighbours_as_long_as_the_size_of_the_network_demands()
    {
        await using var rig = await InclusionRig.StartAsync();
        var id = await rig.OpenAsync();
        await rig.SayAsync(0x4A, id, 2);
        await rig.SayAsync(0x4A, id, 3, 11, "06 04 10 01 " + Plain);
        // 76 s, 217 ms for the one listening node there is, 732 ms for it as it may be a controller that comes
        await rig.Time.ElapseAsync(76_000 + 217 + 732);
        await rig.ExpectAsync("4A 05");
    }

    [Fact]
    public async Task A_second_request_is_refused_with_what_is_going_on()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.OpenAsync();
        var refused = await Assert.ThrowsAsync<ZWaveException>(() => rig.Inclusion.StartExclusionAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(ZWaveErrorCode.NotReady, refused.Code);
        Assert.Equal("nodes may join already; stop that first", refused.Message);
        rig.ExpectNothing();
    }

    [Fact]
    public async Task A_secondary_controller_is_told_that_it_may_not()
    {
        await using var rig = await InclusionRig.StartAsync(new() { IsSecondary = true });
        var refused = await Assert.ThrowsAsync<ZWaveException>(
            () => rig.Inclusion.StartInclusionAsync(TimeSpan.FromSeconds(60), InclusionStrategy.Default, rig.User));
        Assert.Equal(ZWaveErrorCode.NotSupported, refused.Code);
        rig.ExpectNothing();
    }

    [Fact]
    public async Task A_reset_of_the_module_in_the_middle_ends_it_with_an_event()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.OpenAsync();
        // SerialAPIStarted after a watchdog reset
        await rig.SayAsync("0A 02 01 02 07 00 00");
        Assert.Equal("the controller went away or was reset", (await rig.UntilAsync<InclusionFailed>()).Reason);
        await rig.Probe.UntilReadyAsync(2);
        Assert.Equal(0, await rig.ExpectAsync("4A 05"));
        Assert.Equal(0, await rig.ExpectAsync("4B 05"));
    }

    [Fact]
    public async Task A_stick_that_is_pulled_while_keys_are_exchanged_leaves_no_node_to_be_seen()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.JoinAsync(await rig.OpenAsync(), 11, Knows2);
        await rig.Security2.Began;
        rig.Pull();
        await rig.UntilAsync<InclusionFailed>();
        Assert.Equal(new NodeId(11), (await rig.UntilAsync<NodeLeftBehind>()).Node);
        rig.Plug();
        var connecting = rig.ConnectAsync();
        await rig.Time.ElapseAsync(1_000);
        await connecting;
        await rig.Probe.UntilReadyAsync(2);
        Assert.False(await rig.IsShownAsync(11));
        Assert.DoesNotContain(new(11), rig.Probe.Added);
    }

    [Fact]
    public async Task The_end_of_the_program_ends_an_inclusion_without_a_word()
    {
        var rig = await InclusionRig.StartAsync();
        await rig.OpenAsync();
        await rig.DisposeAsync();
        Assert.IsType<InclusionStarted>(Assert.Single(rig.Events));
    }

    [Fact]
    public async Task Commands_for_other_nodes_wait_while_a_node_is_being_added_and_go_on_afterwards()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        var id = await rig.OpenAsync();
        Assert.True(await rig.Network.PingAsync(new(5)));
        await rig.SayAsync(0x4A, id, 2);
        await rig.UntilAsync<NodeFound>();
        var before = rig.SentTo.Count;
        var ping = rig.Network.PingAsync(new(5));
        await rig.SettleAsync();
        Assert.Equal(before, rig.SentTo.Count);
        rig.Listed[11] = true;
        await rig.SayAsync(0x4A, id, 3, 11, "06 04 10 01 " + Plain);
        await rig.SayAsync(0x4A, id, 5, 11);
        await rig.SayAsync(0x4A, await rig.ExpectAsync("4A 05"), 6, 11);
        Assert.True(await ping);
    }

    [Fact]
    public async Task A_command_that_waits_for_the_end_of_an_inclusion_expires_as_ever()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        var id = await rig.OpenAsync();
        await rig.SayAsync(0x4A, id, 2);
        await rig.UntilAsync<NodeFound>();
        await rig.SettleAsync();
        var command = rig.Network.SendAsync(new(5), EndpointIndex.Root, new SwitchBinarySet(true));
        await rig.Time.ElapseAsync(10_000);
        Assert.Equal(ZWaveErrorCode.Expired, (await Assert.ThrowsAsync<ZWaveException>(() => command)).Code);
    }

    [Fact]
    public async Task A_node_that_is_in_the_network_already_stays_as_it_is()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        await rig.JoinAsync(await rig.OpenAsync(), 5, Knows2);
        Assert.Contains("already", (await rig.UntilAsync<InclusionFailed>()).Reason, StringComparison.Ordinal);
        Assert.True(await rig.IsShownAsync(5));
        Assert.False(rig.Security2.Began.IsCompleted);
    }

}
