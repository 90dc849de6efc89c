using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SendData (0x13): sends a command to one node, or to all in reach.</summary>
public static class SendData
{
    public static readonly FunctionId Id = new(0x13);

    public static readonly FunctionDefinition Definition = new(Id, "SendData",
    [
        SerialMessageDefinition.Of<SendDataRequest>(),
        SerialMessageDefinition.Of<SendDataResponse>(),
        SerialMessageDefinition.Of<SendDataCallback>(),
    ]);
}

/// <summary>SendData request.</summary>
/// <remarks>
/// byte 0     destination node id (2 bytes in 16-bit mode); FF broadcast
/// byte 1     n, at most the maximum payload size the module tells (SerialApiSetup 10)
/// byte 2..   n bytes of command class frame
/// byte 2+n   transmit options
/// byte 3+n   callback id
/// Source: Serial API reference, SendData.
/// </remarks>
public sealed record SendDataRequest(
    NodeId DestinationNodeId,
    ReadOnlyMemory<byte> Command,
    TransmitOptions Options = TransmitOptions.Default,
    byte CallbackId = 0) : ISerialMessage<SendDataRequest>, IAbortableRequest
{
    public static FunctionId FunctionId => SendData.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public IHostRequest AbortRequest => new SendDataAbortRequest();

    public bool IsConfidential { get; init; }

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SendDataRequest? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var destination)
            || !LengthByte.TryRead(ref payload, out var command)
            || !payload.TryReadByte(out var options)
            || !payload.TryReadByte(out var callbackId))
        {
            return DecodeError.Truncated;
        }

        message = new(destination, command.ToArray(), (TransmitOptions)options, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, DestinationNodeId);
        LengthByte.Write(ref payload, Command.Span);
        payload.WriteByte((byte)Options);
        payload.WriteByte(CallbackId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("destinationNodeId", (long)DestinationNodeId.Value);
        fields.Encapsulated("encapsulated", Command.Span);
        fields.Number("transmitOptions", (long)Options);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>SendData response: refused means that the transmit queue was full.</summary>
public sealed record SendDataResponse : StatusResponse<SendDataResponse>, ISerialMessage<SendDataResponse>, IStatusResponse
{
    public static FunctionId FunctionId => SendData.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>SendData callback: how the transmission ended.</summary>
public sealed record SendDataCallback
    : ReportedTransmitCallback<SendDataCallback>, ISerialMessage<SendDataCallback>, ITransmitCallback
{
    public static FunctionId FunctionId => SendData.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
