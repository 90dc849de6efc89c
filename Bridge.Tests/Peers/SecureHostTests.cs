using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>Our host and a plug with keys whose cryptography is not ours.</summary>
public abstract class SecureHostTests(SecureHostOnMockNetwork host, SecurityClass securityClass)
{
    private protected SecureHostOnMockNetwork Host => host;

    [Fact]
    public async Task Plug_nobody_knows_is_found_with_its_key_and_interviewed_encrypted()
    {
        var (found, failed) = await host.Network.ReadAsync(view => (
            view.FindNode(host.Plug)!.SecurityClass, string.Join(' ', view.FindNode(host.Plug)!.FailedSteps)));
        Assert.Equal(securityClass, found);
        Assert.Equal("", failed);
        Assert.Equal(123.45m, (await host.Network.ReadAsync(view => view.Values.Read(
            new(host.Plug, EndpointIndex.Root, MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 0))))).AsDecimal);
        Assert.Equal(0, await host.Network.GetParameterAsync(host.Plug, 2));
        Assert.Equal(0, (await host.SecurityAsync()).GetProperty("refused").Number("plain"));
    }

    [Fact]
    public async Task Switch_is_turned_on_and_off_encrypted_and_confirmed()
    {
        var since = host.Peer.Peer.Position;
        Assert.True(await host.Network.SetSwitchAsync(host.Plug, EndpointIndex.Root, isOn: true));
        Assert.True(await host.IsOnAsync());
        Assert.False(await host.Network.SetSwitchAsync(host.Plug, EndpointIndex.Root, isOn: false));
        Assert.False(await host.IsOnAsync());
        var set = await host.Peer.Peer.NextEventAsync(
            "decrypted", static line => line.Text("hex").Contains("2501FF", StringComparison.Ordinal), since);
        Assert.Equal(SecurityClassWords.Of(securityClass), set.Text("securityClass"));
    }

    [Fact]
    public async Task Encrypted_report_nobody_asked_for_arrives()
    {
        await host.ReportAsync("32 02 21 34 00 00 04 D2");
        await host.Probe.UntilValueAsync(host.Watt, Value.OfDecimal(1234, 1));
    }

    [Fact]
    public async Task Command_to_a_plug_that_lost_its_nonces_is_carried_out()
    {
        await host.Network.SetSwitchAsync(host.Plug, EndpointIndex.Root, isOn: false);
        await host.RunAsync("forgetNonces");
        Assert.True(await host.Network.SetSwitchAsync(host.Plug, EndpointIndex.Root, isOn: true));
        Assert.True(await host.IsOnAsync());
    }

    [Fact]
    public async Task Command_is_carried_out_although_the_nonce_the_plug_gives_is_lost_once()
    {
        await host.Network.SetSwitchAsync(host.Plug, EndpointIndex.Root, isOn: false);
        await host.RunAsync("forgetNonces");
        await host.Peer.ArmAsync("dropNonceReport", node: (byte)host.Plug.Value);
        Assert.True(await host.Network.SetSwitchAsync(host.Plug, EndpointIndex.Root, isOn: true));
        Assert.True(await host.IsOnAsync());
    }

    [Fact]
    public async Task Replayed_report_is_rejected_and_counted()
    {
        await host.ReportAsync("32 02 21 34 00 00 04 D3");
        await host.Probe.UntilValueAsync(host.Watt, Value.OfDecimal(1235, 1));
        long Counted() => host.Network.Counters.RepetitionsDropped + host.Network.Counters.NotDecrypted;
        int Reports() => host.Probe.Commands.Count(static received => received.Command is MeterReport);
        var (counted, reports) = (Counted(), Reports());
        await host.RunAsync("replay");
        await host.UntilCountedAsync(_ => Counted() > counted);
        Assert.Equal(reports, Reports());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-10)]
    public async Task Tampered_report_is_rejected_and_counted_and_the_next_one_is_believed(int tamperedByte)
    {
        var (counted, since) = (host.Network.Counters.NotDecrypted, host.Probe.Updates.Count);
        // 150.0 W tampered with, and at once, before it has another nonce, 160.0 W
        await host.ReportAsync("32 02 21 34 00 00 05 DC", tamperedByte);
        await host.ReportAsync("32 02 21 34 00 00 06 40");
        await host.UntilCountedAsync(counters => counters.NotDecrypted > counted);
        await host.Probe.UntilValueAsync(host.Watt, Value.OfDecimal(1600, 1), since);
        Assert.DoesNotContain(host.Probe.Updates.Skip(since), update => update.Id == host.Watt && update.Current == Value.OfDecimal(1500, 1));
    }

    [Fact]
    public async Task Report_in_the_clear_is_refused_and_counted()
    {
        var (counted, since) = (host.Network.Counters.InsecureRefused, host.Probe.Updates.Count);
        await host.Peer.Peer.RunAsync("report", ("node", host.Plug.Value), ("hex", "32 02 21 34 00 00 07 D0"), ("secure", false));
        await host.UntilCountedAsync(counters => counters.InsecureRefused > counted);
        Assert.DoesNotContain(host.Probe.Updates.Skip(since), update => update.Id == host.Watt);
    }
}

/// <summary>Security 2, Authenticated.</summary>
public sealed class Security2HostTests(Security2Host host) : SecureHostTests(host, SecurityClass.S2Authenticated), IClassFixture<Security2Host>
{
    [Fact]
    public async Task Switch_command_is_supervised_inside_the_envelope()
    {
        var since = Host.Peer.Peer.Position;
        await Host.Network.SetSwitchAsync(Host.Plug, EndpointIndex.Root, isOn: true);
        await Host.Peer.Peer.NextEventAsync("decrypted", static line => line.Text("hex").StartsWith("6C01", StringComparison.Ordinal), since);
    }
}

/// <summary>Security 0.</summary>
public sealed class Security0HostTests(Security0Host host) : SecureHostTests(host, SecurityClass.S0), IClassFixture<Security0Host>;
