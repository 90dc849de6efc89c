using Bridge.Cli;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class PortsCommandTests : IDisposable
{
    private readonly FakeDeviceTree _tree = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    private Terminal Terminal => new(TextReader.Null, _output, _error);

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task Ports_lists_each_port_with_the_name_for_the_settings_first_and_says_which_looks_like_a_stick()
    {
        _tree.ModemStick("ttyACM0", "1-1", "0658", "0200", "Sigma Designs, Inc.", null)
            .ById("usb-0658_0200-if00", "ttyACM0")
            .BoardPort("ttyAMA0");
        var sticks = _tree.At("sticks.json");
        File.WriteAllText(sticks, """{ "sticks": [ { "name": "Test stick", "usb": "0658:0200" } ] }""");
        Assert.Equal(0, await PortsCommand.RunAsync([], Terminal, _tree.Root, sticks));
        Assert.Equal(
            $"""
            {_tree.At("dev/serial/by-id/usb-0658_0200-if00")}
                device {_tree.At("dev/ttyACM0")}, USB 0658:0200, Sigma Designs, Inc.
                looks like a Z-Wave stick: Test stick
            {_tree.At("dev/ttyAMA0")}
                no USB device, or its identity is not visible here

            """,
            _output.ToString(),
            ignoreLineEndingDifferences: true);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Ports_without_any_port_says_so_and_succeeds()
    {
        Assert.Equal(0, await PortsCommand.RunAsync([], Terminal, _tree.Root));
        Assert.StartsWith("No serial port found.", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Ports_takes_no_arguments() =>
        (await CommandLineRun.Of("ports", "--all")).AssertRefused("ports: unexpected argument '--all', it takes none");

    [Fact]
    public async Task Ports_on_the_command_line_lists_the_ports_of_this_machine()
    {
        var run = await CommandLineRun.Of("ports");
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Empty(run.Error);
        // Whatever is plugged in: an entry, or the sentence that says that there is none.
        Assert.NotEmpty(run.Lines);
    }

    [Fact]
    public async Task Ports_with_a_faulty_stick_file_still_lists_the_ports_and_tells_the_fault()
    {
        _tree.Device("ttyACM0");
        var missing = _tree.At("missing.json");
        Assert.Equal(1, await PortsCommand.RunAsync([], Terminal, _tree.Root, missing));
        Assert.StartsWith(_tree.At("dev/ttyACM0"), _output.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(missing + ": cannot be read", _error.ToString(), StringComparison.Ordinal);
    }
}
