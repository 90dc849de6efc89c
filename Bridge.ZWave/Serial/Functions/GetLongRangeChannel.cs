using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetLongRangeChannel (0xDB): the Long Range channel of the module.</summary>
public static class GetLongRangeChannel
{
    public static readonly FunctionId Id = new(0xDB);

    public static readonly FunctionDefinition Definition = new(Id, "GetLongRangeChannel",
    [
        SerialMessageDefinition.Of<GetLongRangeChannelRequest>(),
        SerialMessageDefinition.Of<GetLongRangeChannelResponse>(),
    ]);
}

/// <summary>A Long Range channel. Source: Serial API reference, GetLongRangeNodes.</summary>
public enum LongRangeChannel : byte
{
    A = 0x01,
    B = 0x02,
    Automatic = 0xFF,
}

/// <summary>GetLongRangeChannel request: no payload.</summary>
public sealed record GetLongRangeChannelRequest
    : EmptyMessage<GetLongRangeChannelRequest>, ISerialMessage<GetLongRangeChannelRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetLongRangeChannel.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;
}

/// <summary>GetLongRangeChannel response.</summary>
/// <remarks>
/// byte 0  01 A, 02 B, FF automatic
/// Source: Serial API reference, GetLongRangeNodes.
/// </remarks>
public sealed record GetLongRangeChannelResponse(LongRangeChannel Channel) : ISerialMessage<GetLongRangeChannelResponse>
{
    public static FunctionId FunctionId => GetLongRangeChannel.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetLongRangeChannelResponse? message)
    {
        message = payload.TryReadByte(out var channel) ? new((LongRangeChannel)channel) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte((byte)Channel);

    public void Describe(FieldWriter fields) => fields.Number("channel", (long)Channel);
}
