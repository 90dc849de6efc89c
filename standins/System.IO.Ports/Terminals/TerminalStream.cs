using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace StandIns.Terminals;

/// <summary>
/// The bytes of a terminal. A read takes what is there or waits for the next byte; a write ends when the kernel has every byte.
/// One read and one write may be under way at a time, from any thread; disposing ends both.
/// </summary>
/// <remarks>
/// An unplugged device: the read returns 0 or fails with <see cref="IOException"/>, whichever the driver says, and writes fail.
/// </remarks>
internal sealed unsafe class TerminalStream : Stream
{
    private readonly Lock _gate = new();
    private readonly SafeFileHandle _handle;
    private readonly long _registration;
    private PendingTransfer? _read;
    private PendingTransfer? _write;
    private bool _isDisposed;

    public TerminalStream(SafeFileHandle handle)
    {
        _handle = handle;
        _registration = ReadinessLoop.Register(handle, OnReady);
    }

    public override bool CanRead => !_isDisposed;

    public override bool CanWrite => !_isDisposed;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_read is not null) throw new InvalidOperationException("a read is under way");
            if (buffer.IsEmpty) return new(0);
            if (TryRead(buffer.Span, out var count, out var fault)) return fault is null ? new(count) : ValueTask.FromException<int>(fault);
            // Under the lock from the attempt to here, so that no readiness is lost in between.
            _read = new(buffer);
            return new(WaitFor(_read, cancellationToken));
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_write is not null) throw new InvalidOperationException("a write is under way");
            var rest = MemoryMarshal.AsMemory(buffer);
            if (TryWrite(ref rest, out var fault)) return fault is null ? default : ValueTask.FromException(fault);
            _write = new(rest);
            return new(WaitFor(_write, cancellationToken));
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Nothing is kept back here; the kernel sends by itself.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                if (_isDisposed) return;
                _isDisposed = true;
                ReadinessLoop.Unregister(_handle, _registration);
                // A device that takes nothing any more would keep the close waiting for its output.
                if (_write is not null) _ = LibC.Flush(_handle, LibC.FlushOutput);
                var closed = new ObjectDisposedException(nameof(TerminalStream), "the port was closed");
                _read?.Fail(closed);
                _write?.Fail(closed);
                _read = _write = null;
            }

            // Outside the lock: a driver may take its time over this.
            Terminal.Close(_handle);
        }

        base.Dispose(disposing);
    }

    private Task<int> WaitFor(PendingTransfer transfer, CancellationToken cancellationToken)
    {
        transfer.Registration = cancellationToken.UnsafeRegister((state, token) => Cancel((PendingTransfer)state!, token), transfer);
        return transfer.Task;
    }

    private void Cancel(PendingTransfer transfer, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_read, transfer)) _read = null;
            else if (ReferenceEquals(_write, transfer)) _write = null;
            else return;
            transfer.Cancel(cancellationToken);
        }
    }

    private void OnReady()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            if (_read is { } read && TryRead(read.Rest.Span, out var count, out var readFault))
            {
                _read = null;
                if (readFault is null) read.Complete(count);
                else read.Fail(readFault);
            }

            if (_write is not { } write) return;
            var rest = write.Rest;
            if (TryWrite(ref rest, out var writeFault))
            {
                _write = null;
                if (writeFault is null) write.Complete(0);
                else write.Fail(writeFault);
            }
            else
            {
                write.Rest = rest;
            }
        }
    }

    /// <summary>False when nothing is there yet.</summary>
    private bool TryRead(Span<byte> buffer, out int count, out IOException? fault)
    {
        fault = null;
        fixed (byte* start = buffer)
        {
            do
            {
                count = (int)LibC.Read(_handle, start, (nuint)buffer.Length);
            }
            while (count < 0 && Marshal.GetLastPInvokeError() == LibC.InterruptedCall);
        }

        if (count >= 0) return true;
        if (Marshal.GetLastPInvokeError() == LibC.TryAgain) return false;
        fault = LibC.LastError();
        return true;
    }

    /// <summary>False when the kernel took only a part; <paramref name="rest"/> is what is left.</summary>
    private bool TryWrite(ref Memory<byte> rest, out IOException? fault)
    {
        fault = null;
        while (!rest.IsEmpty)
        {
            int count;
            fixed (byte* start = rest.Span) count = (int)LibC.Write(_handle, start, (nuint)rest.Length);
            if (count > 0)
            {
                rest = rest[count..];
                continue;
            }

            var number = count == 0 ? LibC.TryAgain : Marshal.GetLastPInvokeError();
            if (number == LibC.InterruptedCall) continue;
            if (number == LibC.TryAgain) return false;
            fault = LibC.Error(number);
            return true;
        }

        return true;
    }
}
