using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>RequestNodeNeighborUpdate (0x48): a node looks for the nodes in its reach. Takes minutes in a large network.</summary>
public static class RequestNodeNeighborUpdate
{
    public static readonly FunctionId Id = new(0x48);

    public static readonly FunctionDefinition Definition = new(Id, "RequestNodeNeighborUpdate",
    [
        SerialMessageDefinition.Of<RequestNodeNeighborUpdateRequest>(),
        SerialMessageDefinition.Of<RequestNodeNeighborUpdateCallback>(),
    ]);
}

/// <summary>How far it got. Source: Serial API reference, RequestNodeNeighborUpdate.</summary>
public enum NeighborUpdateStatus : byte
{
    Started = 0x21,
    Done = 0x22,
    Failed = 0x23,
}

/// <summary>RequestNodeNeighborUpdate request; no RES, two callbacks.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// byte 1  callback id
/// Source: Serial API reference, RequestNodeNeighborUpdate.
/// </remarks>
public sealed record RequestNodeNeighborUpdateRequest(NodeId NodeId, byte CallbackId = 0)
    : NodeCallbackRequest(NodeId, CallbackId), ISerialMessage<RequestNodeNeighborUpdateRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => RequestNodeNeighborUpdate.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Callback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out RequestNodeNeighborUpdateRequest? message)
    {
        message = TryRead(ref payload, width, out var node, out var callbackId) ? new(node, callbackId) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }
}

/// <summary>RequestNodeNeighborUpdate callback.</summary>
/// <remarks>
/// byte 0  callback id of the request
/// byte 1  21 started, 22 done, 23 failed
/// Source: Serial API reference, RequestNodeNeighborUpdate.
/// </remarks>
public sealed record RequestNodeNeighborUpdateCallback(byte CallbackId, NeighborUpdateStatus UpdateStatus)
    : ISerialMessage<RequestNodeNeighborUpdateCallback>, ICallback
{
    public static FunctionId FunctionId => RequestNodeNeighborUpdate.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;

    public bool IsFinal => UpdateStatus != NeighborUpdateStatus.Started;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out RequestNodeNeighborUpdateCallback? message)
    {
        message = null;
        if (!payload.TryReadByte(out var callbackId) || !payload.TryReadByte(out var status)) return DecodeError.Truncated;
        message = new(callbackId, (NeighborUpdateStatus)status);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(CallbackId);
        payload.WriteByte((byte)UpdateStatus);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("callbackId", (long)CallbackId);
        fields.Number("updateStatus", (long)UpdateStatus);
    }
}
