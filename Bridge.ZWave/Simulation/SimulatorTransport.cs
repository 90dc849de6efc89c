using Bridge.ZWave.Serial;

namespace Bridge.ZWave.Simulation;

/// <summary>The way to a simulated controller inside this process; it may be pulled and plugged in again.</summary>
public sealed class SimulatorTransport : ITransport, IAsyncDisposable
{
    private readonly MemoryTransport _line = new("simulator");
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public SimulatorTransport(SimulatedController controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        Controller = controller;
        _serving = ServeAsync();
    }

    public SimulatedController Controller { get; }

    public string Name => _line.Name;

    /// <summary>False makes the open line end and opening fail, like a stick pulled out.</summary>
    public bool IsPlugged
    {
        get => _line.IsPlugged;
        set => _line.IsPlugged = value;
    }

    public Task<Stream> OpenAsync(CancellationToken cancellationToken) => _line.OpenAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) return;
        await _end.CancelAsync().ConfigureAwait(false);
        await _serving.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var serving = Task.CompletedTask;
        try
        {
            while (true)
            {
                var stream = await _line.AcceptAsync(_end.Token).ConfigureAwait(false);
                // The host before ends when the next one takes its place.
                var before = serving;
                serving = Task.WhenAll(before, Controller.ServeAsync(stream, _end.Token));
            }
        }
        catch (OperationCanceledException)
        {
            await serving.ConfigureAwait(false);
        }
    }
}
