using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SetRfPowerLevel (0x17): reduces the transmit power of the module.</summary>
public static class SetRfPowerLevel
{
    public static readonly FunctionId Id = new(0x17);

    public static readonly FunctionDefinition Definition = new(Id, "SetRfPowerLevel",
    [
        SerialMessageDefinition.Of<SetRfPowerLevelRequest>(),
        SerialMessageDefinition.Of<SetRfPowerLevelResponse>(),
    ]);
}

/// <summary>SetRfPowerLevel request.</summary>
/// <remarks>
/// byte 0  level 0..9: 0 normal, n = -n dBm
/// Source: Serial API reference, RF power level.
/// </remarks>
public sealed record SetRfPowerLevelRequest(byte PowerLevel) : ISerialMessage<SetRfPowerLevelRequest>, IHostRequest
{
    public static FunctionId FunctionId => SetRfPowerLevel.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetRfPowerLevelRequest? message)
    {
        message = payload.TryReadByte(out var level) ? new(level) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(PowerLevel);

    public void Describe(FieldWriter fields) => fields.Number("powerLevel", (long)PowerLevel);
}

/// <summary>SetRfPowerLevel response: the level that is set now.</summary>
/// <remarks>
/// byte 0  level 0..9: 0 normal, n = -n dBm
/// Source: Serial API reference, RF power level.
/// </remarks>
public sealed record SetRfPowerLevelResponse(byte PowerLevel) : ISerialMessage<SetRfPowerLevelResponse>
{
    public static FunctionId FunctionId => SetRfPowerLevel.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetRfPowerLevelResponse? message)
    {
        message = payload.TryReadByte(out var level) ? new(level) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(PowerLevel);

    public void Describe(FieldWriter fields) => fields.Number("powerLevel", (long)PowerLevel);
}
