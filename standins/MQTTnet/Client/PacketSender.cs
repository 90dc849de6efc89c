using StandIns.Wire;

namespace StandIns.Client;

/// <summary>
/// Writes packets to a stream in the order they were given, from any thread. One packet is one write; what comes while a write is under way goes with the next.
/// </summary>
internal sealed class PacketSender(Stream stream, ProtocolLevel level, Action<Exception> failed)
{
    private readonly Lock _gate = new();
    private PacketBuffer _waiting = new();
    private PacketBuffer _writing = new();
    private TaskCompletionSource? _written;
    private bool _isWriting;
    private bool _isClosed;
    private long _lastSent = Environment.TickCount64;

    /// <summary>Of the last packet given, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long LastSent => Volatile.Read(ref _lastSent);

    /// <summary>Takes a packet; it is sent with the next <see cref="Flush"/> at the latest.</summary>
    /// <exception cref="ArgumentException">The packet cannot be written.</exception>
    public void Add(Packet packet)
    {
        lock (_gate)
        {
            if (!_isClosed) PacketEncoder.Encode(_waiting, packet, level);
        }
    }

    /// <summary>Sends what was taken.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_isWriting || _isClosed || _waiting.Length == 0) return;
            _isWriting = true;
            Volatile.Write(ref _lastSent, Environment.TickCount64);
        }

        _ = WriteAsync();
    }

    /// <summary>Sends a packet; completed when the stream has taken it.</summary>
    /// <exception cref="ArgumentException">The packet cannot be written.</exception>
    public Task SendAsync(Packet packet)
    {
        Task written;
        lock (_gate)
        {
            if (_isClosed) return Task.FromException(new ConnectionFault("the connection is closed"));
            PacketEncoder.Encode(_waiting, packet, level);
            written = (_written ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        Flush();
        return written;
    }

    /// <summary>Nothing is sent any more.</summary>
    public void Close()
    {
        TaskCompletionSource? written;
        lock (_gate)
        {
            _isClosed = true;
            (written, _written) = (_written, null);
        }

        written?.TrySetException(new ConnectionFault("the connection is closed"));
        // Nobody may be waiting for it.
        _ = written?.Task.Exception;
    }

    private async Task WriteAsync()
    {
        TaskCompletionSource? written = null;
        try
        {
            while (true)
            {
                lock (_gate)
                {
                    _writing.Clear();
                    if (_waiting.Length == 0 || _isClosed)
                    {
                        _isWriting = false;
                        return;
                    }

                    (_waiting, _writing) = (_writing, _waiting);
                    (written, _written) = (_written, null);
                }

                await stream.WriteAsync(_writing.Written).ConfigureAwait(false);
                written?.TrySetResult();
            }
        }
        catch (Exception cause) when (cause is IOException or ObjectDisposedException or InvalidOperationException)
        {
            failed(cause);
            written?.TrySetException(new ConnectionFault("the connection broke", cause));
            _ = written?.Task.Exception;
        }
    }
}
