using Bridge.Cli;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>The program as a process of its own: settings from everywhere, signals, exit codes.</summary>
public sealed class RunProcessTests : IDisposable
{
    private const string AnyPort = "--Mqtt:Embedded:Listen=127.0.0.1:0";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_even_told_twice_stops_cleanly_and_what_is_known_is_written(string signal)
    {
        using var program = BridgeProcess.Start(_folder.Path, ["run", "--ZWave:Port=simulator", AnyPort, $"--Storage:Directory={_folder["state"]}"]);
        await program.WaitForAsync("Controller ready: home id C0DE2026");
        // As timeout(1) does it: to the process, then to its group.
        await program.SignalAsync(signal);
        await program.SignalAsync(signal);
        Assert.Equal(ExitCode.Success, await program.WaitForExitAsync());
        Assert.Contains("Stopped", program.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["state/network-C0DE2026.json"]));
    }

    [Fact]
    public async Task The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        await File.WriteAllTextAsync(
            _folder["appsettings.json"], """{ "ZWave": { "Port": "/dev/of-file" }, "Storage": { "Directory": "of-file" } }""");
        var environment = new Dictionary<string, string>
        {
            ["ZWave__Port"] = "simulator",
            ["Storage__Directory"] = _folder["of-environment"],
        };
        using var program = BridgeProcess.Start(_folder.Path, [AnyPort, $"--Storage:Directory={_folder["of-command-line"]}"], environment);
        await program.WaitForAsync($"on simulator, keeping what it knows in {_folder["of-command-line"]}");
        await program.SignalAsync("TERM");
        Assert.Equal(ExitCode.Success, await program.WaitForExitAsync());
    }

    [Fact]
    public async Task The_start_tells_the_version_stand_ins_and_settings_nobody_reads()
    {
        using var program = BridgeProcess.Start(
            _folder.Path, ["--ZWave:Port=simulator", "--ZWave:Prot=COM3", AnyPort, $"--Storage:Directory={_folder["state"]}"]);
        await program.WaitForAsync("Controller ready");
        await program.SignalAsync("TERM");
        Assert.Equal(ExitCode.Success, await program.WaitForExitAsync());
        Assert.Contains($"zwbridge {ProgramVersion.Text} on simulator", program.Output, StringComparison.Ordinal);
        Assert.Contains("The setting ZWave:Prot is not known and has no effect", program.Output, StringComparison.Ordinal);
        Assert.Equal(ProgramVersion.UsesStandIns, program.Output.Contains("stand-ins", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_settings_file_that_is_no_JSON_ends_with_78_and_names_the_file()
    {
        await File.WriteAllTextAsync(_folder["appsettings.json"], """{ "ZWave": """);
        using var program = BridgeProcess.Start(_folder.Path, []);
        Assert.Equal(ExitCode.WrongSettings, await program.WaitForExitAsync());
        Assert.Contains(_folder["appsettings.json"], program.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", program.Error, StringComparison.Ordinal);
    }
}
