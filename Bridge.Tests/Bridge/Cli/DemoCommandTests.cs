using System.Text.RegularExpressions;
using Bridge.Cli;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class DemoCommandTests
{
    private static async Task<CommandLineRun> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        // No time on the air: the interviews take no longer than the two of us compute.
        var code = await DemoCommand.RunAsync(arguments, new(TextReader.Null, output, error), TimeSpan.Zero, cancellationToken);
        return new(code, output.ToString(), error.ToString());
    }

    [Fact]
    public async Task Demo_once_interviews_every_plug_tells_its_readings_and_switches_a_relay_off_and_on()
    {
        var run = await RunAsync(CancellationToken.None, "--once");
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Empty(run.Error);
        foreach (var node in new[] { 2, 3, 4 }) Assert.Contains($"node {node}: 100 %  complete", run.Lines);

        // The table of plugs: names from the device files, endpoints and classes from the plugs.
        Assert.Contains(run.Lines, static line => PlugRow("2", "NIE Technology", "n4003 Mini Smart Plug", "0").IsMatch(line));
        Assert.Contains(run.Lines, static line => PlugRow("3", "BeNext", "Energy Switch", "0").IsMatch(line));
        Assert.Contains(run.Lines, static line => PlugRow("4", "Philio", "Double Switch", "3").IsMatch(line));
        Assert.Contains("METER 5", run.Output, StringComparison.Ordinal);

        // The readings, with their units.
        Assert.Contains(run.Lines, static line => ReadingRow("2", "Plug", "Energy consumed", "kWh").IsMatch(line));
        Assert.Contains(run.Lines, static line => ReadingRow("2", "Plug", "Voltage", "V").IsMatch(line));
        Assert.Contains(run.Lines, static line => ReadingRow("3", "Plug", "Energy produced", "kWh").IsMatch(line));
        Assert.Contains(run.Lines, static line => ReadingRow("4", "Relay 2", "Current", "A").IsMatch(line));
        Assert.Contains(run.Lines, static line => ReadingRow("4", "Both relays", "Power", "W").IsMatch(line));

        // Off: the state and the power change; on: they change back.
        var demonstration = run.Lines.SkipWhile(static line => line != "Switching node 4, Relay 1 off:").ToList();
        Assert.Equal("node 4, Relay 1: State off (was on)", demonstration[1]);
        Assert.Contains(demonstration, static line => Regex.IsMatch(line, @"^node 4, Relay 1: Power 0\.0 W \(was [1-9][0-9.]* W\)$"));
        Assert.Contains("Switching node 4, Relay 1 on:", demonstration);
        Assert.Contains("node 4, Relay 1: State on (was off)", demonstration);
        Assert.Equal(2, demonstration.Count(static line => line.StartsWith("confirmed by the plug after ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Demo_stops_when_told()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Demo_refuses_other_arguments() =>
        (await CommandLineRun.Of("demo", "--once", "--twice")).AssertRefused("demo: unexpected argument '--twice'");

    private static Regex PlugRow(params string[] cells) => new("^" + string.Join(" {2,}", cells.Select(Regex.Escape)) + " {2,}BASIC 1, ");

    private static Regex ReadingRow(string node, string endpoint, string reading, string unit) =>
        new($"^{node} {{2,}}{endpoint} {{2,}}{reading} {{2,}}-?[0-9]+(\\.[0-9]+)? {unit}$");
}
