using System.Globalization;
using System.Net;
using System.Text;
using Bridge.ZWave.Simulation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Cli;

/// <summary><c>zwbridge simulate</c>: the simulated controller alone, for other Z-Wave software to connect to.</summary>
public static class SimulateCommand
{
    private const string DefaultAddress = "tcp://127.0.0.1:5555";
    private const string ListenOption = "--listen";
    private const int HighestPort = 65535;

    public static readonly Verb Definition = new(
        "simulate",
        "serves a simulated Z-Wave controller with three plugs on TCP",
        static (arguments, terminal, cancellationToken) => RunAsync(arguments, terminal.Output, terminal.Error, cancellationToken))
    {
        Help = $"""

            zwbridge simulate [--listen {DefaultAddress}]

              --listen  address of this machine and port, 0 for a free one; one client at a time, a new one takes the place of the one before

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
        if (Endpoint(args, out var problem) is not { } endpoint)
        {
            await error.WriteAsync($"zwbridge: simulate: {problem}; see zwbridge simulate --help\n");
            return ExitCode.WrongUsage;
        }

        using var network = SimulatedNetwork.CreateDefault(TimeProvider.System, varyingLoads: true);
        var controller = new SimulatedController(network, NullLogger.Instance);
        try
        {
            await using var server = SimulatorServer.Start(controller, endpoint, NullLogger.Instance);
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
        return text.ToString();
    }

    private static IPEndPoint? Endpoint(IReadOnlyList<string> args, out string? problem)
    {
        var address = DefaultAddress;
        problem = null;
        if (args is [ListenOption, var given]) address = given;
        else if (args.Count == 1 && args[0].StartsWith(ListenOption + "=", StringComparison.Ordinal)) address = args[0][(ListenOption.Length + 1)..];
        else if (args is [ListenOption]) problem = $"{ListenOption} needs an address like {DefaultAddress}";
        else if (args.Count > 0) problem = $"unexpected argument '{args[0] switch { ListenOption => args[^1], var first => first }}'";
        if (problem is not null) return null;
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri is { Scheme: "tcp", PathAndQuery: "" or "/", Port: >= 0 and <= HighestPort, UserInfo: "" })
        {
            if (uri.DnsSafeHost == "localhost") return new(IPAddress.Loopback, uri.Port);
            if (IPAddress.TryParse(uri.DnsSafeHost, out var ip)) return new(ip, uri.Port);
        }

        problem = $"'{address}' is not an address of this machine like {DefaultAddress}";
        return null;
    }
}
