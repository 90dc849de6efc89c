using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SendTestFrame (0xBE): sends an empty frame with reduced power, to measure a link.</summary>
public static class SendTestFrame
{
    public static readonly FunctionId Id = new(0xBE);

    public static readonly FunctionDefinition Definition = new(Id, "SendTestFrame",
    [
        SerialMessageDefinition.Of<SendTestFrameRequest>(),
        SerialMessageDefinition.Of<SendTestFrameResponse>(),
        SerialMessageDefinition.Of<SendTestFrameCallback>(),
    ]);
}

/// <summary>SendTestFrame request.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// byte 1  power level: 0 normal, n = -n dBm, up to 9
/// byte 2  callback id
/// Source: Serial API reference, SendTestFrame.
/// </remarks>
public sealed record SendTestFrameRequest(NodeId NodeId, byte PowerLevel, byte CallbackId = 0)
    : ISerialMessage<SendTestFrameRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => SendTestFrame.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SendTestFrameRequest? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var node)
            || !payload.TryReadByte(out var level)
            || !payload.TryReadByte(out var callbackId))
        {
            return DecodeError.Truncated;
        }

        message = new(node, level, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, NodeId);
        payload.WriteByte(PowerLevel);
        payload.WriteByte(CallbackId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("nodeId", (long)NodeId.Value);
        fields.Number("powerLevel", (long)PowerLevel);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>SendTestFrame response: whether the module took it.</summary>
public sealed record SendTestFrameResponse : StatusResponse<SendTestFrameResponse>, ISerialMessage<SendTestFrameResponse>, IStatusResponse
{
    public static FunctionId FunctionId => SendTestFrame.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>SendTestFrame callback: how the transmission ended.</summary>
public sealed record SendTestFrameCallback
    : TransmitCallback<SendTestFrameCallback>, ISerialMessage<SendTestFrameCallback>, ITransmitCallback
{
    public static FunctionId FunctionId => SendTestFrame.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
