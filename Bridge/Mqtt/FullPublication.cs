using Microsoft.Extensions.Logging;

namespace Bridge.Mqtt;

/// <summary>
/// Everything we keep on a broker, in the order readers want it. Done after every connect, because a broker may have forgotten everything, and whenever a
/// reader says that it has. One at a time; a step that fails or hangs does not keep the others from being done.
/// </summary>
public sealed class FullPublication(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_longestStep = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly List<(string What, Func<CancellationToken, Task> Publish)> _steps = [];
    private Task _last = Task.CompletedTask;

    /// <summary>Adds a step behind those there are. Before the first connect.</summary>
    /// <param name="what">For the log: "states".</param>
    /// <param name="publish">Publishes; ends when all of it is with the sink.</param>
    public void Add(string what, Func<CancellationToken, Task> publish) => _steps.Add((what, publish));

    /// <summary>Does all steps; ends early, without an exception, when cancelled. Any thread.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return _last = RunAfterAsync(_last, cancellationToken);
    }

    private async Task RunAfterAsync(Task earlier, CancellationToken cancellationToken)
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (what, publish) in _steps)
        {
            if (cancellationToken.IsCancellationRequested) return;
            try
            {
                await publish(cancellationToken).WaitAsync(s_longestStep, time, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.PublicationFailed(exception, what);
            }
        }
    }
}
