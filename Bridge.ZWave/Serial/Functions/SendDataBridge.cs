using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SendDataBridge (0xA9): SendData of modules with the bridge library.</summary>
public static class SendDataBridge
{
    public static readonly FunctionId Id = new(0xA9);

    public static readonly FunctionDefinition Definition = new(Id, "SendDataBridge",
    [
        SerialMessageDefinition.Of<SendDataBridgeRequest>(),
        SerialMessageDefinition.Of<SendDataBridgeResponse>(),
        SerialMessageDefinition.Of<SendDataBridgeCallback>(),
    ]);
}

/// <summary>SendDataBridge request.</summary>
/// <remarks>
/// byte 0     source node id (2 bytes in 16-bit mode): our own
/// byte 1     destination node id (2 bytes in 16-bit mode); FF broadcast
/// byte 2     n
/// byte 3..   n bytes of command class frame
/// byte 3+n   transmit options
/// byte 4+n   4 bytes of route, always zero
/// byte 8+n   callback id
/// Source: Serial API reference, SendDataBridge.
/// </remarks>
public sealed record SendDataBridgeRequest(
    NodeId SourceNodeId,
    NodeId DestinationNodeId,
    ReadOnlyMemory<byte> Command,
    TransmitOptions Options = TransmitOptions.Default,
    byte CallbackId = 0) : ISerialMessage<SendDataBridgeRequest>, IAbortableRequest
{
    private const int RouteLength = 4;

    public static FunctionId FunctionId => SendDataBridge.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public IHostRequest AbortRequest => new SendDataAbortRequest();

    public bool IsConfidential { get; init; }

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SendDataBridgeRequest? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var source)
            || !payload.TryReadNodeId(width, out var destination)
            || !LengthByte.TryRead(ref payload, out var command)
            || !payload.TryReadByte(out var options)
            || !payload.TryReadBytes(RouteLength, out _)
            || !payload.TryReadByte(out var callbackId))
        {
            return DecodeError.Truncated;
        }

        message = new(source, destination, command.ToArray(), (TransmitOptions)options, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, SourceNodeId);
        payload.WriteNodeId(width, DestinationNodeId);
        LengthByte.Write(ref payload, Command.Span);
        payload.WriteByte((byte)Options);
        payload.WriteZeros(RouteLength);
        payload.WriteByte(CallbackId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("sourceNodeId", (long)SourceNodeId.Value);
        fields.Number("destinationNodeId", (long)DestinationNodeId.Value);
        fields.Encapsulated("encapsulated", Command.Span);
        fields.Number("transmitOptions", (long)Options);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>SendDataBridge response: refused means that the transmit queue was full.</summary>
public sealed record SendDataBridgeResponse
    : StatusResponse<SendDataBridgeResponse>, ISerialMessage<SendDataBridgeResponse>, IStatusResponse
{
    public static FunctionId FunctionId => SendDataBridge.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>SendDataBridge callback: how the transmission ended.</summary>
public sealed record SendDataBridgeCallback
    : ReportedTransmitCallback<SendDataBridgeCallback>, ISerialMessage<SendDataBridgeCallback>, ITransmitCallback
{
    public static FunctionId FunctionId => SendDataBridge.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
