using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetRfPowerLevel (0xBA): the transmit power of the module.</summary>
public static class GetRfPowerLevel
{
    public static readonly FunctionId Id = new(0xBA);

    public static readonly FunctionDefinition Definition = new(Id, "GetRfPowerLevel",
    [
        SerialMessageDefinition.Of<GetRfPowerLevelRequest>(),
        SerialMessageDefinition.Of<GetRfPowerLevelResponse>(),
    ]);
}

/// <summary>GetRfPowerLevel request: no payload.</summary>
public sealed record GetRfPowerLevelRequest : EmptyMessage<GetRfPowerLevelRequest>, ISerialMessage<GetRfPowerLevelRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetRfPowerLevel.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;
}

/// <summary>GetRfPowerLevel response.</summary>
/// <remarks>
/// byte 0  level 0..9: 0 normal, n = -n dBm
/// Source: Serial API reference, RF power level.
/// </remarks>
public sealed record GetRfPowerLevelResponse(byte PowerLevel) : ISerialMessage<GetRfPowerLevelResponse>
{
    public static FunctionId FunctionId => GetRfPowerLevel.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetRfPowerLevelResponse? message)
    {
        message = payload.TryReadByte(out var level) ? new(level) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(PowerLevel);

    public void Describe(FieldWriter fields) => fields.Number("powerLevel", (long)PowerLevel);
}
