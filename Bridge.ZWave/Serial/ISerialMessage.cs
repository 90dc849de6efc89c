using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>The payload of a Serial API data frame: plain data, no I/O. Command class bytes inside stay bytes.</summary>
public interface ISerialMessage
{
    FunctionId Function { get; }

    MessageKind Kind { get; }

    /// <summary>Writes everything after the function id, the checksum excluded.</summary>
    void Encode(ref PayloadWriter payload, NodeIdWidth width);

    /// <summary>Names the fields for diagnostics; the names are fixed by the output format of <c>zwbridge decode</c>.</summary>
    void Describe(FieldWriter fields);
}

/// <summary>A message with a decoder.</summary>
public interface ISerialMessage<TSelf> : ISerialMessage
    where TSelf : class, ISerialMessage<TSelf>
{
    static abstract FunctionId FunctionId { get; }

    static abstract MessageKind MessageKind { get; }

    /// <summary>Reads everything after the function id. Trailing bytes of newer firmware are ignored, missing optional ones are null.</summary>
    static abstract DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TSelf? message);

    FunctionId ISerialMessage.Function => TSelf.FunctionId;

    MessageKind ISerialMessage.Kind => TSelf.MessageKind;
}

/// <summary>How a request is answered (Serial API reference, transactions).</summary>
public enum TransactionShape
{
    /// <summary>ACK only.</summary>
    AckOnly,

    /// <summary>ACK, then RES.</summary>
    Response,

    /// <summary>ACK, then one or more callbacks.</summary>
    Callback,

    /// <summary>ACK, RES, then one or more callbacks when the RES says yes.</summary>
    ResponseAndCallback,
}

/// <summary>A message the host sends.</summary>
public interface IHostRequest : ISerialMessage
{
    /// <summary>How it is answered.</summary>
    TransactionShape Shape { get; }

    /// <summary>True when its bytes must not be shown in a log.</summary>
    bool IsConfidential => false;
}

/// <summary>
/// A request with a callback id. The session gives every transaction an id of its own (1..255) right before it is sent; retransmissions keep it.
/// </summary>
public interface ICallbackRequest : IHostRequest
{
    byte CallbackId { get; }

    /// <summary>The same request with another callback id.</summary>
    ICallbackRequest WithCallbackId(byte callbackId);
}

/// <summary>A RES that may refuse: then no callback follows.</summary>
public interface IStatusResponse : ISerialMessage
{
    /// <summary>True when the module took the request.</summary>
    bool IsAccepted { get; }
}

/// <summary>A callback of the module.</summary>
public interface ICallback : ISerialMessage
{
    /// <summary>The id of the request it belongs to.</summary>
    byte CallbackId { get; }

    /// <summary>False while further callbacks of the same transaction follow (node found, adding …).</summary>
    bool IsFinal { get; }
}
