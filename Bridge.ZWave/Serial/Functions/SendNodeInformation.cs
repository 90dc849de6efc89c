using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SendNodeInformation (0x12): sends our node information frame.</summary>
public static class SendNodeInformation
{
    public static readonly FunctionId Id = new(0x12);

    public static readonly FunctionDefinition Definition = new(Id, "SendNodeInformation",
    [
        SerialMessageDefinition.Of<SendNodeInformationRequest>(),
        SerialMessageDefinition.Of<SendNodeInformationResponse>(),
        SerialMessageDefinition.Of<SendNodeInformationCallback>(),
    ]);
}

/// <summary>SendNodeInformation request.</summary>
/// <remarks>
/// byte 0  destination node id (2 bytes in 16-bit mode); FF broadcast
/// byte 1  transmit options
/// byte 2  callback id
/// Source: Serial API reference, SendNodeInformation.
/// </remarks>
public sealed record SendNodeInformationRequest(
    NodeId DestinationNodeId,
    TransmitOptions Options = TransmitOptions.Default,
    byte CallbackId = 0) : ISerialMessage<SendNodeInformationRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => SendNodeInformation.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SendNodeInformationRequest? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var destination)
            || !payload.TryReadByte(out var options)
            || !payload.TryReadByte(out var callbackId))
        {
            return DecodeError.Truncated;
        }

        message = new(destination, (TransmitOptions)options, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, DestinationNodeId);
        payload.WriteByte((byte)Options);
        payload.WriteByte(CallbackId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("destinationNodeId", (long)DestinationNodeId.Value);
        fields.Number("transmitOptions", (long)Options);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>SendNodeInformation response: whether the module took it.</summary>
public sealed record SendNodeInformationResponse
    : StatusResponse<SendNodeInformationResponse>, ISerialMessage<SendNodeInformationResponse>, IStatusResponse
{
    public static FunctionId FunctionId => SendNodeInformation.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>SendNodeInformation callback: how the transmission ended.</summary>
public sealed record SendNodeInformationCallback
    : TransmitCallback<SendNodeInformationCallback>, ISerialMessage<SendNodeInformationCallback>, ITransmitCallback
{
    public static FunctionId FunctionId => SendNodeInformation.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
