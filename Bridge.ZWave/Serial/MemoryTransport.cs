using System.Threading.Channels;

namespace Bridge.ZWave.Serial;

/// <summary>
/// A line inside this process: whoever opens it talks to whoever accepts it (the simulated controller, a test). May be pulled and plugged in again.
/// All members may be used by any thread.
/// </summary>
public sealed class MemoryTransport(string name) : ITransport
{
    private readonly Lock _gate = new();
    private readonly Channel<Stream> _moduleSides = Channel.CreateUnbounded<Stream>();
    private Stream? _hostSide;
    private bool _isPlugged = true;

    public string Name { get; } = name;

    /// <summary>False makes the open line end and opening fail, like a stick pulled out.</summary>
    public bool IsPlugged
    {
        get
        {
            lock (_gate) return _isPlugged;
        }

        set
        {
            Stream? pulled;
            lock (_gate)
            {
                _isPlugged = value;
                pulled = value ? null : _hostSide;
                if (!value) _hostSide = null;
            }

            pulled?.Dispose();
        }
    }

    /// <summary>The module's side of the next line that is opened; waits for it.</summary>
    public ValueTask<Stream> AcceptAsync(CancellationToken cancellationToken = default) => _moduleSides.Reader.ReadAsync(cancellationToken);

    public Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<Stream>(cancellationToken);
        lock (_gate)
        {
            if (!_isPlugged) return Task.FromException<Stream>(new IOException($"{Name} is not there"));
            var (host, module) = DuplexStream.CreatePair();
            _hostSide = host;
            _moduleSides.Writer.TryWrite(module);
            return Task.FromResult<Stream>(host);
        }
    }
}
