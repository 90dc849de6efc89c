using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SendDataMulticast (0x14): sends a command to several nodes at once.</summary>
public static class SendDataMulticast
{
    public static readonly FunctionId Id = new(0x14);

    public static readonly FunctionDefinition Definition = new(Id, "SendDataMulticast",
    [
        SerialMessageDefinition.Of<SendDataMulticastRequest>(),
        SerialMessageDefinition.Of<SendDataMulticastResponse>(),
        SerialMessageDefinition.Of<SendDataMulticastCallback>(),
    ]);
}

/// <summary>SendDataMulticast request.</summary>
/// <remarks>
/// byte 0    k, the number of nodes (not of bytes)
/// then      k node ids (2 bytes each in 16-bit mode)
/// then      n
/// then      n bytes of command class frame
/// then      transmit options
/// then      callback id
/// Source: Serial API reference, SendDataMulticast.
/// </remarks>
public sealed record SendDataMulticastRequest(
    IReadOnlyList<NodeId> DestinationNodeIds,
    ReadOnlyMemory<byte> Command,
    TransmitOptions Options = TransmitOptions.Default,
    byte CallbackId = 0) : ISerialMessage<SendDataMulticastRequest>, IAbortableRequest
{
    public static FunctionId FunctionId => SendDataMulticast.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public IHostRequest AbortRequest => new SendDataAbortRequest();

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SendDataMulticastRequest? message)
    {
        message = null;
        if (!NodeIdList.TryRead(ref payload, width, out var destinations)
            || !LengthByte.TryRead(ref payload, out var command)
            || !payload.TryReadByte(out var options)
            || !payload.TryReadByte(out var callbackId))
        {
            return DecodeError.Truncated;
        }

        message = new(destinations, command.ToArray(), (TransmitOptions)options, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        NodeIdList.Write(ref payload, width, DestinationNodeIds);
        LengthByte.Write(ref payload, Command.Span);
        payload.WriteByte((byte)Options);
        payload.WriteByte(CallbackId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.NodeIds("destinationNodeIds", DestinationNodeIds);
        fields.Encapsulated("encapsulated", Command.Span);
        fields.Number("transmitOptions", (long)Options);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>SendDataMulticast response: refused means that the transmit queue was full.</summary>
public sealed record SendDataMulticastResponse
    : StatusResponse<SendDataMulticastResponse>, ISerialMessage<SendDataMulticastResponse>, IStatusResponse
{
    public static FunctionId FunctionId => SendDataMulticast.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>SendDataMulticast callback: sent or not; nobody acknowledges a multicast.</summary>
public sealed record SendDataMulticastCallback
    : TransmitCallback<SendDataMulticastCallback>, ISerialMessage<SendDataMulticastCallback>, ITransmitCallback
{
    public static FunctionId FunctionId => SendDataMulticast.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
