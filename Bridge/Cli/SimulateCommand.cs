using System.Globalization;
using System.Net;
using System.Text;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Cli;

/// <summary><c>zwbridge simulate</c>: the simulated controller alone, for other Z-Wave software to connect to.</summary>
public static class SimulateCommand
{
    public static readonly Verb Definition = new(
        "simulate",
        "serves a simulated Z-Wave controller with three plugs on TCP",
        static (arguments, terminal, cancellationToken) => RunAsync(arguments, terminal.Output, terminal.Error, cancellationToken))
    {
        Help = $"""

            zwbridge simulate [--listen {SimulateArguments.DefaultAddress}] [--keys <file>]

              --listen  address of this machine and port, 0 for a free one; one client at a time, a new one takes the place of the one before
              --keys    a file of keys, as "zwbridge keys export" writes it: node 2 was included with them, and one more plug lies on the table that
                        joins a moment after nodes may be added, and leaves a moment after nodes are removed. Without it nothing is encrypted

            """,
    };

    /// <summary>Listens until cancelled.</summary>
    /// <param name="args">What follows the verb.</param>
    /// <returns>The exit code: 0 stopped, 1 cannot listen, 2 wrong usage (one line on <paramref name="error"/>).</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        if (SimulateArguments.Read(args, out var problem) is not { } arguments)
        {
            await error.WriteAsync($"zwbridge: simulate: {problem}; see zwbridge simulate --help\n");
            return ExitCode.WrongUsage;
        }

        NetworkKeys? keys = null;
        if (arguments.KeysFile is { } file && !TryReadKeys(file, out keys, out problem))
        {
            await error.WriteAsync($"zwbridge: simulate: {problem}\n");
            return ExitCode.Failure;
        }

        using var network = SimulatedNetwork.CreateDefault(TimeProvider.System, varyingLoads: true, keys);
        var controller = new SimulatedController(network, NullLogger.Instance);
        try
        {
            await using var server = SimulatorServer.Start(controller, arguments.Endpoint, NullLogger.Instance);
            await output.WriteAsync(Describe(server.Endpoint, network));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (IOException exception)
        {
            await error.WriteAsync($"zwbridge: simulate: {exception.Message}\n");
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }

        return ExitCode.Success;
    }

    private static string Describe(IPEndPoint endpoint, SimulatedNetwork network)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"A simulated Z-Wave controller listens on tcp://{endpoint}, home id {network.HomeId}.\n");
        foreach (var node in network.Nodes) text.Append(CultureInfo.InvariantCulture, $"  node {node.Id}  {node.Plug.Name}\n");
        foreach (var plug in network.Table) text.Append(CultureInfo.InvariantCulture, $"  to be included: {plug.Plug.Name}, {plug.Security.DskText}\n");
        return text.ToString();
    }

    private static bool TryReadKeys(string file, out NetworkKeys? keys, out string? problem)
    {
        keys = null;
        var reading = new KeyFile(file, allowsReaders: true, TimeProvider.System).Read();
        string[] missing = [.. KeySet.AllNames.Except(reading.Keys.Names)];
        problem = reading.Faults.Count > 0 ? string.Join("; ", reading.Faults)
            : missing.Length > 0 ? $"'{file}' has no {string.Join(", ", missing)}"
            : null;
        if (problem is null) keys = reading.Keys.ToNetworkKeys();
        return problem is null;
    }
}
