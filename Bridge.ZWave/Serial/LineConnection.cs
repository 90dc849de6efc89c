namespace Bridge.ZWave.Serial;

/// <summary>One opened line: a read always under way into a reused buffer, writes with a limit. Belongs to the session's loop.</summary>
internal sealed class LineConnection(Stream stream, Action wake, TimeSpan writeLimit, TimeProvider time) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[4096];
    private ValueTask<int> _read;
    private bool _isReading;

    /// <summary>True once the stream ended or failed; nothing comes or goes any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Why it broke, in words.</summary>
    public string Fault { get; private set; } = "closed by the other side";

    /// <summary>
    /// Bytes that are there; false when there are none yet (<c>wake</c> is called as soon as there are) or the line broke.
    /// They are good until the next call.
    /// </summary>
    public bool TryRead(out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (IsBroken) return false;
        try
        {
            if (!_isReading)
            {
#pragma warning disable CA2012 // kept until it completes and consumed exactly once: one read is always under way, without a Task for each
                _read = stream.ReadAsync(_buffer);
#pragma warning restore CA2012
                _isReading = true;
                if (!_read.IsCompleted)
                {
                    _read.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(wake);
                }
            }

            if (!_read.IsCompleted) return false;
            _isReading = false;
            var count = _read.GetAwaiter().GetResult();
            if (count == 0) IsBroken = true;
            bytes = _buffer.AsMemory(0, count);
            return count > 0;
        }
        catch (Exception exception) when (IsLineFault(exception))
        {
            Break(exception);
            return false;
        }
    }

    /// <summary>Hands bytes to the line; a fault or a line that takes nothing for too long breaks it.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (IsBroken) return;
        try
        {
            var write = stream.WriteAsync(bytes);
            if (write.IsCompleted) write.GetAwaiter().GetResult();
            else await write.AsTask().WaitAsync(writeLimit, time).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLineFault(exception))
        {
            Break(exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        IsBroken = true;
        try
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLineFault(exception))
        {
            // It is gone either way.
        }
    }

    private void Break(Exception exception)
    {
        IsBroken = true;
        Fault = exception is TimeoutException ? "takes no bytes" : exception.Message;
    }

    private static bool IsLineFault(Exception exception) => exception is IOException or ObjectDisposedException or InvalidOperationException
        or UnauthorizedAccessException or OperationCanceledException or TimeoutException;
}
