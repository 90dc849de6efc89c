using Bridge.ZWave;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>Nodes of the provisioning list join by themselves.</summary>
public sealed class SmartStartTests
{
    private const string Knows2 = "25 86 72 9F";
    private const string DskText = "34028-23669-20938-46346-33746-07431-56821-14553";

    // The last eight bytes of that DSK: 83 D2, 1D 07, DD F5, 38 D9
    private const string Nwi = "C3 D2 1D 06";
    private const string Authentication = "1D F5 38 D9";

    private static readonly ProvisioningEntry s_entry = new(Parse(DskText), SecurityClasses.Of(SecurityClass.S2Authenticated), "Heater");

    [Fact]
    public async Task The_module_listens_while_somebody_is_waited_for()
    {
        await using var rig = await InclusionRig.StartAsync();
        await rig.Inclusion.ProvisionAsync(s_entry);
        Assert.Equal(0, await rig.ExpectAsync("4A 49"));
        await rig.UntilAsync<ProvisioningChanged>();
        Assert.True(await rig.Inclusion.UnprovisionAsync(s_entry.Dsk));
        Assert.Equal(0, await rig.ExpectAsync("4A 05"));
        Assert.False(await rig.Inclusion.UnprovisionAsync(s_entry.Dsk));
    }

    [Fact]
    public async Task A_list_that_was_remembered_is_listened_for_from_the_start_and_after_every_reset()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Provisioning = new KeptList(s_entry) });
        await rig.ExpectAsync("4A 49");
        await rig.SayAsync("0A 02 01 02 07 00 00");
        await rig.Probe.UntilReadyAsync(2);
        await rig.ExpectAsync("4A 49");
    }

    [Fact]
    public async Task A_node_that_asks_is_included_with_what_its_entry_grants()
    {
        var list = new KeptList(s_entry);
        await using var rig = await InclusionRig.StartAsync(new() { Provisioning = list });
        rig.Security2.Asks = (SecurityClasses.All, "?????" + DskText[5..]);
        await JoinAsync(rig);
        await rig.UntilAsync<InterviewBegan>();
        Assert.Equal(SecurityClasses.Of(SecurityClass.S2Authenticated), await rig.GrantedAsync(11));
        Assert.Equal(s_entry, (await rig.UntilAsync<NodeIncluded>()).Entry);
        await rig.UntilAsync<ProvisioningChanged>();
        var kept = Assert.Single(await rig.Network.ReadAsync(_ => rig.Inclusion.Provisioned));
        Assert.Equal((ProvisioningState.Included, new NodeId(11)), (kept.State, kept.Node));
        // nobody else is waited for
        await rig.Inclusion.FlushAsync();
        Assert.Equal(ProvisioningState.Included, Assert.Single(list.Entries).State);
        rig.ExpectNothing();
    }

    [Fact]
    public async Task Another_device_that_asks_with_the_same_home_ids_gets_nothing()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Provisioning = new KeptList(s_entry) });
        rig.Security2.Asks = (SecurityClasses.All, "?????-11111" + DskText[11..]);
        await JoinAsync(rig);
        Assert.Equal(KeyExchangeFailure.Cancelled, (await rig.UntilAsync<BootstrapFailed>()).Failure);
        await rig.ExpectAsync("3F C1 0B");
    }

    [Fact]
    public async Task A_node_that_did_not_get_its_keys_is_not_tried_again()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Provisioning = new KeptList(s_entry) });
        await JoinAsync(rig);
        rig.Dead[11] = true;
        rig.Security2.Fail(KeyExchangeFailure.TimeOut);
        await FailedNodeTests.TakeOffAsync(rig, 11);
        await rig.UntilAsync<ProvisioningChanged>();
        await AskAsync(rig);
        await rig.SettleAsync();
        rig.ExpectNothing();
        // until its entry is put in anew
        await rig.Inclusion.ProvisionAsync(s_entry);
        await rig.ExpectAsync("4A 49");
    }

    [Theory]
    // another NWI home id
    [InlineData("49 85 00 00 C0 00 00 02 03 04 10 01")]
    // a node of ours powered up
    [InlineData("49 86 05 03 04 10 01")]
    public async Task Nobody_else_is_included(string heard)
    {
        await using var rig = await InclusionRig.StartAsync(new() { Provisioning = new KeptList(s_entry) });
        await rig.ExpectAsync("4A 49");
        await rig.SayAsync(heard);
        await rig.SettleAsync();
        rig.ExpectNothing();
    }

    [Fact]
    public async Task A_node_that_was_found_over_long_range_is_included_over_it()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Provisioning = new KeptList(s_entry) });
        await rig.ExpectAsync("4A 49");
        await rig.SayAsync($"49 87 00 00 {Nwi} 03 04 10 01");
        await rig.ExpectAsync("4A 05");
        // mode 8, network wide, Long Range
        var frame = await rig.TakeAsync();
        Assert.Equal($"4A 68 {frame.CallbackId:X2} {Nwi} {Authentication}", frame.Hex);
    }

    [Fact]
    public async Task A_module_that_is_asked_to_include_and_finds_nobody_goes_on_listening()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Provisioning = new KeptList(s_entry) });
        await rig.ExpectAsync("4A 49");
        await AskAsync(rig);
        await rig.ExpectAsync("4A 05");
        await rig.SayAsync(0x4A, (await rig.TakeAsync()).CallbackId, 1);
        await rig.UntilAsync<InclusionStarted>();
        await rig.Time.ElapseAsync(60_000);
        await rig.SayAsync(0x4A, await rig.ExpectAsync("4A 05"), 6);
        await rig.ExpectAsync("4A 05");
        await rig.ExpectAsync("4A 49");
    }

    [Fact]
    public async Task A_user_who_wants_to_include_another_node_goes_first()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Provisioning = new KeptList(s_entry) });
        await rig.ExpectAsync("4A 49");
        var start = rig.Inclusion.StartInclusionAsync(TimeSpan.FromSeconds(60), InclusionStrategy.Default, rig.User);
        await rig.ExpectAsync("4A 05");
        await rig.SayAsync(0x4A, await rig.ExpectAsync("4A C1"), 1);
        await start;
        await AskAsync(rig);
        await rig.SettleAsync();
        rig.ExpectNothing();
    }

    private static Dsk Parse(string text)
    {
        Assert.True(Dsk.TryParse(text, out var dsk));
        return dsk;
    }

    private static Task AskAsync(InclusionRig rig) => rig.SayAsync($"49 85 00 00 {Nwi} 03 04 10 01");

    private static async Task JoinAsync(InclusionRig rig)
    {
        await rig.ExpectAsync("4A 49");
        await AskAsync(rig);
        Assert.Equal(0, await rig.ExpectAsync("4A 05"));
        var (hex, id) = await rig.TakeAsync();
        Assert.Equal($"4A 48 {id:X2} {Nwi} {Authentication}", hex);
        await rig.JoinAsync(id, 11, Knows2);
    }
}

/// <summary>Remembers the provisioning list, for the test to see.</summary>
internal sealed class KeptList(params ProvisioningEntry[] entries) : IProvisioningStore
{
    public IReadOnlyList<ProvisioningEntry> Entries { get; private set; } = entries;

    public IReadOnlyList<ProvisioningEntry> Load() => Entries;

    public void Save(IReadOnlyList<ProvisioningEntry> entries) => Entries = entries;
}
