using System.Buffers;
using System.IO.Pipelines;

namespace Bridge.ZWave.Serial;

/// <summary>
/// One end of a byte line in memory. Reads complete when bytes are there, writes wait while the other end holds 64 KiB unread; disposing one end makes
/// the other read 0 bytes and fail to write.
/// </summary>
public sealed class DuplexStream : Stream
{
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private volatile bool _isDisposed;

    private DuplexStream(PipeReader input, PipeWriter output) => (_input, _output) = (input, output);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Two ends of one line.</summary>
    public static (DuplexStream Left, DuplexStream Right) CreatePair()
    {
        var options = new PipeOptions(useSynchronizationContext: false);
        var (leftToRight, rightToLeft) = (new Pipe(options), new Pipe(options));
        return (new(rightToLeft.Reader, leftToRight.Writer), new(leftToRight.Reader, rightToLeft.Writer));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        try
        {
            var result = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (_isDisposed) return 0;
            var count = (int)Math.Min(buffer.Length, result.Buffer.Length);
            var part = result.Buffer.Slice(0, count);
            part.CopyTo(buffer.Span);
            // From here on the sequence belongs to the pipe again.
            _input.AdvanceTo(part.End);
            return count;
        }
        catch (InvalidOperationException) when (_isDisposed)
        {
            return 0;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var result = await _output.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (!result.IsCompleted) return;
        }
        catch (InvalidOperationException) when (_isDisposed)
        {
            // Said below.
        }

        throw new IOException("the line is closed");
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _output.Complete();
            _input.CancelPendingRead();
            _input.Complete();
        }

        base.Dispose(disposing);
    }
}
