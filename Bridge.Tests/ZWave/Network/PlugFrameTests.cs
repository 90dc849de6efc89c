using System.Globalization;
using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>
/// The bytes that reach a plug, as its manual has them. Manuals that name a source endpoint take the asker's own; we have none and say 0
/// (<c>60 0D 00 01 25 01 00</c> where the manual has <c>60 0D 01 01 25 01 00</c>).
/// </summary>
public sealed class PlugFrameTests
{
    private static readonly DeviceCatalog s_catalog = DeviceCatalog.Load(Repository.Path("devices"));

    public static TheoryData<string, byte, bool, string> Switches => new()
    {
        // version 2: with the duration "instantly"; around it Supervision, which is left out here
        { "n4003", 0, true, "25 01 FF 00" },
        { "n4003", 0, false, "25 01 00 00" },
        // version 1: the value and nothing else
        { "energy-switch", 0, true, "25 01 FF" },
        { "energy-switch", 0, false, "25 01 00" },
        { "double-switch", 0, true, "25 01 FF" },
        { "double-switch", 1, true, "60 0D 00 01 25 01 FF" },
        { "double-switch", 1, false, "60 0D 00 01 25 01 00" },
        { "double-switch", 2, true, "60 0D 00 02 25 01 FF" },
        { "double-switch", 3, false, "60 0D 00 03 25 01 00" },
    };

    [Theory]
    [MemberData(nameof(Switches))]
    public async Task Switch(string plug, byte endpoint, bool isOn, string expected)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read(plug));
        var since = bench.Said(2).Length;
        await bench.Network.SetSwitchAsync(new(2), new(endpoint), isOn);
        Assert.Equal(expected, bench.Said(2, since)[0]);
    }

    [Theory]
    [InlineData("n4003", 0, "32 05")]
    [InlineData("energy-switch", 0, "32 05")]
    [InlineData("double-switch", 1, "60 0D 00 01 32 05")]
    [InlineData("double-switch", 2, "60 0D 00 02 32 05")]
    [InlineData("double-switch", 3, "60 0D 00 03 32 05")]
    public async Task Meter_reset(string plug, byte endpoint, string expected)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read(plug));
        var since = bench.Said(2).Length;
        await bench.Network.ResetMeterAsync(new(2), new(endpoint));
        // A group comes after its members.
        string[] members = endpoint == 3 ? ["60 0D 00 01 32 05", "60 0D 00 02 32 05"] : [];
        Assert.Equal([.. members, expected], bench.Said(2, since).Take(members.Length + 1));
    }

    [Theory]
    [InlineData("n4003", 2, 60, "70 04 02 04 00 00 00 3C")]
    [InlineData("n4003", 1, 3, "70 04 01 01 03")]
    [InlineData("n4003", 3, 65535, "70 04 03 04 00 00 FF FF")]
    [InlineData("energy-switch", 3, 1194, "70 04 03 02 04 AA")]
    [InlineData("energy-switch", 7, 255, "70 04 07 01 FF")]
    [InlineData("energy-switch", 7, -1, "70 04 07 01 FF")]
    [InlineData("energy-switch", 6, 0, "70 04 06 01 00")]
    [InlineData("double-switch", 1, 32767, "70 04 01 02 7F FF")]
    [InlineData("double-switch", 9, 0, "70 04 09 01 00")]
    public async Task Parameter(string plug, int number, int value, string expected)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read(plug));
        var since = bench.Said(2).Length;
        Assert.Equal(value == -1 ? 255 : value, await bench.Network.SetParameterAsync(new(2), number, value));
        // the write, then the question what became of it
        Assert.Equal([expected, $"70 05 {number:X2}"], bench.Said(2, since));
    }

    [Theory]
    [InlineData("n4003")]
    [InlineData("energy-switch")]
    [InlineData("double-switch")]
    public async Task Every_parameter_goes_out_with_the_size_of_its_file_and_every_valid_value_is_taken(string plug)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read(plug));
        var file = (await bench.Network.ReadAsync(static view => view.FindNode(new(2))!.Device))!;
        // parameters that reset the others tell a status, not what was written; a removed endpoint would end what follows
        var parameters = file.Parameters.Where(static parameter => parameter is { IsReadOnly: false, IsHidden: false }).ToArray();
        Assert.NotEmpty(parameters);
        foreach (var parameter in parameters)
        {
            var values = new[] { parameter.Minimum, parameter.Maximum }.Concat(parameter.AlsoAllowed).Concat(parameter.Values.Keys).Where(parameter.Accepts).Distinct();
            foreach (var value in values)
            {
                var since = bench.Said(2).Length;
                Assert.Equal(value, await bench.Network.SetParameterAsync(new(2), parameter.Number, value));
                var digits = value.ToString("X" + (parameter.Size * 2).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
                Assert.Equal(Hex.Spaced(WireAssert.Bytes($"7004{parameter.Number:X2}{parameter.Size:X2}{digits}")), bench.Said(2, since)[0]);
            }
        }
    }

    [Fact]
    public void Files_describe_each_of_the_three_plugs_that_are_tested_here() =>
        Assert.All(["n4003", "energy-switch", "double-switch"], static plug => Assert.Contains(s_catalog.Definitions, file => file.Fingerprints.Any(fingerprint =>
            PlugFile.Read(plug).Identity is var identity && fingerprint == new Fingerprint(identity.ManufacturerId, identity.ProductTypeId, identity.ProductId))));

    [Theory]
    [InlineData(0, "75 01 00")]
    [InlineData(1, "75 01 01")]
    [InlineData(2, "75 01 02")]
    public async Task Protection_of_version_1_is_one_byte(int state, string expected)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        var since = bench.Said(2).Length;
        Assert.Equal(state, await bench.Network.SetProtectionAsync(new(2), state));
        Assert.Equal([expected, "75 02"], bench.Said(2, since));
    }

    [Fact]
    public async Task Protection_of_version_2_keeps_the_radio_protection_as_it_is()
    {
        var plug = PlugFile.Read("energy-switch");
        await using var bench = await NetworkBench.StartAsync(plug with
        {
            CommandClasses = [.. plug.CommandClasses.Select(static supported => supported.Id == ProtectionCommandClass.Id ? new PlugCommandClass(supported.Id, 2) : supported)],
        });
        var since = bench.Said(2).Length;
        await bench.Network.SetProtectionAsync(new(2), 1);
        // by hand by sequence, by radio free
        Assert.Equal("75 01 01 00", bench.Said(2, since)[0]);
        await bench.Network.SendAsync(new(2), EndpointIndex.Root, new ProtectionSet(0, 1));
        await bench.Network.QueryAsync<ProtectionReport>(new(2), EndpointIndex.Root, new ProtectionGet());
        since = bench.Said(2).Length;
        await bench.Network.SetProtectionAsync(new(2), 2);
        // by hand not at all, by radio not controlled, as before
        Assert.Equal("75 01 02 01", bench.Said(2, since)[0]);
    }

    [Fact]
    public async Task Protection_state_that_does_not_exist_is_refused()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        Assert.Equal(ZWaveErrorCode.InvalidArgument, (await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.SetProtectionAsync(new(2), 3))).Code);
    }

    [Fact]
    public async Task Identify_is_three_blinks_of_indicator_50()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("n4003"));
        var since = bench.Said(2).Length;
        await bench.Network.IdentifyAsync(new(2), EndpointIndex.Root);
        // indicator 0; three objects: 50 hex, period 0.8 s; 50 hex, 3 cycles; 50 hex, lit 0.6 s
        Assert.Equal("87 01 00 03 50 03 08 50 04 03 50 05 06", bench.Said(2, since)[0]);
    }

    [Fact]
    public async Task Configuration_of_version_4_is_reset_by_its_own_command_and_read_again()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("n4003"));
        await bench.Network.SetParameterAsync(new(2), 5, 50);
        var since = bench.Said(2).Length;
        await bench.Network.ResetConfigurationAsync(new(2));
        Assert.Equal(["70 01", "70 05 01", "70 05 02", "70 05 03", "70 05 04", "70 05 05", "70 05 06", "70 05 07", "70 05 08"], bench.Said(2, since));
        Assert.Equal(5, (await bench.ReadAsync(EndpointIndex.Root, ConfigurationCommandClass.Parameter(5))).AsInteger);
    }

    [Fact]
    public async Task Configuration_reset_by_a_parameter_writes_FF_and_never_55_and_shows_the_defaults()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        await bench.Network.SetParameterAsync(new(2), 7, 200);
        var since = bench.Said(2).Length;
        await bench.Network.ResetConfigurationAsync(new(2));
        var said = bench.Said(2, since);
        // parameter 1 := FF, it reads AA (factory settings): enough; then everything that is shown
        Assert.Equal(["70 04 01 01 FF", "70 05 01", "70 05 02", "70 05 03", "70 05 04", "70 05 06", "70 05 07", "70 05 08", "70 05 09", "70 05 0A"], said);
        Assert.Equal(10, (await bench.ReadAsync(EndpointIndex.Root, ConfigurationCommandClass.Parameter(7))).AsInteger);
    }

    [Fact]
    public async Task Configuration_reset_tries_parameter_0_where_parameter_1_does_not_exist()
    {
        var plug = PlugFile.Read("energy-switch");
        await using var bench = await NetworkBench.StartAsync(plug with { Parameters = [.. plug.Parameters.Where(static parameter => parameter.Number != 1)] });
        await bench.Network.SetParameterAsync(new(2), 7, 200);
        var since = bench.Said(2).Length;
        await bench.Network.ResetConfigurationAsync(new(2));
        var sets = bench.Said(2, since).Where(static said => said.StartsWith("70 04", StringComparison.Ordinal));
        Assert.Equal(["70 04 01 01 FF", "70 04 00 01 FF"], sets);
        Assert.Equal(10, bench.Plugs[2].ReadParameter(7));
    }

    [Fact]
    public async Task Value_that_resets_nothing_is_refused()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        var since = bench.Said(2).Length;
        Assert.Equal(ZWaveErrorCode.InvalidArgument, (await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.SetParameterAsync(new(2), 1, 0x55))).Code);
        Assert.Empty(bench.Said(2, since));
    }

    [Fact]
    public async Task Plug_that_cannot_reset_its_configuration_is_told_nothing()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("double-switch"));
        Assert.Equal(ZWaveErrorCode.NotSupported, (await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.ResetConfigurationAsync(new(2)))).Code);
    }

    [Fact]
    public async Task Mode_of_switch_all_is_known_after_the_interview()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        Assert.Equal(SwitchAllCommandClass.Included, (await bench.ReadAsync(EndpointIndex.Root, SwitchAllCommandClass.Mode)).AsInteger);
    }
}
