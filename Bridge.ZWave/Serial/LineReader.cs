using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Serial;

/// <summary>
/// The receiving half of the session's loop: bytes to events, the answer the module is owed, then whoever the event is for. The ACK is on the line before
/// anybody sees the frame, so no handler can make it late.
/// </summary>
/// <param name="onAlive">Called when the module said something valid, before anybody else learns of it; true for an ACK.</param>
internal sealed class LineReader(
    string line, SessionTimeouts timeouts, CommandScheduler scheduler, SessionCounters counters, ILogger logger, Action<bool> onAlive)
{
    /// <summary>Damaged frames in a row after which the line counts as desynchronised.</summary>
    private const int DamagedInARow = 3;

    private static readonly byte[] s_ack = [LineEvent.Ack];
    private static readonly byte[] s_nak = [LineEvent.Nak];

    private readonly FrameParser _parser = new();
    private readonly RepeatLimit _noise = new();
    private readonly RepeatLimit _damaged = new();
    private readonly RepeatLimit _unknown = new();
    private readonly RepeatLimit _failures = new();
    private long _hold;
    private int _damagedInARow;

    /// <summary>Receives what answers nothing.</summary>
    public Action<DataFrame>? UnsolicitedFrame { get; set; }

    /// <summary>When a frame begun is given up; null when none is.</summary>
    public TimeSpan? Deadline { get; private set; }

    /// <summary>Several frames in a row had a wrong checksum.</summary>
    public bool IsDesynchronised => _damagedInARow >= DamagedInARow;

    public void ExpectDamagedAck() => _parser.AcceptDamagedAck = true;

    /// <summary>Forgets what was received so far.</summary>
    public void Reset()
    {
        _parser.Reset();
        _damagedInARow = 0;
        Deadline = null;
    }

    /// <summary>Takes bytes as they were read.</summary>
    public ValueTask ReadAsync(ReadOnlyMemory<byte> bytes, LineConnection connection, NodeIdWidth width, TimeSpan now)
    {
        _parser.Push(bytes.Span);
        return TakeEventsAsync(connection, width, now);
    }

    /// <summary>Does what is due.</summary>
    public ValueTask ElapseAsync(LineConnection connection, NodeIdWidth width, TimeSpan now)
    {
        if (!(Deadline <= now)) return ValueTask.CompletedTask;
        _parser.TimedOut();
        return TakeEventsAsync(connection, width, now);
    }

    /// <summary>Counts and logs what a handler threw.</summary>
    public void HandlerFailed(Exception exception, FunctionId function, TimeSpan now)
    {
        counters.HandlerFailures++;
        if (_failures.Take(now, out var repeats)) SerialLog.HandlerFailed(logger, exception, function, repeats);
    }

    private async ValueTask TakeEventsAsync(LineConnection connection, NodeIdWidth width, TimeSpan now)
    {
        while (_parser.TryRead(out var read))
        {
            if (read.Kind == LineEventKind.Data) await connection.WriteAsync(s_ack).ConfigureAwait(false);
            else if (read.Kind == LineEventKind.Invalid) await connection.WriteAsync(s_nak).ConfigureAwait(false);
            Take(read, width, now);
        }

        if (!_parser.IsWaiting) Deadline = null;
        else if (Deadline is null || _hold != _parser.HoldNumber) Deadline = now + timeouts.FrameReceive;
        _hold = _parser.HoldNumber;
    }

    private void Take(in LineEvent read, NodeIdWidth width, TimeSpan now)
    {
        switch (read.Kind)
        {
            case LineEventKind.Ack:
                onAlive(true);
                scheduler.OnControl(CommandInput.Ack, now);
                break;
            case LineEventKind.Nak:
                counters.Naks++;
                scheduler.OnControl(CommandInput.Nak, now);
                break;
            case LineEventKind.Can:
                counters.Cans++;
                scheduler.OnControl(CommandInput.Can, now);
                break;
            case LineEventKind.Data:
                onAlive(false);
                _damagedInARow = 0;
                TakeFrame(read.Frame!, width, now);
                break;
            case LineEventKind.Invalid:
                counters.BadChecksums++;
                _damagedInARow++;
                if (_damaged.Take(now, out var damaged)) SerialLog.BadChecksum(logger, line, Hex.Spaced(read.Bytes.Span), damaged);
                break;
            default:
                counters.NoiseBytes += read.Bytes.Length;
                if (_noise.Take(now, out var noise))
                {
                    SerialLog.Noise(logger, line, read.Bytes.Length, Hex.Spaced(read.Bytes.Span[..Math.Min(32, read.Bytes.Length)]), noise);
                }

                break;
        }
    }

    private void TakeFrame(DataFrame frame, NodeIdWidth width, TimeSpan now)
    {
        counters.FramesReceived++;
        if (logger.IsEnabled(LogLevel.Trace)) SerialLog.FrameReceived(logger, line, frame);
        switch (scheduler.OnFrame(frame, width, now))
        {
            case FrameRole.UnknownResponse:
                counters.UnknownResponses++;
                if (_unknown.Take(now, out var responses)) SerialLog.UnknownAnswer(logger, line, frame, responses);
                break;
            case FrameRole.UnknownCallback:
                counters.UnknownCallbacks++;
                if (_unknown.Take(now, out var callbacks)) SerialLog.UnknownAnswer(logger, line, frame, callbacks);
                break;
            case FrameRole.Unsolicited:
                counters.Unsolicited++;
                HandOn(frame, now);
                break;
        }
    }

    private void HandOn(DataFrame frame, TimeSpan now)
    {
        try
        {
            UnsolicitedFrame?.Invoke(frame);
        }
#pragma warning disable CA1031 // whatever the handler throws must not end the loop that serves all others
        catch (Exception exception)
#pragma warning restore CA1031
        {
            HandlerFailed(exception, frame.Function, now);
        }
    }
}
