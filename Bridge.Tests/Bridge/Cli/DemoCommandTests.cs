using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Bridge.Cli;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class DemoCommandTests
{
    private const string AnyPort = "--Mqtt:Embedded:Listen=127.0.0.1:0";

    private static async Task<CommandLineRun> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        // No time on the air: the interviews take no longer than the two of us compute.
        var code = await DemoCommand.RunAsync(arguments, new(TextReader.Null, output, error), TimeSpan.Zero, cancellationToken);
        return new(code, output.ToString(), error.ToString());
    }

    [Fact]
    public async Task Demo_once_tells_the_plugs_their_topics_and_commands_to_try()
    {
        var run = await RunAsync(CancellationToken.None, "--once", AnyPort);
        Assert.Equal((ExitCode.Success, string.Empty), (run.Code, run.Error));
        Assert.Contains(run.Lines, static line => Regex.IsMatch(line, "^2 +zwbridge/node_2 +n4003 Mini Smart Plug +state, power, energy"));
        Assert.Contains(run.Lines, static line => Regex.IsMatch(line, "^3 +zwbridge/node_3 +Energy Switch +state, power, power_produced"));
        Assert.Contains(run.Lines, static line => Regex.IsMatch(line, "^4 +zwbridge/node_4 +Double Switch +state_1, state_2, state_3"));
        var port = Regex.Match(run.Output, @"a broker on 127\.0\.0\.1:(\d+)").Groups[1].Value;
        Assert.Contains($"mosquitto_sub -p {port} --retained-only -v -t 'homeassistant/#'", run.Output, StringComparison.Ordinal);
        Assert.Contains($"mosquitto_pub -p {port} -t zwbridge/node_4/1/set -m OFF", run.Output, StringComparison.Ordinal);
        Assert.Contains($"mosquitto_pub -p {port} -t zwbridge/node_4/set/reset_meter -m PRESS", run.Output, StringComparison.Ordinal);
        Assert.Contains($"mosquitto_pub -p {port} -t zwbridge/node_2/set/led_indicator -m 'Always on'", run.Output, StringComparison.Ordinal);
        var pin = Regex.Match(run.Output, @"To be included: n4003 Mini Smart Plug, DSK (\d{5})(?:-\d{5}){7}\n").Groups[1].Value;
        Assert.Contains($"mosquitto_pub -p {port} -t zwbridge/bridge/request/permit_join -m 60", run.Output, StringComparison.Ordinal);
        Assert.Contains($$"""zwbridge/bridge/request/inclusion/dsk -m '{"pin":"{{pin}}"}'""", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_stops_when_told()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(stop.Token, AnyPort);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_said_with_the_way_out()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var run = await RunAsync(CancellationToken.None, $"--Mqtt:Embedded:Listen={taken.LocalEndpoint}");
        Assert.Equal(ExitCode.Failure, run.Code);
        Assert.Contains($"{taken.LocalEndpoint} is already in use", run.Error, StringComparison.Ordinal);
        Assert.Contains("zwbridge demo --Mqtt:Embedded:Listen=127.0.0.1:1884", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Demo_refuses_other_arguments() =>
        (await CommandLineRun.Of("demo", "--once", "--twice")).AssertRefused("demo: unknown option '--twice'");

    [Fact]
    public async Task Wrong_settings_end_the_demo_with_78()
    {
        var run = await RunAsync(CancellationToken.None, "--Mqtt:BaseTopic=a/#", "--HomeAssistant:Prefix=#");
        Assert.Equal(ExitCode.WrongSettings, run.Code);
        Assert.Contains("Mqtt:BaseTopic: 'a/#'", run.Error, StringComparison.Ordinal);
        Assert.Contains("HomeAssistant:Prefix: '#'", run.Error, StringComparison.Ordinal);
    }
}
