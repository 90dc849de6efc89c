using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Simulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>A foreign host with keys on the simulated controller: includes, excludes and uses plugs that have keys, with its own cryptography.</summary>
public sealed class SimulatorSecurityWithDriverTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData("S2_Authenticated", "S2_Unauthenticated")]
    [InlineData("S2_AccessControl", "S0_Legacy")]
    [InlineData("S0_Legacy")]
    public async Task A_plug_with_keys_is_interviewed_and_switched(params string[] granted)
    {
        var classes = Classes(granted);
        await using var stick = new SimulatedTcpStick();
        var plug = stick.Network.Add(new(2), SecureHost.SmartPlug(classes));
        stick.Network.Secure(plug, SecureDriverOnSimulator.Keys, classes);
        await using var host = DriverHost.Start(stick.Port, s_limit, "--s2");
        var nodes = await host.InterviewAsync();

        Assert.True(nodes[0].GetProperty("interviewed").GetBoolean());
        Assert.Equal(granted[0], (await host.Peer.RunAsync("securityClass", ("node", 2))).Text("highest"));
        await host.SetSwitchAsync(2, 0, isOn: true);
        Assert.True(plug.IsOn());
        var before = host.Peer.Position;
        plug.PressButton();
        await host.Peer.NextAsync(line => line.IsEvent("value") && line.Number("cc") == 0x25 && line.Text("property") == "currentValue", "a report", before);
        plug.Security.ForgetNonces();
        before = host.Peer.Position;
        plug.PressButton();
        await host.Peer.NextAsync(line => line.IsEvent("value") && line.Number("cc") == 0x25 && line.Text("property") == "currentValue", "a report", before);
        plug.Security.ForgetNonces();
        Assert.True(await host.GetSwitchAsync(2, 0));
        Assert.Empty(host.Errors);
    }

    [Theory]
    [InlineData("s2", "S2_Authenticated", "S2_Unauthenticated")]
    [InlineData("s2", "S2_Unauthenticated")]
    [InlineData("s2", "S2_AccessControl", "S2_Unauthenticated", "S0_Legacy")]
    [InlineData("s0", "S0_Legacy")]
    public async Task A_plug_on_the_table_is_included_with_keys_and_excluded(string strategy, params string[] granted)
    {
        await using var stick = new SimulatedTcpStick();
        await using var host = DriverHost.Start(stick.Port, s_limit, "--s2");
        await host.InterviewAsync();
        var plug = stick.Network.PutOnTable(SecureHost.SmartPlug(Classes(granted)));
        var before = host.Peer.Position;
        await host.Peer.RunAsync("include", ("strategy", strategy), ("grant", granted), ("pin", plug.Security.DskText[..5]));
        plug.PressInclusionButton();
        var added = await host.Peer.NextAsync(line => line.IsEvent("nodeAdded"), "the new node", before, s_limit);
        Assert.Equal(granted[0], added.Text("securityClass"));
        Assert.Equal(Classes(granted), plug.Security.Granted);
        // until then the driver does not know what needs Security 0
        await host.Peer.NextAsync(line => line.IsEvent("interviewed"), "the end of its interview", before, s_limit);
        await host.SetSwitchAsync((byte)plug.Id.Value, 0, isOn: true);
        Assert.True(plug.IsOn());
        await host.Peer.RunAsync("exclude");
        plug.PressInclusionButton();
        await host.Peer.NextAsync(line => line.IsEvent("nodeRemoved"), "the removal", before, s_limit);
        Assert.True(plug.Security.Granted.IsEmpty);
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task A_wrong_pin_leaves_the_plug_without_keys()
    {
        await using var stick = new SimulatedTcpStick();
        await using var host = DriverHost.Start(stick.Port, TimeSpan.FromSeconds(400), "--s2");
        await host.InterviewAsync();
        var plug = stick.Network.PutOnTable(PlugFile.Read(PlugBench.SmartPlug));
        var before = host.Peer.Position;
        await host.Peer.RunAsync("include", ("strategy", "s2"), ("grant", new[] { "S2_Authenticated" }), ("pin", "00001"));
        plug.PressInclusionButton();
        var added = await host.Peer.NextAsync(line => line.IsEvent("nodeAdded"), "the new node", before, TimeSpan.FromSeconds(300));
        TestContext.Current.TestOutputHelper?.WriteLine(added.GetRawText());
        Assert.True(plug.Security.Granted.IsEmpty);
    }

    [Fact]
    public async Task A_plug_is_included_by_its_dsk()
    {
        await using var stick = new SimulatedTcpStick();
        await using var host = DriverHost.Start(stick.Port, s_limit, "--s2");
        await host.InterviewAsync();
        var before = host.Peer.Position;
        var plug = stick.Network.PutOnTable(PlugFile.Read(PlugBench.SmartPlug));
        await host.Peer.RunAsync("provision", ("dsk", plug.Security.DskText), ("classes", new[] { "S2_Authenticated", "S2_Unauthenticated" }));
        var added = await host.Peer.NextAsync(line => line.IsEvent("nodeAdded"), "the new node", before, s_limit);
        Assert.Equal("S2_Authenticated", added.Text("securityClass"));
        Assert.Empty(host.Errors);
    }

    private static SecurityClasses Classes(string[] words) =>
        SecurityClasses.Of([.. words.Select(static word => SecurityClassWords.TryParse(word, out var one) ? one : throw new ArgumentException(word))]);
}
