using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.ZWave.Serial;

/// <summary>A transmission of one byte to a node, in the shape of SendData (13): D, one transmit slot, may be aborted.</summary>
internal sealed record TestTransmit(NodeId Node, byte Content, byte CallbackId = 0) : ISerialMessage<TestTransmit>, IAbortableRequest
{
    public static FunctionId FunctionId => new(0x13);

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public IHostRequest AbortRequest => new TestAbort();

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TestTransmit? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var node) || !payload.TryReadByte(out var content) || !payload.TryReadByte(out var id)) return DecodeError.Truncated;
        message = new(node, content, id);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, Node);
        payload.WriteByte(Content);
        payload.WriteByte(CallbackId);
    }

    public void Describe(FieldWriter fields)
    {
    }
}

/// <summary>Callback of <see cref="TestTransmit"/>: callback id, status.</summary>
internal sealed record TestTransmitted(byte CallbackId, byte Status) : ISerialMessage<TestTransmitted>, ICallback
{
    public static FunctionId FunctionId => new(0x13);

    public static MessageKind MessageKind => MessageKind.ModuleRequest;

    public bool IsFinal => true;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TestTransmitted? message)
    {
        message = payload.TryReadByte(out var id) && payload.TryReadByte(out var status) ? new(id, status) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(CallbackId);
        payload.WriteByte(Status);
    }

    public void Describe(FieldWriter fields)
    {
    }
}

/// <summary>SendDataAbort (16): shape A, no payload.</summary>
internal sealed record TestAbort : ISerialMessage<TestAbort>, IHostRequest
{
    public static FunctionId FunctionId => new(0x16);

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.AckOnly;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TestAbort? message)
    {
        message = new();
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
    }

    public void Describe(FieldWriter fields)
    {
    }
}

/// <summary>A request of any function with a callback and nothing but its id in it.</summary>
internal sealed record TestCall(FunctionId Function, TransactionShape Shape, byte CallbackId = 0) : ICallbackRequest
{
    /// <summary>RequestNodeNeighborUpdate (48): shape C, callbacks "started" (21) and "done" (22).</summary>
    public static TestCall NeighborUpdate => new(new(0x48), TransactionShape.Callback);

    /// <summary>AssignSUCReturnRoute (51): shape D, no transmission slot.</summary>
    public static TestCall AssignSucReturnRoute => new(new(0x51), TransactionShape.ResponseAndCallback);

    public MessageKind Kind => MessageKind.HostRequest;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(CallbackId);

    public void Describe(FieldWriter fields)
    {
    }
}

/// <summary>Callback of <see cref="TestCall"/>: callback id, status; 21 says that more follows.</summary>
internal sealed record TestCalled(byte CallbackId, byte Status) : ISerialMessage<TestCalled>, ICallback
{
    public static FunctionId FunctionId => new(0x48);

    public static MessageKind MessageKind => MessageKind.ModuleRequest;

    public bool IsFinal => Status != 0x21;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TestCalled? message)
    {
        message = payload.TryReadByte(out var id) && payload.TryReadByte(out var status) ? new(id, status) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(CallbackId);
        payload.WriteByte(Status);
    }

    public void Describe(FieldWriter fields)
    {
    }
}

/// <summary>A request with so many bytes that it fits no frame.</summary>
internal sealed record TestOversize : ISerialMessage<TestOversize>, IHostRequest
{
    public static FunctionId FunctionId => new(0x2B);

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TestOversize? message)
    {
        message = new();
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteZeros(DataFrame.MaximumPayload + 1);

    public void Describe(FieldWriter fields)
    {
    }
}
