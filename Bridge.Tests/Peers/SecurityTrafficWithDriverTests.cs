using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>What a plug of ours and a host whose cryptography is not ours say to each other, and do not believe.</summary>
public abstract class SecurityTrafficWithDriverTests(SecureDriverOnSimulator driver)
{
    private protected SecureDriverOnSimulator Driver => driver;

    private DriverHost Host => driver.Host;

    [Fact]
    public async Task Switch_obeys_and_tells_its_state()
    {
        await Host.SetSwitchAsync(2, 0, isOn: true);
        Assert.True(driver.Plug.IsOn());
        Assert.True(await Host.GetSwitchAsync(2, 0));
        await Host.SetSwitchAsync(2, 0, isOn: false);
        Assert.False(driver.Plug.IsOn());
    }

    [Fact]
    public async Task Meter_report_nobody_asked_for_arrives()
    {
        var since = Host.Peer.Position;
        driver.ReportPower(1234);
        await driver.PowerToldAsync(123.4m, since);
    }

    [Fact]
    public async Task Plug_that_lost_its_nonces_is_heard_and_obeys()
    {
        await Host.SetSwitchAsync(2, 0, isOn: false);
        driver.Plug.Security.ForgetNonces();
        var since = Host.Peer.Position;
        driver.ReportPower(1300);
        await driver.PowerToldAsync(130, since);
        driver.Plug.Security.ForgetNonces();
        Assert.False(await Host.GetSwitchAsync(2, 0));
    }

    [Fact]
    public async Task Report_that_was_tampered_with_is_not_believed_and_the_next_one_is()
    {
        var since = Host.Peer.Position;
        driver.Plug.Security.TamperWithNextFrame();
        driver.ReportPower(1400);
        driver.ReportPower(1500);
        await driver.PowerToldAsync(150, since);
        Assert.Empty(Host.Errors);
    }

    [Fact]
    public async Task Report_that_is_replayed_counts_once()
    {
        var since = Host.Peer.Position;
        driver.ReportPower(1600);
        Assert.Equal(1, await driver.PowerToldAsync(160, since));
        driver.Plug.Security.RepeatLastFrame();
        driver.ReportPower(1700);
        await driver.PowerToldAsync(170, since);
        Assert.Equal(1, await driver.PowerToldAsync(160, since));
    }

    [Fact]
    public async Task Command_in_the_clear_is_not_obeyed()
    {
        await Host.SetSwitchAsync(2, 0, isOn: false);
        await Host.Peer.RunAsync("raw", ("node", 2), ("hex", "25 01 FF"), ("secure", false));
        Assert.False(await Host.GetSwitchAsync(2, 0));
        Assert.False(driver.Plug.IsOn());
    }
}

/// <summary>Security 2, Authenticated.</summary>
public sealed class Security2TrafficWithDriverTests(Security2Driver driver) : SecurityTrafficWithDriverTests(driver), IClassFixture<Security2Driver>
{
    [Fact]
    public async Task Switch_command_is_supervised_and_its_success_is_known()
    {
        // "success" of a Supervision Report
        Assert.Equal(255, await Driver.Host.SetSwitchAsync(2, 0, isOn: true));
        Assert.True(Driver.Plug.IsOn());
    }

    [Fact]
    public async Task Host_that_lost_its_nonces_is_heard()
    {
        await Driver.Host.SetSwitchAsync(2, 0, isOn: false);
        await Driver.Host.Peer.RunAsync("forgetNonces", ("node", 2));
        Assert.Equal(255, await Driver.Host.SetSwitchAsync(2, 0, isOn: true));
        Assert.True(Driver.Plug.IsOn());
    }
}

/// <summary>Security 0.</summary>
public sealed class Security0TrafficWithDriverTests(Security0Driver driver) : SecurityTrafficWithDriverTests(driver), IClassFixture<Security0Driver>;
