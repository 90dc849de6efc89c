using Bridge.ZWave;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>A node that does not get the keys it was to get must not stay as if it could be used.</summary>
public sealed class FailedBootstrapTests
{
    private const string Knows2 = "25 86 72 98 9F";

    [Fact]
    public async Task A_wrong_pin_ends_with_an_event_and_no_node()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.JoinAsync(await rig.OpenAsync(), 11, Knows2);
        await rig.Security2.Began;
        rig.Security2.Fail(KeyExchangeFailure.NotDecrypted);
        // it answers, so its button is wanted; this firmware can be told which node is meant
        var id = await rig.ExpectAsync("3F C1 0B");
        await rig.SayAsync(0x3F, id, 1);
        Assert.Equal(new NodeId(11), (await rig.UntilAsync<ButtonWanted>()).Node);
        await rig.SayAsync(0x3F, id, 2);
        await rig.SayAsync(0x3F, id, 3, 11, "03 04 10 01");
        await rig.SayAsync(0x3F, id, 6, 11);
        Assert.Equal(0, await rig.ExpectAsync("4B 05"));
        Assert.Equal(new NodeId(11), (await rig.UntilAsync<NodeExcluded>()).Node);
        Assert.Equal(KeyExchangeFailure.NotDecrypted, (await rig.UntilAsync<BootstrapFailed>()).Failure);
        Assert.False(await rig.IsShownAsync(11));
        Assert.Empty(rig.Probe.Added);
        Assert.Empty(rig.Probe.Removed);
    }

    [Fact]
    public async Task Firmware_that_cannot_exclude_one_given_node_excludes_any()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Lacks = [RemoveSpecificNode.Id] });
        await rig.JoinAsync(await rig.OpenAsync(), 11, Knows2);
        rig.Security2.Fail(KeyExchangeFailure.Cancelled);
        var id = await rig.ExpectAsync("4B C1");
        await rig.SayAsync(0x4B, id, 1);
        await rig.SayAsync(0x4B, id, 2);
        await rig.SayAsync(0x4B, id, 3, 11, "03 04 10 01");
        await rig.SayAsync(0x4B, id, 6);
        await rig.ExpectAsync("4B 05");
        await rig.UntilAsync<NodeExcluded>();
    }

    [Fact]
    public async Task A_node_that_does_not_answer_any_more_is_taken_off_the_list()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.JoinAsync(await rig.OpenAsync(), 11, Knows2);
        rig.Dead[11] = true;
        rig.Security2.Fail(KeyExchangeFailure.TimeOut);
        await FailedNodeTests.TakeOffAsync(rig, 11);
        Assert.Equal(new NodeId(11), (await rig.UntilAsync<FailedNodeRemoved>()).Node);
        Assert.Empty(rig.Probe.Added);
    }

    [Fact]
    public async Task A_node_whose_button_nobody_pushes_stays_hidden_also_after_a_restart()
    {
        var store = new KeptNetwork();
        await using (var rig = await InclusionRig.StartAsync(new() { Store = store }))
        {
            await rig.JoinAsync(await rig.OpenAsync(), 11, Knows2);
            rig.Security2.Fail(KeyExchangeFailure.NotDecrypted);
            await rig.SayAsync(0x3F, await rig.ExpectAsync("3F C1 0B"), 1);
            await rig.UntilAsync<ButtonWanted>();
            await rig.Time.ElapseAsync(60_000);
            await rig.SayAsync(0x4B, await rig.ExpectAsync("4B 05"), 6);
            await rig.ExpectAsync("4B 05");
            Assert.Equal(new NodeId(11), (await rig.UntilAsync<NodeLeftBehind>()).Node);
            Assert.False(await rig.IsShownAsync(11));
        }

        Assert.True(Assert.Single(store.Last!.Nodes).IsHidden);
        await using var later = await InclusionRig.StartAsync(new() { Store = store, Nodes = [11] });
        Assert.False(await later.IsShownAsync(11));
        Assert.Empty(later.Probe.Added);
    }

    [Fact]
    public async Task A_hidden_node_that_lost_its_power_is_removed_at_the_next_start()
    {
        var store = new KeptNetwork { Last = new(new(0xC0DE2026), [new(new(11)) { IsHidden = true }]) };
        var starting = InclusionRig.StartAsync(new() { Store = store, Nodes = [11] });
        await using var rig = await starting;
        rig.Dead[11] = true;
        await rig.Time.ElapseAsync(5_000);
        await FailedNodeTests.TakeOffAsync(rig, 11);
        Assert.Equal(new NodeId(11), (await rig.UntilAsync<FailedNodeRemoved>()).Node);
    }

    [Fact]
    public async Task A_hidden_node_can_be_removed_by_number()
    {
        var store = new KeptNetwork { Last = new(new(0xC0DE2026), [new(new(11)) { IsHidden = true }]) };
        await using var rig = await InclusionRig.StartAsync(new() { Store = store, Nodes = [11] });
        rig.Dead[11] = true;
        var removing = rig.Inclusion.RemoveFailedAsync(new(11));
        await FailedNodeTests.TakeOffAsync(rig, 11);
        await removing;
    }

    [Theory]
    [InlineData(InclusionStrategy.S2Only, "25 86 72 98")]
    [InlineData(InclusionStrategy.S0, "25 86 72")]
    public async Task A_node_that_lacks_what_was_wanted_is_not_kept(InclusionStrategy strategy, string classes)
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.JoinAsync(await rig.OpenAsync(strategy), 11, classes);
        await rig.ExpectAsync("3F C1 0B");
        Assert.Equal(KeyExchangeFailure.NoCommonScheme, (await rig.UntilAsync<BootstrapFailed>()).Failure);
        Assert.False(await rig.IsShownAsync(11));
    }

    [Fact]
    public async Task An_exchange_that_grants_nothing_is_none()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.JoinAsync(await rig.OpenAsync(), 11, Knows2);
        rig.Security2.Succeed();
        await rig.ExpectAsync("3F C1 0B");
        Assert.Equal(KeyExchangeFailure.Cancelled, (await rig.UntilAsync<BootstrapFailed>()).Failure);
    }

    [Fact]
    public async Task A_half_included_node_can_be_included_anew()
    {
        var store = new KeptNetwork { Last = new(new(0xC0DE2026), [new(new(11)) { IsHidden = true }]) };
        await using var rig = await InclusionRig.StartAsync(new() { Store = store, Nodes = [11] });
        await rig.JoinAsync(await rig.OpenAsync(), 11, Knows2);
        rig.Security2.Succeed(SecurityClass.S2Unauthenticated);
        await rig.UntilAsync<InterviewBegan>();
        Assert.True(await rig.IsShownAsync(11));
    }
}

/// <summary>Remembers the last network it was given, for the test to see.</summary>
internal sealed class KeptNetwork : INetworkStore
{
    public NetworkSnapshot? Last { get; set; }

    public Task<NetworkSnapshot?> LoadAsync(HomeId homeId, CancellationToken cancellationToken) => Task.FromResult(Last);

    public Task SaveAsync(NetworkSnapshot snapshot, CancellationToken cancellationToken)
    {
        Last = snapshot;
        return Task.CompletedTask;
    }
}
