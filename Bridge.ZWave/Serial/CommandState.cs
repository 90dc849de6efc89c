namespace Bridge.ZWave.Serial;

/// <summary>Where a host command stands.</summary>
public enum CommandPhase
{
    /// <summary>Not started.</summary>
    Queued,

    /// <summary>Its bytes are being handed to the line.</summary>
    Sending,

    /// <summary>Sent, not acknowledged.</summary>
    WaitAck,

    /// <summary>Not acknowledged in the last try; waiting to send again.</summary>
    WaitRetransmit,

    /// <summary>Acknowledged, RES expected.</summary>
    WaitResponse,

    /// <summary>Refused because the transmit slot is taken; waiting to offer it again.</summary>
    WaitRetry,

    /// <summary>Taken by the module, callback expected.</summary>
    WaitCallback,

    /// <summary>Abort asked for, the failing callback expected.</summary>
    WaitAborted,

    /// <summary>Carried out.</summary>
    Done,

    /// <summary>Failed; <see cref="CommandState.Failure"/> says why.</summary>
    Failed,
}

/// <summary>What happens to a command.</summary>
public enum CommandInput
{
    /// <summary>The line is free.</summary>
    Start,

    /// <summary>The bytes are on the line.</summary>
    Written,

    Ack,
    Nak,
    Can,

    /// <summary>RES that took the request, or the answer of a plain get.</summary>
    ResponseAccepted,

    /// <summary>RES that says no.</summary>
    ResponseRefused,

    /// <summary>RES of the right function that cannot be decoded.</summary>
    ResponseMalformed,

    /// <summary>A callback with more to follow.</summary>
    Progress,

    /// <summary>The last callback.</summary>
    FinalCallback,

    /// <summary>The time set by the last step is over.</summary>
    TimerElapsed,

    /// <summary>Nobody waits for the result any more.</summary>
    Abort,
}

/// <summary>What a step asks the session to do.</summary>
[Flags]
public enum CommandEffects
{
    None = 0,

    /// <summary>Write the frame (the same bytes every time).</summary>
    Send = 1,

    /// <summary>Set the timer to <see cref="CommandStep.Timer"/>.</summary>
    ArmTimer = 2,

    /// <summary>Stop the timer.</summary>
    StopTimer = 4,

    /// <summary>Hand the callback to whoever follows the progress.</summary>
    Report = 8,

    /// <summary>Send the request that aborts this one.</summary>
    SendAbort = 16,

    /// <summary>The command is done; its result is the last RES or callback.</summary>
    Complete = 32,

    /// <summary>The command failed.</summary>
    Fail = 64,
}

/// <summary>Why a command failed; the names are those of <see cref="ZWaveErrorCode"/>.</summary>
public enum CommandFailure
{
    None = 0,
    AckTimeout = ZWaveErrorCode.AckTimeout,
    NakReceived = ZWaveErrorCode.NakReceived,
    CanReceived = ZWaveErrorCode.CanReceived,
    ResponseTimeout = ZWaveErrorCode.ResponseTimeout,
    Refused = ZWaveErrorCode.Refused,
    MalformedResponse = ZWaveErrorCode.MalformedResponse,
    CallbackTimeout = ZWaveErrorCode.CallbackTimeout,
    AbortIgnored = ZWaveErrorCode.AbortIgnored,
}

/// <summary>What is known of a request before it is sent.</summary>
/// <param name="Shape">How it is answered.</param>
/// <param name="IsTransmit">It fills the transmit slot: offered again when refused.</param>
/// <param name="IsAbortable">It can be aborted: a timeout aborts it before it fails.</param>
/// <param name="CallbackLimit">How long to wait for each callback.</param>
/// <param name="Timeouts">All other limits.</param>
public sealed record CommandRules(TransactionShape Shape, bool IsTransmit, bool IsAbortable, TimeSpan CallbackLimit, SessionTimeouts Timeouts)
{
    public bool HasResponse => Shape is TransactionShape.Response or TransactionShape.ResponseAndCallback;

    public bool HasCallback => Shape is TransactionShape.Callback or TransactionShape.ResponseAndCallback;
}

/// <summary>The state of one host command.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Transmissions">Tries so far, since it was last offered.</param>
/// <param name="Refusals">How often the module refused it.</param>
/// <param name="Failure">Of a failed command its reason; before that the reason of the last failed try.</param>
/// <param name="EarlyResponse">A RES that came before the ACK; it counts only when the ACK never comes.</param>
public readonly record struct CommandState(
    CommandPhase Phase, int Transmissions = 0, int Refusals = 0, CommandFailure Failure = CommandFailure.None, CommandInput? EarlyResponse = null)
{
    public bool IsEnded => Phase is CommandPhase.Done or CommandPhase.Failed;

    /// <summary>True from the first byte until RES: no other command may be on the line.</summary>
    public bool OccupiesLine => Phase is CommandPhase.Sending or CommandPhase.WaitAck or CommandPhase.WaitRetransmit
        or CommandPhase.WaitResponse or CommandPhase.WaitRetry;
}

/// <summary>The next state and what to do about it.</summary>
public readonly record struct CommandStep(CommandState State, CommandEffects Effects, TimeSpan Timer = default);
