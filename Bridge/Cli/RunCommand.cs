using Bridge.Options;
using Bridge.ZWave.Serial;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bridge.Cli;

/// <summary><c>zwbridge run</c>: the network of a stick, until told to stop.</summary>
public static class RunCommand
{
    public static readonly Verb Definition = new("run", "keeps a Z-Wave network going (the default)", RunAsync)
    {
        Help = $"""

            zwbridge [run] [--<section>:<setting>=<value> ...]

              --ZWave:Port=<port>              {TransportAddress.Forms}
              --Storage:Directory=<directory>  where what is known is kept between runs

            The same settings may stand in appsettings.json (of the folder it is started in, else beside the program) and in the environment
            (ZWave__Port). The command line wins over the environment, and that over the file.
            Wrong settings: exit code {ExitCode.WrongSettings}.

            """,
    };

    private static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        if (SettingArguments.Fault(arguments) is { } fault) return await CommandLine.RefuseAsync(terminal, $"run: {fault}");
        try
        {
            using var host = BridgeServices.Build(arguments, SettingFaults.Folder());
            // Before the host does it at its start: that would log a stack trace.
            if (SettingFaults.Of(host.Services) is { Count: > 0 } faults) return await RefuseSettingsAsync(terminal, faults);
            if (host.Services.GetRequiredService<NetworkKeyStore>().Prepare() is { Count: > 0 } ofKeys) return await RefuseSettingsAsync(terminal, ofKeys);
            var worker = host.Services.GetRequiredService<BridgeWorker>();
            await host.RunAsync(cancellationToken);
            // The host stops when its worker fails and has logged why; the exit code is for whoever started us.
            return worker.Failure is not null || worker.ExecuteTask is { IsFaulted: true } ? ExitCode.Failure : ExitCode.Success;
        }
        catch (InvalidDataException exception)
        {
            return await RefuseSettingsAsync(terminal, [SettingFaults.Of(exception)]);
        }
    }

    private static async Task<int> RefuseSettingsAsync(Terminal terminal, IEnumerable<string> faults)
    {
        string[] lines = [.. faults];
        await terminal.Error.WriteAsync("zwbridge: wrong settings\n" + string.Concat(lines.Select(static line => $"  {line}\n")));
        if (lines.Any(static line => line.StartsWith($"{ZWaveOptions.Section}:{nameof(ZWaveOptions.Port)}:", StringComparison.Ordinal)))
        {
            await terminal.Error.WriteAsync("serial ports of this machine:\n");
            PortsCommand.Write(terminal.Error, terminal.Error);
        }

        return ExitCode.WrongSettings;
    }
}
