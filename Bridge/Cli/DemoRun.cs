using Bridge.Mqtt;
using Bridge.Properties;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bridge.Cli;

/// <summary>One run of the demonstration: starts the host, tells what there is, waits for the end.</summary>
internal sealed class DemoRun(Terminal terminal, bool endsWhenUp, TimeSpan interviewLimit)
{
    private readonly TaskCompletionSource<(BridgeSession Session, EmbeddedBroker? Broker)> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SimulatedStick? _stick;

    /// <summary>To be told of the network.</summary>
    public DemoEvents Events { get; } = new();

    /// <summary>Remembers the simulated network, for what lies beside it.</summary>
    public SimulatedStick PlugIn(SimulatedStick stick) => _stick = stick;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IHost host, CancellationToken cancellationToken)
    {
        var worker = host.Services.GetRequiredService<BridgeWorker>();
        worker.SessionStarted += (session, broker) => _started.TrySetResult((session, broker));
        await host.StartAsync(cancellationToken);
        var ended = worker.ExecuteTask ?? Task.CompletedTask;
        try
        {
            if (!await ShowAsync(host.Services.GetRequiredService<Lazy<BridgeSettings>>().Value, worker, cancellationToken)) return ExitCode.Failure;
            if (endsWhenUp) return ExitCode.Success;
            await terminal.Output.WriteAsync("Ctrl+C ends it.\n");
            await ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ended.IsFaulted ? ExitCode.Failure : ExitCode.Success;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    // False: it did not come up.
    private async Task<bool> ShowAsync(BridgeSettings settings, BridgeWorker worker, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(interviewLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var ended = worker.ExecuteTask ?? Task.CompletedTask;
            await Task.WhenAny(_started.Task, ended).WaitAsync(either.Token);
            if (!_started.Task.IsCompleted)
            {
                await terminal.Error.WriteAsync($"zwbridge: demo: {Reason(worker, ended)}\n");
                return false;
            }

            var (session, broker) = await _started.Task;
            var where = broker?.LocalEndPoint;
            await terminal.Output.WriteAsync(where is null
                ? $"A simulated controller with three plugs, on the broker {settings.Mqtt.Broker!.Host}. The interviews take a moment.\n"
                : $"A simulated controller with three plugs, and a broker on {where}. The interviews take a moment.\n");
            await Events.Done.WaitAsync(either.Token);
            var text = await session.Network.ReadAsync(view => DemoText.Of(
                view, new PropertyCache(view), session.Directory, settings.Mqtt.BaseTopic, settings.HomeAssistant.Prefix,
                where ?? new(System.Net.IPAddress.Loopback, settings.Mqtt.Broker!.Port), _stick?.Network.Table ?? []));
            await terminal.Output.WriteAsync(text);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await terminal.Error.WriteAsync($"zwbridge: demo: the interviews did not end within {interviewLimit.TotalMinutes} minutes\n");
            return false;
        }
    }

    private static string Reason(BridgeWorker worker, Task ended) => worker.Failure is { } failure
        ? $"{failure}; for example: zwbridge demo --Mqtt:Embedded:Listen=127.0.0.1:1884"
        : ended.Exception?.GetBaseException().Message ?? "it ended at once";
}
