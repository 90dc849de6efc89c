using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Cli;

/// <summary><c>zwbridge demo</c>: the whole bridge on a simulated network, with the built-in broker.</summary>
public static class DemoCommand
{
    private const string Once = "--once";

    // No time on the air: nobody wants to wait for an interview.
    private static readonly TimeSpan s_hopTime = TimeSpan.Zero;

    /// <summary>
    /// Far more than the interviews of a few plugs take. Elapses: something is broken, and saying so is better than waiting.
    /// </summary>
    private static readonly TimeSpan s_interviewLimit = TimeSpan.FromMinutes(2);

    public static readonly Verb Definition = new(
        "demo", "the whole bridge on a simulated network",
        static (arguments, terminal, cancellationToken) => RunAsync(arguments, terminal, s_hopTime, cancellationToken))
    {
        Help = """

            zwbridge demo [--once] [--<section>:<setting>=<value> ...]

            Three simulated plugs with loads that vary, one of them with keys, a fourth to be included, the built-in broker, and everything
            "zwbridge run" does with them. Prints what can be tried with mosquitto_sub and mosquitto_pub, and runs until Ctrl+C. Reads no settings
            file and leaves nothing behind.

              --once                                     ends when everything is up
              --Mqtt:Embedded:Listen=<address>:<port>    where the broker listens instead of 127.0.0.1:1883
              --Mqtt:Host=<broker>                       uses another broker, which keeps what is retained there

            """,
    };

    /// <param name="hopTime">How long a frame is on the air.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Terminal terminal, TimeSpan hopTime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(terminal);
        string[] settings = [.. arguments.Where(static argument => argument != Once)];
        if (SettingArguments.Fault(settings) is { } fault) return await CommandLine.RefuseAsync(terminal, $"demo: {fault}");
        var folder = Directory.CreateTempSubdirectory("zwbridge-demo-");
        try
        {
            var run = new DemoRun(terminal, endsWhenUp: settings.Length < arguments.Count, s_interviewLimit);
            using var host = BridgeServices.Build(settings, folder.FullName, Defaults(folder.FullName), builder =>
            {
                // Plugs that are gone with the program need no file of keys.
                var keys = new NetworkKeyStore(file: null);
                builder.Services.AddSingleton(keys);
                builder.Services.AddSingleton(new BridgeWorkerOptions
                {
                    HopTime = hopTime,
                    UseSoftReset = false,
                    Observer = run.Events,
                    SimulatedStick = (time, logger) => run.PlugIn(SimulatedStick.Create(time, logger, keys.Keys)),
                });
            });
            if (SettingFaults.Of(host.Services) is { Count: > 0 } faults)
            {
                await terminal.Error.WriteAsync("zwbridge: demo: wrong settings\n" + string.Concat(faults.Select(static line => $"  {line}\n")));
                return ExitCode.WrongSettings;
            }

            return await run.RunAsync(host, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Nothing of the user's own: no stick, no broker, no folder.
    private static Dictionary<string, string?> Defaults(string folder) => new()
    {
        ["ZWave:Port"] = "simulator",
        ["ZWave:KeysFile"] = null,
        ["Storage:Directory"] = folder,
        ["Devices:Directory"] = null,
        ["Mqtt:Host"] = null,
        ["Logging:LogLevel:Default"] = "Warning",
    };
}
