using System.Text.Json;
using Bridge.Tests.Support;
using Bridge.ZWave.Simulation;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>A foreign host on the simulated controller: it must find nothing to complain about, and every plug must do what it says.</summary>
public sealed class SimulatorWithDriverTests
{
    private const byte SmartPlug = 2;
    private const byte EnergySwitch = 3;
    private const byte DoubleSwitch = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData("700 series")]
    [InlineData("700 series, bridge")]
    [InlineData("500 series")]
    public async Task Driver_interviews_all_three_plugs_to_the_end_without_an_error(string module)
    {
        var options = module switch
        {
            "500 series" => SimulatedControllerOptions.Series500,
            "700 series, bridge" => new SimulatedControllerOptions { IsBridge = true },
            _ => new(),
        };
        await using var stick = SimulatedTcpStick.WithPlugs(options);
        await using var host = DriverHost.Start(stick.Port, s_limit, "--s2");

        var nodes = await host.InterviewAsync();

        Assert.Equal([SmartPlug, EnergySwitch, DoubleSwitch], nodes.Select(node => (byte)node.Number("node")!));
        Assert.All(nodes, node => Assert.True(node.GetProperty("interviewed").GetBoolean()));
        Assert.Empty(host.Errors);
        Assert.Equal(123.45m, DriverHost.ValueOf(nodes[0], 0, 0x32, value => value.Number("propertyKey") == 65537).GetDecimal());
        Assert.Equal(3, nodes[2].Number("endpoints"));
    }

    [Fact]
    public async Task Driver_switches_measures_configures_and_resets_every_plug()
    {
        await using var stick = SimulatedTcpStick.WithPlugs();
        await using var host = DriverHost.Start(stick.Port, s_limit, "--s2");
        await host.InterviewAsync();

        // Endpoints 1 and 2 are relays, 3 is both.
        await host.SetSwitchAsync(DoubleSwitch, 1, isOn: true);
        Assert.True(await host.GetSwitchAsync(DoubleSwitch, 1));
        Assert.False(await host.GetSwitchAsync(DoubleSwitch, 2));
        Assert.True(await host.GetSwitchAsync(DoubleSwitch, 3));
        await host.SetSwitchAsync(DoubleSwitch, 3, isOn: false);
        Assert.False(await host.GetSwitchAsync(DoubleSwitch, 1));
        await host.SetSwitchAsync(DoubleSwitch, 3, isOn: true);
        Assert.True(stick.Network[DoubleSwitch].IsOn(1) && stick.Network[DoubleSwitch].IsOn(2));
        await host.SetSwitchAsync(DoubleSwitch, 2, isOn: false);
        Assert.False(await host.GetSwitchAsync(DoubleSwitch, 2));
        Assert.True(await host.GetSwitchAsync(DoubleSwitch, 3));

        // n4003: Supervision says success, status FF.
        Assert.Equal(0xFF, await host.SetSwitchAsync(SmartPlug, 0, isOn: true));
        await host.SetSwitchAsync(EnergySwitch, 0, isOn: true);
        Assert.True(await host.GetSwitchAsync(EnergySwitch, 0));

        await AssertReadingsAsync(host, SmartPlug, 0, watts: 60m, powerFactor: null);
        await AssertReadingsAsync(host, DoubleSwitch, 1, watts: 100m, powerFactor: 0.99m);
        Assert.Equal(200m, await host.ReadMeterAsync(EnergySwitch, 0, scale: 2, rate: 1));
        Assert.Equal(0m, await host.ReadMeterAsync(EnergySwitch, 0, scale: 2, rate: 2));
        Assert.Equal(12.34m, await host.ReadMeterAsync(EnergySwitch, 0, scale: 0, rate: 2));

        foreach (var (node, number, size, value) in new (byte, int, int, long)[]
                 {
                     (SmartPlug, 5, 1, 50), (SmartPlug, 2, 4, 60), (EnergySwitch, 7, 1, 255), (EnergySwitch, 3, 2, 4500), (DoubleSwitch, 1, 2, 32767),
                     (DoubleSwitch, 14, 1, 2),
                 })
        {
            await host.SetParameterAsync(node, number, value);
            Assert.Equal(value, await host.GetParameterAsync(node, number));
            Assert.Equal(value, stick.Network[node].ReadParameter(number));
        }

        await host.ResetMeterAsync(DoubleSwitch, 1);
        Assert.Equal(0m, await host.ReadMeterAsync(DoubleSwitch, 1, scale: 0));
        Assert.Equal(7.89m, await host.ReadMeterAsync(DoubleSwitch, 2, scale: 0));
        Assert.Equal(7.89m, await host.ReadMeterAsync(DoubleSwitch, 3, scale: 0));
        await host.ResetMeterAsync(SmartPlug, 0);
        Assert.InRange(await host.ReadMeterAsync(SmartPlug, 0, scale: 0), 0m, 0.01m);
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task Driver_hears_what_plugs_say_by_themselves()
    {
        await using var stick = SimulatedTcpStick.WithPlugs();
        await using var host = DriverHost.Start(stick.Port, s_limit, "--s2");
        await host.InterviewAsync();

        foreach (var node in new[] { SmartPlug, EnergySwitch })
        {
            var before = host.Peer.Position;
            stick.Network[node].PressButton();
            var pressed = await host.Peer.NextAsync(
                line => line.IsEvent("value") && line.Number("node") == node && line.Number("cc") == 0x25 && line.Text("property") == "currentValue",
                $"a switch report of node {node}", before);
            Assert.True(pressed.GetProperty("value").GetBoolean());
        }

        var position = host.Peer.Position;
        stick.Network[SmartPlug].SetLoad(500, 0.9m);
        var power = await host.Peer.NextAsync(
            line => line.IsEvent("value") && line.Number("node") == SmartPlug && line.Number("cc") == 0x32 && line.Number("propertyKey") == 66049
                && line.GetProperty("value").GetDecimal() == 500m,
            "a power report", position);
        Assert.Equal(JsonValueKind.Number, power.GetProperty("value").ValueKind);

        position = host.Peer.Position;
        stick.Network[SmartPlug].SetLoad(4000);
        await host.Peer.NextAsync(
            line => line.IsEvent("value") && line.Number("node") == SmartPlug && line.Number("cc") == 0x71 && line.Number("value") == 8, "the overload", position);
        Assert.False(stick.Network[SmartPlug].IsOn());
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task Driver_brings_a_firmware_to_the_plug()
    {
        await using var stick = SimulatedTcpStick.WithPlugs();
        await using var host = DriverHost.Start(stick.Port, s_limit);
        await host.InterviewAsync();
        var image = SimulatedFirmware.MakeImage(0x0312, 0xAC01, new(1, 3), 1000);

        var end = await host.Peer.RunAsync("updateFirmware", ("node", SmartPlug), ("hex", Convert.ToHexString(image)));

        Assert.True(end.GetProperty("success").GetBoolean(), end.GetRawText());
        Assert.Equal(0xFF, end.GetProperty("status").GetInt32());
        Assert.Equal(image, stick.Network[SmartPlug].Firmware.Image);
    }

    /// <summary>Every scale of a plug whose voltage is around 230 V: the readings agree with one another within their rounding.</summary>
    private static async Task AssertReadingsAsync(DriverHost host, byte node, byte endpoint, decimal watts, decimal? powerFactor)
    {
        Assert.Equal(watts, await host.ReadMeterAsync(node, endpoint, scale: 2));
        var volts = await host.ReadMeterAsync(node, endpoint, scale: 4);
        var amperes = await host.ReadMeterAsync(node, endpoint, scale: 5);
        Assert.InRange(volts, 225m, 235m);
        Assert.InRange(watts / (volts * amperes), 0.9m, 1.02m);
        if (powerFactor is not { } expected) return;
        Assert.Equal(expected, await host.ReadMeterAsync(node, endpoint, scale: 6));
        Assert.InRange(volts * amperes * expected, watts - 2, watts + 2);
    }
}
