using Bridge.Tests.ZWave.Simulation;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>A plug of the provisioning list joins by itself and is given keys without a question, if it is the one that is meant.</summary>
public sealed class SmartStartKeyTests
{
    private static readonly SecurityClasses s_both = SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated);

    [Theory]
    [InlineData(SecurityClass.S2Authenticated)]
    // here the node tells its whole key
    [InlineData(SecurityClass.S2Unauthenticated)]
    public async Task Plug_with_the_dsk_of_an_entry_gets_what_the_entry_grants_and_is_switched(SecurityClass granted)
    {
        await using var bench = await KeyExchangeBench.StartAsync();
        var plug = await ProvisionAsync(bench, granted, wrongGroup: null);
        await bench.SwitchAsync(plug);
        Assert.Equal(SecurityClasses.Of(granted), plug.Security.Granted);
        Assert.Equal(SecurityClasses.Of(granted), (await bench.UntilAsync<KeysExchanged>()).Granted);
        Assert.Equal(ProvisioningState.Included, await StateAsync(bench));
    }

    [Theory]
    // the number on the label: nothing can be decrypted; another group: not even tried
    [InlineData(SecurityClass.S2Authenticated, 0, KeyExchangeFailure.NotDecrypted)]
    [InlineData(SecurityClass.S2Authenticated, 2, KeyExchangeFailure.Cancelled)]
    [InlineData(SecurityClass.S2Unauthenticated, 0, KeyExchangeFailure.Cancelled)]
    [InlineData(SecurityClass.S2Unauthenticated, 2, KeyExchangeFailure.Cancelled)]
    public async Task Plug_that_is_another_one_with_the_same_home_ids_gets_no_keys_and_is_not_kept(
        SecurityClass granted, int wrongGroup, KeyExchangeFailure failure)
    {
        await using var bench = await KeyExchangeBench.StartAsync();
        var plug = await ProvisionAsync(bench, granted, wrongGroup);
        Assert.Equal(failure, (await bench.UntilDiscardedAsync(plug)).Failure);
        Assert.True(plug.Security.Granted.IsEmpty);
        Assert.Equal(ProvisioningState.Failed, await StateAsync(bench));
    }

    private static Task<ProvisioningState> StateAsync(KeyExchangeBench bench) =>
        bench.Bench.Network.ReadAsync(_ => Assert.Single(bench.Inclusion.Provisioned).State);

    private static async Task<SimulatedNode> ProvisionAsync(KeyExchangeBench bench, SecurityClass granted, int? wrongGroup)
    {
        var plug = bench.Bench.Plugs.PutOnTable(SecureHost.SmartPlug(s_both));
        var groups = plug.Security.DskText.Split('-');
        if (wrongGroup is { } wrong) groups[wrong] = groups[wrong] == "12345" ? "54321" : "12345";
        Assert.True(Dsk.TryParse(string.Join('-', groups), out var dsk));
        await bench.Inclusion.ProvisionAsync(new(dsk, SecurityClasses.Of(granted), Name: null));
        return plug;
    }
}
