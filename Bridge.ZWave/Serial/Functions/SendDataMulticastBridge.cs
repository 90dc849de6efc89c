using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SendDataMulticastBridge (0xAB): SendDataMulticast of modules with the bridge library.</summary>
public static class SendDataMulticastBridge
{
    public static readonly FunctionId Id = new(0xAB);

    public static readonly FunctionDefinition Definition = new(Id, "SendDataMulticastBridge",
    [
        SerialMessageDefinition.Of<SendDataMulticastBridgeRequest>(),
        SerialMessageDefinition.Of<SendDataMulticastBridgeResponse>(),
        SerialMessageDefinition.Of<SendDataMulticastBridgeCallback>(),
    ]);
}

/// <summary>SendDataMulticastBridge request.</summary>
/// <remarks>
/// byte 0    source node id (2 bytes in 16-bit mode): our own; the rest as SendDataMulticast
/// then      k, the number of nodes (not of bytes)
/// then      k node ids (2 bytes each in 16-bit mode)
/// then      n
/// then      n bytes of command class frame
/// then      transmit options
/// then      callback id
/// Source: Serial API reference, SendDataMulticast.
/// </remarks>
public sealed record SendDataMulticastBridgeRequest(
    NodeId SourceNodeId,
    IReadOnlyList<NodeId> DestinationNodeIds,
    ReadOnlyMemory<byte> Command,
    TransmitOptions Options = TransmitOptions.Default,
    byte CallbackId = 0) : ISerialMessage<SendDataMulticastBridgeRequest>, IAbortableRequest
{
    public static FunctionId FunctionId => SendDataMulticastBridge.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public IHostRequest AbortRequest => new SendDataAbortRequest();

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SendDataMulticastBridgeRequest? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var source)
            || !NodeIdList.TryRead(ref payload, width, out var destinations)
            || !LengthByte.TryRead(ref payload, out var command)
            || !payload.TryReadByte(out var options)
            || !payload.TryReadByte(out var callbackId))
        {
            return DecodeError.Truncated;
        }

        message = new(source, destinations, command.ToArray(), (TransmitOptions)options, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, SourceNodeId);
        NodeIdList.Write(ref payload, width, DestinationNodeIds);
        LengthByte.Write(ref payload, Command.Span);
        payload.WriteByte((byte)Options);
        payload.WriteByte(CallbackId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("sourceNodeId", (long)SourceNodeId.Value);
        fields.NodeIds("destinationNodeIds", DestinationNodeIds);
        fields.Encapsulated("encapsulated", Command.Span);
        fields.Number("transmitOptions", (long)Options);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>SendDataMulticastBridge response: refused means that the transmit queue was full.</summary>
public sealed record SendDataMulticastBridgeResponse
    : StatusResponse<SendDataMulticastBridgeResponse>, ISerialMessage<SendDataMulticastBridgeResponse>, IStatusResponse
{
    public static FunctionId FunctionId => SendDataMulticastBridge.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>SendDataMulticastBridge callback: sent or not; nobody acknowledges a multicast.</summary>
public sealed record SendDataMulticastBridgeCallback
    : TransmitCallback<SendDataMulticastBridgeCallback>, ISerialMessage<SendDataMulticastBridgeCallback>, ITransmitCallback
{
    public static FunctionId FunctionId => SendDataMulticastBridge.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
