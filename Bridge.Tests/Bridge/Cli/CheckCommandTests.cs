using Bridge.Cli;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class CheckCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_fault_it_says_what_was_checked()
    {
        var run = await CommandLineRun.Of("check", "--ZWave:Port=simulator", State);
        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Matches(@"^settings, [1-9]\d* device files, [1-9]\d* discovery templates: no fault\n$", run.Output);
    }

    [Fact]
    public async Task All_faults_are_told_at_once_with_file_place_and_reason()
    {
        Write("devices/maker/mine.json", """{"formatVersion": 1, "manufacturer": "Maker", "model": 5, "colour": "red", "fingerprints": []}""");
        Write("discovery-templates/mine.json", """{"match": {"kind": "relay"}, "component": "switch", "payload": {"name": "${colour}"}}""");
        var run = await CommandLineRun.Of("check", "--ZWave:Port=tcp://stick", "--ZWave:Prot=1", State);
        Assert.Equal(ExitCode.WrongSettings, run.Code);
        Assert.Empty(run.Output);
        var lines = run.Error.Split('\n');
        Assert.Equal("zwbridge: 7 faults", lines[0]);
        Assert.Contains("  ZWave:Port: 'tcp://stick': the port number is missing; write tcp://host:port", lines);
        Assert.Contains("  ZWave:Prot: unknown setting", lines);
        Assert.Contains(lines, static line => line.StartsWith("  devices/maker/mine.json: model: 5 is not a non-empty text", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("  devices/maker/mine.json: colour: unknown key", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("  devices/maker/mine.json: fingerprints: ", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("  discovery-templates/mine.json: match.kind: \"relay\" is none of ", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("  discovery-templates/mine.json: payload.name: unknown name \"colour\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_of_the_program_are_checked_although_the_settings_are_wrong()
    {
        Write("shipped/devices/maker/broken.json", "{");
        Write("shipped/devices/usb-sticks.json", """{"sticks": 5}""");
        Write("shipped/discovery-templates/broken.json", "{");
        using var error = new StringWriter();
        var code = await CheckCommand.RunAsync(["--ZWave:Port=nothing", State], new(TextReader.Null, TextWriter.Null, error), _folder["state/shipped"]);
        Assert.Equal(ExitCode.WrongSettings, code);
        Assert.StartsWith("zwbridge: 4 faults\n", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n  devices/usb-sticks.json: sticks: must be a list\n", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_without_its_templates_is_a_fault()
    {
        Directory.CreateDirectory(_folder["empty"]);
        using var error = new StringWriter();
        var code = await CheckCommand.RunAsync(["--ZWave:Port=simulator", State], new(TextReader.Null, TextWriter.Null, error), _folder["empty"]);
        Assert.Equal(ExitCode.WrongSettings, code);
        Assert.Equal("zwbridge: 1 fault\n  discovery-templates: there is no template; reinstall the program\n", error.ToString());
    }

    [Theory]
    [InlineData("check: unexpected argument 'all'", "all")]
    [InlineData("check: unknown option '--all'", "--all")]
    public async Task What_is_no_setting_is_refused(string problem, string argument) => (await CommandLineRun.Of("check", argument)).AssertRefused(problem);

    [Fact]
    public async Task Help_tells_what_is_checked_and_the_exit_codes()
    {
        var run = await CommandLineRun.Of("check", "--help");
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("discovery-templates", run.Output, StringComparison.Ordinal);
        Assert.Contains("78", run.Output, StringComparison.Ordinal);
    }

    private string State => $"--Storage:Directory={_folder["state"]}";

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder["state"], path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
