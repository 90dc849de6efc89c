using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Bridge.Cli;
using Bridge.Tests.Support;
using Bridge.ZWave.Storage;
using Xunit;

namespace Bridge.Tests.Cli;

/// <summary><c>zwbridge simulate</c>.</summary>
public sealed partial class SimulateCommandTests
{
    [Theory]
    [InlineData("--listen")]
    [InlineData("--listen", "5555")]
    [InlineData("--listen", "tcp://127.0.0.1")]
    [InlineData("--listen", "tcp://127.0.0.1:70000")]
    [InlineData("--listen", "udp://127.0.0.1:5555")]
    [InlineData("--listen", "tcp://example.org:5555")]
    [InlineData("--listen=tcp://127.0.0.1:5555/x")]
    [InlineData("--listen", "tcp://127.0.0.1:0", "more")]
    [InlineData("now")]
    [InlineData("--keys")]
    [InlineData("--keys=")]
    public async Task A_wrong_command_line_is_refused_in_one_line(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.Equal(ExitCode.WrongUsage, await SimulateCommand.RunAsync(arguments, output, error, CancellationToken.None));

        Assert.Empty(output.ToString());
        Assert.Single(error.ToString().TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:0")]
    [InlineData("tcp://localhost:0")]
    [InlineData("tcp://[::1]:0")]
    public async Task It_says_where_it_listens_and_which_nodes_there_are_and_serves_until_it_is_stopped(string address)
    {
        using var stop = new CancellationTokenSource();
        var output = new LineOutput();
        using var error = new StringWriter();
        var running = SimulateCommand.RunAsync(["--listen", address], output, error, stop.Token);
        var text = await output.Written.WaitAsync(TimeSpan.FromSeconds(30));
        var endpoint = IPEndPoint.Parse(Address().Match(text).Groups[1].Value);

        using (var client = new TcpClient(endpoint.AddressFamily))
        {
            await client.ConnectAsync(endpoint);
            await using var host = new FakeController(client.GetStream());
            // GetSUCNodeId: the controller itself
            await host.SendAsync("01 03 00 56 AA");
            await host.ExpectAsync("06 01 04 01 56 01 AD");
        }

        await stop.CancelAsync();
        Assert.Equal(ExitCode.Success, await running);
        Assert.Contains("node 2", text, StringComparison.Ordinal);
        Assert.Contains("node 4", text, StringComparison.Ordinal);
        Assert.Empty(error.ToString());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.Equal(ExitCode.Failure, await SimulateCommand.RunAsync(["--listen", $"tcp://{taken.LocalEndpoint}"], output, error, CancellationToken.None));

        Assert.Contains("cannot listen on", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task With_a_file_of_keys_it_tells_the_plug_on_the_table_and_its_label()
    {
        using var folder = new TemporaryFolder();
        var file = new KeyFile(System.IO.Path.Combine(folder.Path, "keys.json"), allowsReaders: false, TimeProvider.System);
        file.Prepare();
        using var stop = new CancellationTokenSource();
        var output = new LineOutput();
        using var error = new StringWriter();
        var running = SimulateCommand.RunAsync(["--keys", file.Path, "--listen=tcp://127.0.0.1:0"], output, error, stop.Token);

        Assert.Matches(@"  to be included: n4003 Mini Smart Plug, (\d{5}-){7}\d{5}\n", await output.Written.WaitAsync(TimeSpan.FromSeconds(30)));

        await stop.CancelAsync();
        Assert.Equal(ExitCode.Success, await running);
    }

    [Fact]
    public async Task A_file_without_keys_is_refused_and_none_is_made()
    {
        using var folder = new TemporaryFolder();
        var path = System.IO.Path.Combine(folder.Path, "keys.json");
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.Equal(ExitCode.Failure, await SimulateCommand.RunAsync(["--keys", path], output, error, CancellationToken.None));

        Assert.Contains("has no S0_Legacy", error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [GeneratedRegex(@"tcp://(\S+),")]
    private static partial Regex Address();

    /// <summary>Tells the first text that is written.</summary>
    private sealed class LineOutput() : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly TaskCompletionSource<string> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Written => _written.Task;

        public override Task WriteAsync(string? value)
        {
            _written.TrySetResult(value ?? string.Empty);
            return Task.CompletedTask;
        }
    }
}
