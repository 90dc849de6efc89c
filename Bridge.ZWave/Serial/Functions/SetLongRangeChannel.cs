using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SetLongRangeChannel (0xDC): sets the Long Range channel of the module.</summary>
public static class SetLongRangeChannel
{
    public static readonly FunctionId Id = new(0xDC);

    public static readonly FunctionDefinition Definition = new(Id, "SetLongRangeChannel",
    [
        SerialMessageDefinition.Of<SetLongRangeChannelRequest>(),
        SerialMessageDefinition.Of<SetLongRangeChannelResponse>(),
    ]);
}

/// <summary>SetLongRangeChannel request.</summary>
/// <remarks>
/// byte 0  01 A, 02 B, FF automatic
/// Source: Serial API reference, GetLongRangeNodes.
/// </remarks>
public sealed record SetLongRangeChannelRequest(LongRangeChannel Channel) : ISerialMessage<SetLongRangeChannelRequest>, IHostRequest
{
    public static FunctionId FunctionId => SetLongRangeChannel.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetLongRangeChannelRequest? message)
    {
        message = payload.TryReadByte(out var channel) ? new((LongRangeChannel)channel) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte((byte)Channel);

    public void Describe(FieldWriter fields) => fields.Number("channel", (long)Channel);
}

/// <summary>SetLongRangeChannel response: whether the module took it.</summary>
public sealed record SetLongRangeChannelResponse
    : StatusResponse<SetLongRangeChannelResponse>, ISerialMessage<SetLongRangeChannelResponse>, IStatusResponse
{
    public static FunctionId FunctionId => SetLongRangeChannel.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}
