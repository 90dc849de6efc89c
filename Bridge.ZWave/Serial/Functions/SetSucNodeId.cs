using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SetSucNodeId (0x54): makes a controller SUC or SIS of the network, or no longer.</summary>
public static class SetSucNodeId
{
    public static readonly FunctionId Id = new(0x54);

    public static readonly FunctionDefinition Definition = new(Id, "SetSucNodeId",
    [
        SerialMessageDefinition.Of<SetSucNodeIdRequest>(),
        SerialMessageDefinition.Of<SetSucNodeIdResponse>(),
        SerialMessageDefinition.Of<SetSucNodeIdCallback>(),
    ]);
}

/// <summary>How it ended. Source: Serial API reference, SetSUCNodeId.</summary>
public enum SetSucStatus : byte
{
    Succeeded = 0x05,
    Failed = 0x06,
}

/// <summary>SetSucNodeId request.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// byte 1  01 enable, 00 disable
/// byte 2  transmit options, 00
/// byte 3  01 SIS, 00 SUC only
/// byte 4  callback id; 0 = no callback wanted
/// Source: Serial API reference, SetSUCNodeId.
/// </remarks>
/// <param name="WantsCallback">
/// False when the node is the module itself, which never calls back; it makes the callback id 0, whatever the session assigns.
/// </param>
public sealed record SetSucNodeIdRequest(
    NodeId NodeId,
    bool Enable,
    bool Sis,
    bool WantsCallback,
    TransmitOptions Options = TransmitOptions.None,
    byte CallbackId = 0) : ISerialMessage<SetSucNodeIdRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => SetSucNodeId.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => WantsCallback ? TransactionShape.ResponseAndCallback : TransactionShape.Response;

    public ICallbackRequest WithCallbackId(byte callbackId) => WantsCallback ? this with { CallbackId = callbackId } : this;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetSucNodeIdRequest? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var node)
            || !payload.TryReadByte(out var enable)
            || !payload.TryReadByte(out var options)
            || !payload.TryReadByte(out var sis)
            || !payload.TryReadByte(out var callbackId))
        {
            return DecodeError.Truncated;
        }

        message = new(node, enable != 0, sis != 0, WantsCallback: callbackId != 0, (TransmitOptions)options, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, NodeId);
        payload.WriteByte((byte)(Enable ? 1 : 0));
        payload.WriteByte((byte)Options);
        payload.WriteByte((byte)(Sis ? 1 : 0));
        payload.WriteByte(WantsCallback ? CallbackId : (byte)0);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("nodeId", (long)NodeId.Value);
        fields.Flag("enable", Enable);
        fields.Number("transmitOptions", (long)Options);
        fields.Flag("sis", Sis);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>SetSucNodeId response: whether the module took it.</summary>
public sealed record SetSucNodeIdResponse : StatusResponse<SetSucNodeIdResponse>, ISerialMessage<SetSucNodeIdResponse>, IStatusResponse
{
    public static FunctionId FunctionId => SetSucNodeId.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>SetSucNodeId callback.</summary>
/// <remarks>
/// byte 0  callback id of the request
/// byte 1  05 done, 06 failed
/// Source: Serial API reference, SetSUCNodeId.
/// </remarks>
public sealed record SetSucNodeIdCallback(byte CallbackId, SetSucStatus Status) : ISerialMessage<SetSucNodeIdCallback>, ICallback
{
    public static FunctionId FunctionId => SetSucNodeId.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;

    public bool IsFinal => true;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetSucNodeIdCallback? message)
    {
        message = null;
        if (!payload.TryReadByte(out var callbackId) || !payload.TryReadByte(out var status)) return DecodeError.Truncated;
        message = new(callbackId, (SetSucStatus)status);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(CallbackId);
        payload.WriteByte((byte)Status);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("callbackId", (long)CallbackId);
        fields.Number("status", (long)Status);
    }
}
