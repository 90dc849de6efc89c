using Bridge.ZWave.Simulation;

namespace Bridge.Cli;

/// <summary><c>zwbridge demo</c>: the simulated network interviewed, read and switched.</summary>
public static class DemoCommand
{
    private const string Once = "--once";

    public static readonly Verb Definition = new(
        "demo", "interviews a simulated network and prints its values",
        static (arguments, terminal, cancellationToken) => RunAsync(arguments, terminal, SimulatedNetwork.UsualHopTime, cancellationToken))
    {
        Help = """

            zwbridge demo [--once]

              --once  ends after the demonstration; without it values are printed as they change, until Ctrl+C

            """,
    };

    /// <param name="hopTime">How long a frame is on the air.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Terminal terminal, TimeSpan hopTime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(terminal);
        if (arguments.FirstOrDefault(static argument => argument != Once) is { } unknown)
        {
            return await CommandLine.RefuseAsync(terminal, $"demo: unexpected argument '{unknown}'");
        }

        var devices = ShippedDevices.Load();
        foreach (var fault in devices.Faults) await terminal.Error.WriteAsync($"zwbridge: demo: device file left out: {fault}\n");
        var logger = new ProblemLogger(terminal.Error);
        await using var stick = SimulatedStick.Create(TimeProvider.System, logger);
        stick.Network.HopTime = hopTime;
        var events = new DemoEvents();
        await using var network = new ZWave.Network.ZWaveNetwork(new(stick.Transport) { Devices = devices }, events, logger);
        network.Start();
        var run = new DemoRun(network, events, terminal.Output, terminal.Error);
        return await run.RunAsync(endsAfterDemonstration: arguments.Count > 0, cancellationToken);
    }
}
