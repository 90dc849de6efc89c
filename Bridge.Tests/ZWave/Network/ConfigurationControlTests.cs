using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

public sealed class ConfigurationControlTests
{
    [Fact]
    public async Task Parameter_of_an_old_plug_without_a_file_is_asked_for_its_size_first_and_written_with_it()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("double-switch"), hasFiles: false);
        var since = bench.Said(2).Length;
        Assert.Equal(2000, await bench.Network.SetParameterAsync(new(2), 1, 2000));
        Assert.Equal(["70 05 01", "70 04 01 02 07 D0", "70 05 01"], bench.Said(2, since));
    }

    [Theory]
    [InlineData(255)]
    [InlineData(-1)]
    public async Task Both_spellings_of_a_byte_are_one_value_and_shown_one_way(int value)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"), hasFiles: false);
        // nobody told whether it is signed: shown as the bytes are sent, which is signed
        Assert.Equal(-1, await bench.Network.SetParameterAsync(new(2), 8, value));
        Assert.Equal(255, bench.Plugs[2].ReadParameter(8));
        Assert.Equal(-1, await bench.Network.GetParameterAsync(new(2), 8));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(-129)]
    public async Task Number_that_does_not_fit_the_size_the_plug_told_is_refused(int value)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"), hasFiles: false);
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.SetParameterAsync(new(2), 8, value));
        Assert.Equal(ZWaveErrorCode.InvalidArgument, error.Code);
        Assert.Contains("-128..255", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("energy-switch", 7, 3, "5..255 and 0")]
    [InlineData("energy-switch", 3, -5, "0..4500")]
    [InlineData("energy-switch", 3, 70_000, "0..4500")]
    [InlineData("n4003", 1, 4, "3 (Always on)")]
    public async Task Number_out_of_the_range_of_the_file_is_refused_with_the_range(string plug, int number, int value, string allowed)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read(plug));
        var since = bench.Said(2).Length;
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.SetParameterAsync(new(2), number, value));
        Assert.Equal(ZWaveErrorCode.InvalidArgument, error.Code);
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Said(2, since));
    }

    [Fact]
    public async Task Value_the_plug_did_not_take_is_told_with_the_one_it_has()
    {
        // a plug that checks its range more narrowly than its file does
        var plug = PlugFile.Read("double-switch");
        await using var bench = await NetworkBench.StartAsync(plug with
        {
            Parameters = [.. plug.Parameters.Select(static parameter => parameter.Number == 8 ? parameter with { Maximum = 100 } : parameter)],
        });
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.SetParameterAsync(new(2), 8, 200));
        Assert.Equal(ZWaveErrorCode.NotConfirmed, error.Code);
        Assert.Contains("asked for 200, the device says 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_the_plug_does_not_have_is_not_written()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"), hasFiles: false);
        var since = bench.Said(2).Length;
        Assert.Equal(ZWaveErrorCode.NodeTimeout, (await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.SetParameterAsync(new(2), 99, 1))).Code);
        Assert.All(bench.Said(2, since), static said => Assert.Equal("70 05 63", said));
    }

    [Fact]
    public async Task Off_that_a_parameter_makes_the_plug_ignore_says_so_and_what_to_set()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("double-switch"));
        await bench.Network.SetParameterAsync(new(2), 9, 1);
        Assert.True(await bench.Network.SetSwitchAsync(new(2), new(1), true));
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.SetSwitchAsync(new(2), new(1), false));
        Assert.Equal(ZWaveErrorCode.NotConfirmed, error.Code);
        Assert.EndsWith(
            "Parameter 9 (Reaction to off by radio) is 1 (Ignore): off by radio does nothing. Set it to 0 (Off)", error.Message, StringComparison.Ordinal);
        Assert.True(await bench.StateAsync(1));
        await bench.Network.SetParameterAsync(new(2), 9, 0);
        Assert.False(await bench.Network.SetSwitchAsync(new(2), new(1), false));
    }

    [Fact]
    public async Task Parameter_that_explains_an_ignored_off_is_asked_for_when_it_is_not_known()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("double-switch"));
        await bench.Network.SetParameterAsync(new(2), 9, 1);
        await bench.Network.ReadAsync(static view =>
        {
            view.Values.Restore(new(new(2), EndpointIndex.Root, ConfigurationCommandClass.Parameter(9)), Bridge.ZWave.Values.Value.Unknown, null);
            return true;
        });
        Assert.True(await bench.Network.SetSwitchAsync(new(2), new(1), true));
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.SetSwitchAsync(new(2), new(1), false));
        Assert.Contains("Set it to 0 (Off)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_command_is_answered_as_soon_as_a_newer_one_contradicts_it_and_is_not_repeated()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        var on = bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true);
        var off = bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, false);
        Assert.Equal(ZWaveErrorCode.Superseded, (await Assert.ThrowsAsync<ZWaveException>(() => on)).Code);
        Assert.False(await off);
        Assert.False(bench.Plugs[2].IsOn());
        Assert.True(bench.Said(2).Count(static said => said == "25 01 FF") <= 1);
    }

    [Theory]
    [InlineData("energy-switch", true, 7, 255)]
    [InlineData("energy-switch", false, 7, -1)]
    [InlineData("n4003", false, 2, 65535)]
    public async Task Stored_parameter_is_shown_as_file_or_format_mean_it(string plug, bool hasFiles, int number, int expected)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read(plug), hasFiles);
        await bench.Network.SetParameterAsync(new(2), number, expected);
        Assert.Equal(expected, await bench.Network.ReadAsync(view => NodeParameters.Read(view.Values, view.FindNode(new(2))!, number)));
    }

    [Fact]
    public async Task Report_of_the_old_state_between_command_and_confirmation_is_not_shown()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        Assert.True(await bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
        var since = bench.Probe.Updates.Count;
        bench.Plugs.ControllerSays = (_, command) =>
        {
            // an old answer of the plug arrives right behind our command
            if (Hex.Spaced(command.Span) == "25 01 00") bench.Plugs[2].Say(new byte[] { 0x25, 0x03, 0xFF });
        };
        Assert.False(await bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, false));
        var states = bench.Probe.Updates.Skip(since).Where(static update => update.Id.Property == SwitchBinaryCommandClass.State).Select(static update => update.Current.AsBoolean);
        Assert.DoesNotContain(true, states);
    }
}
