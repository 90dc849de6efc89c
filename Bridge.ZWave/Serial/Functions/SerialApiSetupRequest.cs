using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SerialApiSetup request. Made by its factories; what the sub-command does not carry is null.</summary>
/// <remarks>
/// byte 0    sub-command
/// 02        byte 1 transmit status report: 00 off, else on
/// 03        bytes 1-2 maximum Long Range power, 0.1 dBm
/// 04        byte 1 normal power, byte 2 power measured at 0 dBm, 0.1 dBm
/// 12        as 04 with two bytes each
/// 16 40     byte 1 region
/// 80        byte 1 node id base type: 01 = 8 bit, 02 = 16 bit
/// others    nothing we know
/// Source: Serial API reference, SerialApiSetup.
/// </remarks>
public sealed record SerialApiSetupRequest : ISerialMessage<SerialApiSetupRequest>, IHostRequest
{
    private SerialApiSetupRequest(SerialApiSetupSubCommand subCommand) => SubCommand = subCommand;

    public static FunctionId FunctionId => SerialApiSetup.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public SerialApiSetupSubCommand SubCommand { get; }

    public bool? Enable { get; private init; }

    public short? MaximumLongRangePowerDeciDbm { get; private init; }

    public TransmitPower? Power { get; private init; }

    public RfRegion? Region { get; private init; }

    public NodeIdWidth? NodeIdBaseType { get; private init; }

    /// <summary>A sub-command without further bytes: all that get something, but the region information.</summary>
    public static SerialApiSetupRequest Get(SerialApiSetupSubCommand subCommand) => new(subCommand);

    /// <summary>Asks for TX reports in the callbacks of SendData.</summary>
    public static SerialApiSetupRequest SetTransmitStatusReport(bool enable) =>
        new(SerialApiSetupSubCommand.SetTransmitStatusReport) { Enable = enable };

    public static SerialApiSetupRequest SetMaximumLongRangePower(short deciDbm) =>
        new(SerialApiSetupSubCommand.SetMaximumLongRangePower) { MaximumLongRangePowerDeciDbm = deciDbm };

    /// <summary>Values outside -12.8..12.7 dBm need <paramref name="is16Bit"/>.</summary>
    public static SerialApiSetupRequest SetPowerLevel(TransmitPower power, bool is16Bit) =>
        new(is16Bit ? SerialApiSetupSubCommand.SetPowerLevel16 : SerialApiSetupSubCommand.SetPowerLevel) { Power = power };

    public static SerialApiSetupRequest GetRegionInformation(RfRegion region) =>
        new(SerialApiSetupSubCommand.GetRegionInformation) { Region = region };

    public static SerialApiSetupRequest SetRegion(RfRegion region) => new(SerialApiSetupSubCommand.SetRegion) { Region = region };

    /// <summary>From the response on all node ids have this width, in both directions.</summary>
    public static SerialApiSetupRequest SetNodeIdBaseType(NodeIdWidth width) =>
        new(SerialApiSetupSubCommand.SetNodeIdBaseType) { NodeIdBaseType = width };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SerialApiSetupRequest? message)
    {
        message = payload.TryReadByte(out var subCommand) ? TryReadRest(ref payload, (SerialApiSetupSubCommand)subCommand) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)SubCommand);
        if (Enable is { } enable) payload.WriteByte((byte)(enable ? 1 : 0));
        if (MaximumLongRangePowerDeciDbm is { } maximum) payload.WriteSized(2, maximum);
        Power?.Write(ref payload, SubCommand == SerialApiSetupSubCommand.SetPowerLevel16 ? 2 : 1);
        if (Region is { } region) payload.WriteByte((byte)region);
        if (NodeIdBaseType is { } type) payload.WriteByte((byte)type);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("subCommand", (long)SubCommand);
        fields.Flag("enable", Enable);
        fields.Number("maximumLongRangePowerDeciDbm", (long?)MaximumLongRangePowerDeciDbm);
        Power?.Describe(fields);
        fields.Number("region", (long?)Region);
        fields.Number("nodeIdBaseType", (long?)NodeIdBaseType);
    }

    private static SerialApiSetupRequest? TryReadRest(ref PayloadReader payload, SerialApiSetupSubCommand subCommand)
    {
        switch (subCommand)
        {
            case SerialApiSetupSubCommand.SetTransmitStatusReport:
                return payload.TryReadByte(out var enable) ? SetTransmitStatusReport(enable != 0) : null;
            case SerialApiSetupSubCommand.SetMaximumLongRangePower:
                return payload.TryReadSigned(2, out var maximum) ? SetMaximumLongRangePower((short)maximum) : null;
            case SerialApiSetupSubCommand.SetPowerLevel:
                return TransmitPower.TryRead(ref payload, 1, out var power) ? SetPowerLevel(power, is16Bit: false) : null;
            case SerialApiSetupSubCommand.SetPowerLevel16:
                return TransmitPower.TryRead(ref payload, 2, out var power16) ? SetPowerLevel(power16, is16Bit: true) : null;
            case SerialApiSetupSubCommand.GetRegionInformation:
                return payload.TryReadByte(out var asked) ? GetRegionInformation((RfRegion)asked) : null;
            case SerialApiSetupSubCommand.SetRegion:
                return payload.TryReadByte(out var region) ? SetRegion((RfRegion)region) : null;
            case SerialApiSetupSubCommand.SetNodeIdBaseType:
                return payload.TryReadByte(out var type) ? SetNodeIdBaseType((NodeIdWidth)type) : null;
            default:
                return Get(subCommand);
        }
    }
}
