using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave;

/// <summary>Why a request was not carried out. Each says who is wrong and what the caller may do.</summary>
public enum ZWaveErrorCode
{
    /// <summary>Never thrown; the value of "no failure".</summary>
    None = 0,

    /// <summary>The module did not acknowledge the frame in any try: the line is broken or the module hangs. Reset the module, then reopen the line.</summary>
    AckTimeout,

    /// <summary>The module called the frame damaged (NAK) in every try: a bad line. As <see cref="AckTimeout"/>.</summary>
    NakReceived,

    /// <summary>The module threw the frame away (CAN) in every try because it kept sending itself. It is there: try again.</summary>
    CanReceived,

    /// <summary>The module acknowledged the frame and never answered it; it may have acted on it. Ask for the state before repeating.</summary>
    ResponseTimeout,

    /// <summary>The module said no (RES 0): wrong state, wrong argument or, for a transmission, a queue that stayed full.</summary>
    Refused,

    /// <summary>The answer of the module cannot be decoded. Repeating does not help; the log has the bytes.</summary>
    MalformedResponse,

    /// <summary>The module took the request and never reported its end; it may have been carried out. Ask for the state before repeating.</summary>
    CallbackTimeout,

    /// <summary>A transmission neither ended nor could be aborted: the module hangs. Reset it.</summary>
    AbortIgnored,

    /// <summary>The line to the module is closed or broke while the request was under way. It comes back by itself; the request is not repeated.</summary>
    LinkLost,

    /// <summary>The module was reset while the request was under way: it forgot it.</summary>
    ControllerReset,

    /// <summary>The request was given up by us: the session ends or a newer request took its place.</summary>
    Cancelled,

    /// <summary>Too many requests wait already. Slow down and try again.</summary>
    QueueFull,

    /// <summary>The node did not acknowledge the transmission: out of reach, without power or asleep.</summary>
    NodeNoAck,

    /// <summary>The module could not transmit (radio busy or jammed). Says nothing about the node; try again later.</summary>
    NotTransmitted,

    /// <summary>The node acknowledged the command and sent no report in time.</summary>
    NodeTimeout,

    /// <summary>The node answered that it does not or cannot carry out the command.</summary>
    NodeRefused,

    /// <summary>No such node in the network.</summary>
    NodeUnknown,

    /// <summary>The command waited longer than a command may and was not sent: better not at all than late.</summary>
    Expired,

    /// <summary>A newer command for the same thing took its place before it was carried out.</summary>
    Superseded,

    /// <summary>The command was delivered, but the device tells another state than the one asked for.</summary>
    NotConfirmed,

    /// <summary>Node or module lack the function asked for.</summary>
    NotSupported,

    /// <summary>The caller's arguments cannot be sent: out of range or too long for a frame.</summary>
    InvalidArgument,

    /// <summary>The encrypted exchange with the node failed: key missing, nonce refused, frame not authentic.</summary>
    SecurityFailed,

    /// <summary>The module is not ready yet or busy with an inclusion; try again when it is.</summary>
    NotReady,
}

/// <summary>
/// A request to module or node failed. Thrown to the caller of that request only; the session and all other requests go on.
/// A caller's own cancellation token throws <see cref="OperationCanceledException"/> as everywhere.
/// </summary>
public sealed class ZWaveException : Exception
{
    public ZWaveException()
    {
    }

    public ZWaveException(string message)
        : base(message)
    {
    }

    public ZWaveException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public ZWaveException(ZWaveErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>What went wrong.</summary>
    public ZWaveErrorCode Code { get; init; }

    /// <summary>The function of the request, when one was chosen already.</summary>
    public FunctionId? Function { get; init; }

    /// <summary>The node the request was for, when it was for one.</summary>
    public NodeId? Node { get; init; }

    /// <summary>The answer that said no, when there was one (its status tells more).</summary>
    public ISerialMessage? Response { get; init; }
}
