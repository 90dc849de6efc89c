using System.Buffers;
using Bridge.ZWave.Serial;

namespace Bridge.ZWave.Simulation;

/// <summary>One host at the controller: reads as long as it is there, writes what was put into <see cref="Write"/> in that order.</summary>
internal sealed class HostConnection : IDisposable
{
    private readonly Stream _stream;
    private readonly CancellationTokenSource _end;
    private readonly Lock _gate = new();
    private readonly WakeSignal _output = new();
    private ArrayBufferWriter<byte> _unsent = new();

    public HostConnection(Stream stream, CancellationToken cancellationToken)
    {
        _stream = stream;
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Puts bytes behind those that wait to be written; any thread.</summary>
    public void Write(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate) _unsent.Write(bytes.Span);
        _output.Set();
    }

    /// <summary>Ends the connection; any thread.</summary>
    public void End()
    {
        _end.Cancel();
        _output.Set();
    }

    /// <summary>Reads and writes until the host goes, does not read any more than <paramref name="maximumUnread"/>, or somebody ends it.</summary>
    public async Task RunAsync(Action<ReadOnlyMemory<byte>> received, int maximumUnread)
    {
        using var registration = _end.Token.Register(static output => ((WakeSignal)output!).Set(), _output);
        var reading = ReadAsync(received);
        var writing = WriteAsync(maximumUnread);
        await Task.WhenAny(reading, writing).ConfigureAwait(false);
        End();
        await _stream.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(reading, writing).ConfigureAwait(false);
    }

    public void Dispose() => _end.Dispose();

    private async Task ReadAsync(Action<ReadOnlyMemory<byte>> received)
    {
        var buffer = new byte[4096];
        try
        {
            while (await _stream.ReadAsync(buffer, _end.Token).ConfigureAwait(false) is > 0 and var count) received(buffer.AsMemory(0, count));
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The host is gone.
        }
    }

    private async Task WriteAsync(int maximumUnread)
    {
        var spare = new ArrayBufferWriter<byte>();
        try
        {
            while (!_end.IsCancellationRequested)
            {
                await _output.WaitAsync().ConfigureAwait(false);
                ArrayBufferWriter<byte> full;
                lock (_gate) (full, _unsent) = (_unsent, spare);
                if (full.WrittenCount > maximumUnread) return;
                if (full.WrittenCount > 0) await _stream.WriteAsync(full.WrittenMemory, _end.Token).ConfigureAwait(false);
                full.ResetWrittenCount();
                spare = full;
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The host is gone.
        }
    }

    private static bool IsEnd(Exception exception) =>
        exception is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
