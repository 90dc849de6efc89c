using Bridge.Cli;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class RunCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string StorageDirectory => $"--Storage:Directory={_folder["state"]}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_without_a_port_lists_the_ports_of_this_machine_and_ends_with_78()
    {
        var run = await CommandLineRun.Of("run", StorageDirectory);
        Assert.Equal(ExitCode.WrongSettings, run.Code);
        Assert.Empty(run.Output);
        var ports = await CommandLineRun.Of("ports");
        Assert.Equal(
            """
            zwbridge: wrong settings
              ZWave:Port: no port is given; allowed: /dev/serial/by-id/… (or another path), COM3, tcp://host:port, simulator
            serial ports of this machine:

            """ + ports.Output,
            run.Error,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Without_a_verb_the_settings_are_those_of_run()
    {
        var run = await CommandLineRun.Of("--ZWave:Port=ttyACM0", StorageDirectory);
        Assert.Equal(ExitCode.WrongSettings, run.Code);
        Assert.Contains("  ZWave:Port: 'ttyACM0' is not a path; did you mean /dev/ttyACM0?\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_of_the_settings_are_told_at_once()
    {
        var file = _folder["file"];
        await File.WriteAllTextAsync(file, "");
        var run = await CommandLineRun.Of("run", "--ZWave:Port=tcp://stick", $"--Storage:Directory={file}");
        Assert.Equal(ExitCode.WrongSettings, run.Code);
        Assert.StartsWith(
            "zwbridge: wrong settings\n"
            + "  ZWave:Port: 'tcp://stick': the port number is missing; write tcp://host:port\n"
            + $"  Storage:Directory: '{file}' is a file; allowed: a directory that can be written\n",
            run.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_another_setting_lists_no_ports()
    {
        var file = _folder["file"];
        await File.WriteAllTextAsync(file, "");
        var run = await CommandLineRun.Of("run", "--ZWave:Port=simulator", $"--Storage:Directory={file}");
        Assert.Equal(ExitCode.WrongSettings, run.Code);
        Assert.DoesNotContain("serial ports", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run: unexpected argument 'fast'", "fast")]
    [InlineData("run: unexpected argument '-v'", "-v")]
    [InlineData("run: unknown option '--fast'", "--fast")]
    [InlineData("run: --ZWave:Port needs a value", "--ZWave:Port")]
    public async Task Run_refuses_what_is_no_setting(string problem, string argument) =>
        (await CommandLineRun.Of("run", argument)).AssertRefused(problem);

    [Fact]
    public async Task Run_help_tells_the_settings()
    {
        var run = await CommandLineRun.Of("run", "--help");
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("--ZWave:Port=", run.Output, StringComparison.Ordinal);
        Assert.Contains("--Storage:Directory=", run.Output, StringComparison.Ordinal);
    }
}
