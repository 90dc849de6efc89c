using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>What a data frame of the module turned out to be.</summary>
internal enum FrameRole
{
    /// <summary>RES or callback of a request under way.</summary>
    Answer,

    /// <summary>A RES nobody waits for.</summary>
    UnknownResponse,

    /// <summary>A callback nobody waits for.</summary>
    UnknownCallback,

    /// <summary>The module's own initiative.</summary>
    Unsolicited,
}

/// <summary>
/// Decides which request is on the line and which answer belongs to which: one request between its first byte and its RES, callbacks beside it, one
/// transmission at a time. No I/O, no clock (the time comes in), one thread at a time.
/// </summary>
/// <param name="onLinkBroken">Called when the module acknowledged a request in no try, before its caller is told.</param>
/// <param name="onProgressFailed">Called when a caller's progress handler threw.</param>
internal sealed class CommandScheduler(SessionCounters counters, Action onLinkBroken, Action<PendingCommand, Exception> onProgressFailed)
{
    // Some controllers answer AssignSUCReturnRoute with the function id of DeleteSUCReturnRoute.
    private static readonly FunctionId s_assignSucReturnRoute = new(0x51);
    private static readonly FunctionId s_deleteSucReturnRoute = new(0x55);

    // Some controllers send a callback with function id 0 and without its callback id.
    private static readonly FunctionId s_anonymous = new(0x00);

    private readonly List<PendingCommand> _queue = [];
    private readonly Queue<PendingCommand> _aborts = new();
    private readonly List<PendingCommand> _waitingForCallback = [];
    private readonly bool[] _hasCallbacks = new bool[256];
    private PendingCommand? _onLine;
    private bool _mustSend;
    private int _dequeued;
    private byte _lastCallbackId;

    /// <summary>Requests that left the queue (started, failed, given up) since this was read last.</summary>
    public int TakeDequeued()
    {
        var dequeued = _dequeued;
        _dequeued = 0;
        return dequeued;
    }

    /// <summary>The next moment <see cref="Elapse"/> has something to do; null when never.</summary>
    public TimeSpan? NextDeadline
    {
        get
        {
            var next = _onLine?.Deadline;
            foreach (var command in _waitingForCallback)
            {
                if (next is null || command.Deadline < next) next = command.Deadline;
            }

            return next;
        }
    }

    public void Enqueue(PendingCommand command) => _queue.Add(command);

    /// <summary>The frame to write now, if any; call <see cref="Written"/> when it is on the line.</summary>
    public byte[]? TakeFrame(NodeIdWidth width, TimeSpan now)
    {
        while (_onLine is null && TakeNext() is { } next) Start(next, width, now);
        if (!_mustSend || _onLine is not { } command) return null;
        _mustSend = false;
        counters.FramesSent++;
        if (command.State.Transmissions > 0) counters.Retransmissions++;
        return command.Frame;
    }

    /// <summary>The frame taken last is not for the log.</summary>
    public bool IsConfidential => _onLine?.Request.IsConfidential ?? false;

    /// <summary>The frame taken last is on the line.</summary>
    public void Written(TimeSpan now)
    {
        if (_onLine is { } command) Feed(command, CommandInput.Written, now);
    }

    /// <summary>ACK, NAK or CAN of the module.</summary>
    public void OnControl(CommandInput input, TimeSpan now)
    {
        if (_onLine is { } command) Feed(command, input, now);
    }

    /// <summary>A data frame of the module.</summary>
    public FrameRole OnFrame(DataFrame frame, NodeIdWidth width, TimeSpan now)
    {
        if (frame.Type == FrameType.Response)
        {
            if (_onLine is not { Rules.HasResponse: true } command || !Answers(frame.Function, command)) return FrameRole.UnknownResponse;
            if (command.State.Phase is not (CommandPhase.WaitAck or CommandPhase.WaitRetransmit or CommandPhase.WaitResponse)) return FrameRole.UnknownResponse;
            Feed(command, command.ReadResponse(frame.Payload.Span, width), now);
            return FrameRole.Answer;
        }

        if (_onLine is { } sending && TryCallback(sending, frame, width, now)) return FrameRole.Answer;
        foreach (var waiting in _waitingForCallback)
        {
            if (TryCallback(waiting, frame, width, now)) return FrameRole.Answer;
        }

        if (frame.Function == s_anonymous && TryAnonymousCallback(frame, width, now)) return FrameRole.Answer;
        return frame.Function == s_anonymous || _hasCallbacks[frame.Function.Value] ? FrameRole.UnknownCallback : FrameRole.Unsolicited;
    }

    /// <summary>Does what is due.</summary>
    public void Elapse(TimeSpan now)
    {
        if (_onLine is { } command && command.Deadline <= now) Feed(command, CommandInput.TimerElapsed, now);
        for (var index = _waitingForCallback.Count - 1; index >= 0; index--)
        {
            if (_waitingForCallback[index] is { } waiting && waiting.Deadline <= now) Feed(waiting, CommandInput.TimerElapsed, now);
        }
    }

    /// <summary>
    /// Nobody waits for this request any more. Not started: it never is. Under way: a transmission is aborted, others run to their end unheard,
    /// because the module answers them all the same.
    /// </summary>
    public void Abandon(PendingCommand command, TimeSpan now)
    {
        if (_queue.Remove(command)) _dequeued++;
        else if (command.State.Phase == CommandPhase.WaitCallback) Feed(command, CommandInput.Abort, now);
    }

    /// <summary>Every request fails, queued or under way.</summary>
    public void FailAll(ZWaveErrorCode code, string message)
    {
        PendingCommand[] all = [.. _onLine is { } command ? [command] : Array.Empty<PendingCommand>(), .. _waitingForCallback, .. _aborts, .. _queue];
        _onLine = null;
        _mustSend = false;
        _waitingForCallback.Clear();
        _aborts.Clear();
        _dequeued += _queue.Count;
        _queue.Clear();
        foreach (var pending in all)
        {
            counters.FailedRequests++;
            pending.Fail(code, message);
        }
    }

    private PendingCommand? TakeNext()
    {
        if (_aborts.TryDequeue(out var abort)) return abort;
        var slotIsTaken = _waitingForCallback.Exists(static command => command.Rules.IsTransmit);
        for (var index = 0; index < _queue.Count; index++)
        {
            var command = _queue[index];
            if (command.Rules.IsTransmit && slotIsTaken) continue;
            if (command.Rules.HasCallback && _waitingForCallback.Count >= byte.MaxValue) continue;
            _queue.RemoveAt(index);
            _dequeued++;
            return command;
        }

        return null;
    }

    private void Start(PendingCommand command, NodeIdWidth width, TimeSpan now)
    {
        try
        {
            command.Prepare(command.Rules.HasCallback ? NextCallbackId() : (byte)0, width);
        }
        catch (InvalidOperationException tooLong)
        {
            counters.FailedRequests++;
            command.Fail(ZWaveErrorCode.InvalidArgument, tooLong.Message);
            return;
        }

        if (command.Rules.HasCallback) _hasCallbacks[command.Request.Function.Value] = true;
        _onLine = command;
        Feed(command, CommandInput.Start, now);
    }

    /// <summary>1..255, then 1 again; ids of requests under way are skipped.</summary>
    private byte NextCallbackId()
    {
        do
        {
            _lastCallbackId = _lastCallbackId == byte.MaxValue ? (byte)1 : (byte)(_lastCallbackId + 1);
        }
        while (_waitingForCallback.Exists(command => command.CallbackId == _lastCallbackId));
        return _lastCallbackId;
    }

    private bool TryCallback(PendingCommand command, DataFrame frame, NodeIdWidth width, TimeSpan now) =>
        command.Rules.HasCallback && Answers(frame.Function, command) && TryCallback(command, frame.Payload.Span, width, now);

    private bool TryCallback(PendingCommand command, ReadOnlySpan<byte> payload, NodeIdWidth width, TimeSpan now)
    {
        if (command.ReadCallback(payload, width) is not { } input) return false;
        Feed(command, input, now);
        return true;
    }

    private bool TryAnonymousCallback(DataFrame frame, NodeIdWidth width, TimeSpan now)
    {
        // Only without doubt: exactly one request waits for a callback and none can be about to.
        if (_waitingForCallback.Count != 1 || _onLine is { Rules.HasCallback: true }) return false;
        var command = _waitingForCallback[0];
        return frame.Payload.Length < DataFrame.MaximumPayload
            && TryCallback(command, [command.CallbackId, .. frame.Payload.Span], width, now);
    }

    private static bool Answers(FunctionId function, PendingCommand command) =>
        function == command.Request.Function || (function == s_deleteSucReturnRoute && command.Request.Function == s_assignSucReturnRoute);

    private void Feed(PendingCommand command, CommandInput input, TimeSpan now)
    {
        var before = command.State;
        var step = CommandMachine.Next(command.Rules, before, input);
        command.State = step.State;
        Count(before, step.State, input);
        if (step.Effects.HasFlag(CommandEffects.ArmTimer)) command.Deadline = now + step.Timer;
        if (step.Effects.HasFlag(CommandEffects.StopTimer)) command.Deadline = null;
        if (step.Effects.HasFlag(CommandEffects.Send)) _mustSend = true;
        Place(command);
        if (step.Effects.HasFlag(CommandEffects.Report)) Report(command);
        if (step.Effects.HasFlag(CommandEffects.SendAbort)) QueueAbort(command);
        if (step.Effects.HasFlag(CommandEffects.Complete)) command.Complete();
        if (step.Effects.HasFlag(CommandEffects.Fail)) Fail(command);
        if (command.IsAbandoned && command.State.Phase == CommandPhase.WaitCallback && input != CommandInput.Abort)
        {
            Feed(command, CommandInput.Abort, now);
        }
    }

    private void Place(PendingCommand command)
    {
        if (command.State.OccupiesLine) return;
        if (_onLine == command)
        {
            _onLine = null;
            _mustSend = false;
            if (!command.State.IsEnded) _waitingForCallback.Add(command);
        }
        else if (command.State.IsEnded)
        {
            _waitingForCallback.Remove(command);
        }
    }

    private void QueueAbort(PendingCommand command)
    {
        counters.Aborts++;
        var rules = command.Rules with { Shape = TransactionShape.AckOnly, IsTransmit = false, IsAbortable = false };
        _aborts.Enqueue(new AbortCommand(((IAbortableRequest)command.Request).AbortRequest, rules));
    }

    private void Report(PendingCommand command)
    {
        try
        {
            command.Report();
        }
#pragma warning disable CA1031 // whatever a caller's handler throws must not end the loop that serves all others
        catch (Exception exception)
#pragma warning restore CA1031
        {
            onProgressFailed(command, exception);
        }
    }

    private void Fail(PendingCommand command)
    {
        counters.FailedRequests++;
        var failure = command.State.Failure;
        // Not after CAN: a module that says that it is sending itself is there and understands us.
        if (failure is CommandFailure.AckTimeout or CommandFailure.NakReceived) onLinkBroken();
        command.Fail((ZWaveErrorCode)failure, Words(failure));
    }

    private void Count(CommandState before, CommandState after, CommandInput input)
    {
        if (input == CommandInput.ResponseRefused && before.Phase == CommandPhase.WaitResponse) counters.Refusals++;
        if (input != CommandInput.TimerElapsed) return;
        if (before.Phase == CommandPhase.WaitAck && after.Failure == CommandFailure.AckTimeout) counters.AckTimeouts++;
        if (before.Phase == CommandPhase.WaitResponse) counters.ResponseTimeouts++;
        if (before.Phase == CommandPhase.WaitCallback) counters.CallbackTimeouts++;
    }

    private static string Words(CommandFailure failure) => failure switch
    {
        CommandFailure.AckTimeout => "the module did not acknowledge the frame in any try",
        CommandFailure.NakReceived => "the module received the frame damaged in every try",
        CommandFailure.CanReceived => "the module threw the frame away in every try",
        CommandFailure.ResponseTimeout => "no answer from the module",
        CommandFailure.Refused => "refused by the module",
        CommandFailure.MalformedResponse => "the module's answer cannot be decoded",
        CommandFailure.CallbackTimeout => "the module did not report the end",
        CommandFailure.AbortIgnored => "the module neither ended the transmission nor aborted it",
        _ => "failed",
    };
}
