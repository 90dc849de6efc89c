using System.Collections.Concurrent;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Serial;

/// <summary>The loop of <see cref="SerialApiSession"/>: received frames, then requests, then the timer, then what is to be sent.</summary>
internal sealed class SessionLoop : IAsyncDisposable
{
    // Chunks of input taken before requests get their turn.
    private const int ChunksPerTurn = 16;
    private static readonly byte[] s_nak = [LineEvent.Nak];

    private readonly ITransport _transport;
    private readonly SessionTimeouts _timeouts;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _queueLimit;
    private readonly long _start;
    private readonly ConcurrentQueue<SessionMessage> _messages = new();
    private readonly WakeSignal _wake = new();
    private readonly Action _wakeInline;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _closing = new();
    private readonly CommandScheduler _scheduler;
    private readonly LineReader _reader;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LineConnection? _connection;
    private Task<Stream>? _opening;
    private TimeSpan? _drainUntil;
    private TimeSpan? _reopenAt;
    private TimeSpan _reopenPause;
    private TimeSpan? _armedFor;
    private bool _mustBeginAnew;
    private volatile bool _timerFired;
    private volatile bool _isEnded;
    private volatile int _width = (int)NodeIdWidth.Bits8;
    private volatile int _state = (int)SessionState.Closed;
    private int _queued;
    private int _isStarted;

    public SessionLoop(ITransport transport, SessionTimeouts timeouts, TimeProvider time, ILogger logger, int queueLimit)
    {
        (_transport, _timeouts, _time, _logger, _queueLimit) = (transport, timeouts, time, logger, queueLimit);
        _start = time.GetTimestamp();
        _wakeInline = _wake.SetInline;
        _scheduler = new(
            Counters,
            () => Jam("no frame of ours was acknowledged"),
            (command, exception) => _reader!.HandlerFailed(exception, command.Request.Function, Now));
        _reader = new(transport.Name, timeouts, _scheduler, Counters, logger, Alive);
        _reopenPause = timeouts.FirstReopen;
        _timer = time.CreateTimer(static state => ((SessionLoop)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public event Action<SessionState>? StateChanged;

    public event Action? Reopened;

    public SessionCounters Counters { get; } = new();

    public SessionState State => (SessionState)_state;

    public Task Completion => _completion.Task;

    public NodeIdWidth Width
    {
        get => (NodeIdWidth)_width;
        set => _width = (int)value;
    }

    public Action<DataFrame>? UnsolicitedFrame
    {
        get => _reader.UnsolicitedFrame;
        set => _reader.UnsolicitedFrame = value;
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isEnded || _closing.IsCancellationRequested, this);
        if (Interlocked.Exchange(ref _isStarted, 1) == 1) throw new InvalidOperationException("the session is open already");
        try
        {
            var stream = await _transport.OpenAsync(cancellationToken).ConfigureAwait(false);
            _ = Task.Run(() => RunAsync(stream), CancellationToken.None);
        }
        catch
        {
            Volatile.Write(ref _isStarted, 0);
            throw;
        }

        await _opened.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands a request to the loop; throws when the line is closed or too many wait.</summary>
    public void Submit(PendingCommand command)
    {
        if (State is SessionState.Closed or SessionState.Unplugged) throw Refusal(command, ZWaveErrorCode.LinkLost, "the line to the controller is not open");
        if (Interlocked.Increment(ref _queued) > _queueLimit)
        {
            Interlocked.Decrement(ref _queued);
            throw Refusal(command, ZWaveErrorCode.QueueFull, $"{_queueLimit} requests wait already");
        }

        Post(new(SessionMessageKind.Submit, command));
    }

    /// <summary>Hands a wish to the loop.</summary>
    public void Post(SessionMessage message)
    {
        _messages.Enqueue(message);
        _wake.Set();
        if (_isEnded) FailMessages();
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _wake.Set();
        if (Volatile.Read(ref _isStarted) == 1) await _completion.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        else _completion.TrySetResult();
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync(Stream stream)
    {
        Exception? fault = null;
        try
        {
            await ConnectAsync(stream).ConfigureAwait(false);
            while (!_closing.IsCancellationRequested)
            {
                await TurnAsync().ConfigureAwait(false);
                await _wake.WaitAsync().ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // a fault of our own: nobody may wait for this session for ever, and the host is told by Completion
        catch (Exception exception)
#pragma warning restore CA1031
        {
            SerialLog.SessionFailed(_logger, exception, _transport.Name);
            fault = exception;
        }

        await EndAsync(fault).ConfigureAwait(false);
    }

    private async ValueTask TurnAsync()
    {
        await ReceiveAsync().ConfigureAwait(false);
        await TakeMessagesAsync().ConfigureAwait(false);
        await ElapseAsync().ConfigureAwait(false);
        await SendAsync().ConfigureAwait(false);
        if (_connection is { IsBroken: true }) await LoseAsync(_connection.Fault).ConfigureAwait(false);
        if (_scheduler.TakeDequeued() is var dequeued and > 0) Interlocked.Add(ref _queued, -dequeued);
        ArmTimer();
    }

    private async ValueTask ReceiveAsync()
    {
        if (_opening is { IsCompleted: true } opening) await OpenedAsync(opening).ConfigureAwait(false);
        for (var chunk = 0; _connection is { } connection && connection.TryRead(out var bytes); chunk++)
        {
            if (_drainUntil is null) await _reader.ReadAsync(bytes, connection, Width, Now).ConfigureAwait(false);
            if (chunk < ChunksPerTurn) continue;
            _wake.Set();
            break;
        }

        await BeginAnewAsync().ConfigureAwait(false);
    }

    private async ValueTask TakeMessagesAsync()
    {
        while (_messages.TryDequeue(out var message))
        {
            switch (message.Kind)
            {
                case SessionMessageKind.Submit when State is SessionState.Closed or SessionState.Unplugged:
                    Interlocked.Decrement(ref _queued);
                    message.Command!.Fail(ZWaveErrorCode.LinkLost, "the line to the controller is not open");
                    break;
                case SessionMessageKind.Submit: _scheduler.Enqueue(message.Command!); break;
                case SessionMessageKind.Abandon: _scheduler.Abandon(message.Command!, Now); break;
                case SessionMessageKind.FailPending: _scheduler.FailAll(message.Code, message.Text); break;
                case SessionMessageKind.ExpectDamagedAck: _reader.ExpectDamagedAck(); break;
                case SessionMessageKind.Reopen when _connection is not null:
                    _reopenPause = TimeSpan.Zero;
                    await LoseAsync("closed to be opened anew").ConfigureAwait(false);
                    break;
                case SessionMessageKind.Reopen when _reopenAt is not null: _reopenAt = Now; break;
            }
        }
    }

    private async ValueTask ElapseAsync()
    {
        if (_timerFired)
        {
            _timerFired = false;
            _armedFor = null;
        }

        var now = Now;
        if (_drainUntil <= now) Drained();
        if (_reopenAt <= now)
        {
            _reopenAt = null;
            _opening = Task.Run(() => _transport.OpenAsync(_closing.Token), _closing.Token);
            _opening.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_wake.Set);
        }

        if (_connection is { } connection) await _reader.ElapseAsync(connection, Width, now).ConfigureAwait(false);
        _scheduler.Elapse(now);
        await BeginAnewAsync().ConfigureAwait(false);
    }

    private async ValueTask SendAsync()
    {
        if (_drainUntil is not null) return;
        while (_connection is { IsBroken: false } connection && _scheduler.TakeFrame(Width, Now) is { } frame)
        {
            await connection.WriteAsync(frame).ConfigureAwait(false);
            if (_logger.IsEnabled(LogLevel.Trace)) LogSent(frame);
            _scheduler.Written(Now);
        }
    }

    private void LogSent(byte[] frame) =>
        SerialLog.FrameSent(_logger, _transport.Name, _scheduler.IsConfidential ? $"({frame.Length} bytes that are not shown)" : Hex.Spaced(frame));

    /// <summary>Starts with a line just opened: NAK, then a moment of silence.</summary>
    private async ValueTask ConnectAsync(Stream stream)
    {
        _connection = new(stream, _wakeInline, _timeouts.Write, _time);
        _reader.Reset();
        await _connection.WriteAsync(s_nak).ConfigureAwait(false);
        _drainUntil = Now + _timeouts.Drain;
        _wake.Set();
    }

    private void Drained()
    {
        _drainUntil = null;
        var wasLost = _opened.Task.IsCompleted;
        SerialLog.LineOpen(_logger, _transport.Name);
        Enter(SessionState.Open);
        if (wasLost) Raise(() => Reopened?.Invoke());
        _opened.TrySetResult();
    }

    private async ValueTask OpenedAsync(Task<Stream> opening)
    {
        _opening = null;
        if (opening.IsCompletedSuccessfully)
        {
            await ConnectAsync(await opening.ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        var pause = NextPause();
        _reopenAt = Now + pause;
        SerialLog.LineStillLost(_logger, _transport.Name, opening.Exception?.InnerException?.Message ?? "cancelled", pause.TotalSeconds);
    }

    private async ValueTask LoseAsync(string fault)
    {
        if (_connection is not { } connection) return;
        _connection = null;
        _drainUntil = null;
        await connection.DisposeAsync().ConfigureAwait(false);
        _reader.Reset();
        Counters.LinkLosses++;
        SerialLog.LineLost(_logger, _transport.Name, fault);
        Enter(SessionState.Unplugged);
        _scheduler.FailAll(ZWaveErrorCode.LinkLost, "the line to the controller broke: " + fault);
        _reopenAt = Now + NextPause();
    }

    /// <summary>The module said something valid: the next loss starts with the shortest pause; an ACK ends a jam.</summary>
    private void Alive(bool isAck)
    {
        _reopenPause = _timeouts.FirstReopen;
        if (!isAck || State != SessionState.Jammed) return;
        SerialLog.LineAnswersAgain(_logger, _transport.Name);
        Enter(SessionState.Open);
    }

    /// <summary>The module does not understand us or we do not understand it; <see cref="BeginAnewAsync"/> follows in the same turn.</summary>
    private void Jam(string fault)
    {
        _mustBeginAnew = true;
        if (State == SessionState.Jammed) return;
        SerialLog.LineJammed(_logger, _transport.Name, fault);
        Enter(SessionState.Jammed);
    }

    /// <summary>After a jam: NAK ends whatever the module is sending, what was received so far is forgotten.</summary>
    private async ValueTask BeginAnewAsync()
    {
        if (_reader.IsDesynchronised) Jam("its frames arrive damaged");
        if (!_mustBeginAnew) return;
        _mustBeginAnew = false;
        _reader.Reset();
        if (_connection is { } connection) await connection.WriteAsync(s_nak).ConfigureAwait(false);
    }

    private void ArmTimer()
    {
        TimeSpan? next = _scheduler.NextDeadline;
        foreach (var other in (ReadOnlySpan<TimeSpan?>)[_drainUntil, _reopenAt, _reader.Deadline])
        {
            if (next is null || other < next) next = other;
        }

        if (next == _armedFor) return;
        _armedFor = next;
        // Whole milliseconds, rounded up: timers cut fractions off and would fire early, again and again.
        var due = next is { } at ? TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (at - Now).TotalMilliseconds))) : Timeout.InfiniteTimeSpan;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        _timerFired = true;
        _wake.Set();
    }

    private TimeSpan NextPause()
    {
        var pause = _reopenPause;
        var doubled = pause == TimeSpan.Zero ? _timeouts.FirstReopen : 2 * pause;
        _reopenPause = doubled < _timeouts.LongestReopen ? doubled : _timeouts.LongestReopen;
        return pause;
    }

    private void Enter(SessionState state)
    {
        if (State == state) return;
        _state = (int)state;
        Raise(() => StateChanged?.Invoke(state));
    }

    private void Raise(Action handler)
    {
        try
        {
            handler();
        }
#pragma warning disable CA1031 // whatever a handler throws must not end the loop that serves all others
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _reader.HandlerFailed(exception, default, Now);
        }
    }

    private async ValueTask EndAsync(Exception? fault)
    {
        if (_connection is { } connection) await connection.DisposeAsync().ConfigureAwait(false);
        _connection = null;
        if (_opening is { } opening) _ = DisposeLateAsync(opening);
        Enter(SessionState.Closed);
        _scheduler.FailAll(ZWaveErrorCode.Cancelled, "the session ends");
        _isEnded = true;
        FailMessages();
        if (fault is null) _completion.TrySetResult();
        else _completion.TrySetException(fault);
        _opened.TrySetException(new ZWaveException(ZWaveErrorCode.Cancelled, "the session ends", fault));
    }

    private static async Task DisposeLateAsync(Task<Stream> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully) await (await opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }

    private void FailMessages()
    {
        while (_messages.TryDequeue(out var message)) message.Command?.Fail(ZWaveErrorCode.Cancelled, "the session ends");
    }

    private static ZWaveException Refusal(PendingCommand command, ZWaveErrorCode code, string message) =>
        new(code, $"function {command.Request.Function}: {message}") { Function = command.Request.Function };
}
