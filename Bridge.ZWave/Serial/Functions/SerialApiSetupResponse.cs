using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>What a module can do in a region, in the answer to "region information".</summary>
/// <param name="Included">The region whose channels this one covers as well.</param>
public readonly record struct RfRegionInformation(RfRegion Region, bool SupportsClassic, bool SupportsLongRange, RfRegion Included);

/// <summary>SerialApiSetup response. Made by its factories; what the sub-command does not carry is null.</summary>
/// <remarks>
/// byte 0          sub-command
/// 00              byte 1 the sub-command that is not supported
/// 01              byte 1 flags: the power-of-two sub-commands; bytes 2.. mask of all sub-commands, optional: bit 0 of the first byte is
///                 sub-command 01 since 7.19.1; before it is 00, which nobody has
/// 02 03 04 12 40 80  byte 1 status, 01 ok
/// 05              bytes 1-2 maximum Long Range power, 0.1 dBm
/// 08              byte 1 normal power, byte 2 power measured at 0 dBm, 0.1 dBm
/// 13              as 08 with two bytes each
/// 10 11           byte 1 bytes a SendData may carry
/// 15              byte 1 count, bytes 2.. regions
/// 16              byte 1 region, byte 2 bit 0 classic, bit 1 Long Range, byte 3 included region
/// 20              byte 1 region
/// others          nothing we know
/// Source: Serial API reference, SerialApiSetup.
/// </remarks>
public sealed record SerialApiSetupResponse : ISerialMessage<SerialApiSetupResponse>
{
    private const byte ClassicBit = 0x01;
    private const byte LongRangeBit = 0x02;

    private SerialApiSetupResponse(SerialApiSetupSubCommand subCommand) => SubCommand = subCommand;

    public static FunctionId FunctionId => SerialApiSetup.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public SerialApiSetupSubCommand SubCommand { get; }

    /// <summary>The answer to a Set, 01 ok.</summary>
    public byte? Status { get; private init; }

    /// <summary>True when a Set was done.</summary>
    public bool IsAccepted => Status is not (null or 0);

    public SerialApiSetupSubCommand? UnsupportedSubCommand { get; private init; }

    public byte? SupportedSubCommandFlags { get; private init; }

    public ReadOnlyMemory<byte> SupportedSubCommandMask { get; private init; }

    public short? MaximumLongRangePowerDeciDbm { get; private init; }

    public TransmitPower? Power { get; private init; }

    public byte? MaximumPayloadSize { get; private init; }

    public IReadOnlyList<RfRegion>? Regions { get; private init; }

    public RfRegionInformation? RegionInformation { get; private init; }

    public RfRegion? Region { get; private init; }

    /// <summary>
    /// True when the flags or the mask list the sub-command. Sub-command 00 does not exist and 01 always does, so bit 0 tells from
    /// where the firmware counts.
    /// </summary>
    public bool Supports(SerialApiSetupSubCommand subCommand)
    {
        var value = (byte)subCommand;
        if (byte.IsPow2(value) && ((SupportedSubCommandFlags ?? 0) & value) != 0) return true;
        var mask = SupportedSubCommandMask.Span;
        return !mask.IsEmpty && BitMask.Read(mask, firstNumber: mask[0] & 1).Contains(value);
    }

    /// <summary>The answer to a Set.</summary>
    public static SerialApiSetupResponse Done(SerialApiSetupSubCommand subCommand, byte status = 1) => new(subCommand) { Status = status };

    public static SerialApiSetupResponse Unsupported(SerialApiSetupSubCommand subCommand) =>
        new(SerialApiSetupSubCommand.Unsupported) { UnsupportedSubCommand = subCommand };

    public static SerialApiSetupResponse Supported(byte flags, ReadOnlyMemory<byte> mask = default) =>
        new(SerialApiSetupSubCommand.GetSupported) { SupportedSubCommandFlags = flags, SupportedSubCommandMask = mask };

    public static SerialApiSetupResponse MaximumLongRangePower(short deciDbm) =>
        new(SerialApiSetupSubCommand.GetMaximumLongRangePower) { MaximumLongRangePowerDeciDbm = deciDbm };

    public static SerialApiSetupResponse PowerLevel(TransmitPower power, bool is16Bit) =>
        new(is16Bit ? SerialApiSetupSubCommand.GetPowerLevel16 : SerialApiSetupSubCommand.GetPowerLevel) { Power = power };

    public static SerialApiSetupResponse MaximumPayload(byte size, bool isLongRange = false) =>
        new(isLongRange ? SerialApiSetupSubCommand.GetMaximumLongRangePayloadSize : SerialApiSetupSubCommand.GetMaximumPayloadSize)
        {
            MaximumPayloadSize = size,
        };

    public static SerialApiSetupResponse SupportedRegions(IReadOnlyList<RfRegion> regions) =>
        new(SerialApiSetupSubCommand.GetSupportedRegions) { Regions = regions };

    public static SerialApiSetupResponse InformationOf(RfRegionInformation information) =>
        new(SerialApiSetupSubCommand.GetRegionInformation) { RegionInformation = information };

    public static SerialApiSetupResponse CurrentRegion(RfRegion region) => new(SerialApiSetupSubCommand.GetRegion) { Region = region };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SerialApiSetupResponse? message)
    {
        message = payload.TryReadByte(out var subCommand) ? TryReadRest(ref payload, (SerialApiSetupSubCommand)subCommand) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)SubCommand);
        if (UnsupportedSubCommand is { } unsupported) payload.WriteByte((byte)unsupported);
        if (Status is { } status) payload.WriteByte(status);
        if (SupportedSubCommandFlags is { } flags) payload.WriteByte(flags);
        payload.WriteBytes(SupportedSubCommandMask.Span);
        if (MaximumLongRangePowerDeciDbm is { } maximum) payload.WriteSized(2, maximum);
        Power?.Write(ref payload, SubCommand == SerialApiSetupSubCommand.GetPowerLevel16 ? 2 : 1);
        if (MaximumPayloadSize is { } size) payload.WriteByte(size);
        if (Regions is { } regions) LengthByte.Write(ref payload, [.. regions.Select(static region => (byte)region)]);
        if (RegionInformation is { } information)
        {
            payload.WriteByte((byte)information.Region);
            var protocols = (information.SupportsClassic ? ClassicBit : 0) | (information.SupportsLongRange ? LongRangeBit : 0);
            payload.WriteByte((byte)protocols);
            payload.WriteByte((byte)information.Included);
        }

        if (Region is { } current) payload.WriteByte((byte)current);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("subCommand", (long)SubCommand);
        fields.Number("unsupportedSubCommand", (long?)UnsupportedSubCommand);
        fields.Number("status", (long?)Status);
        fields.Number("supportedSubCommandFlags", (long?)SupportedSubCommandFlags);
        if (!SupportedSubCommandMask.IsEmpty) fields.Hex("supportedSubCommandMask", SupportedSubCommandMask.Span);
        fields.Number("maximumLongRangePowerDeciDbm", (long?)MaximumLongRangePowerDeciDbm);
        Power?.Describe(fields);
        fields.Number("maximumPayloadSize", (long?)MaximumPayloadSize);
        if (Regions is { } regions) fields.Numbers("regions", regions.Select(static region => (int)region));
        fields.Number("region", (long?)(Region ?? RegionInformation?.Region));
        fields.Flag("supportsZWave", RegionInformation?.SupportsClassic);
        fields.Flag("supportsLongRange", RegionInformation?.SupportsLongRange);
        fields.Number("includedRegion", (long?)RegionInformation?.Included);
    }

    private static SerialApiSetupResponse? TryReadRest(ref PayloadReader payload, SerialApiSetupSubCommand subCommand)
    {
        switch (subCommand)
        {
            case SerialApiSetupSubCommand.Unsupported:
                return payload.TryReadByte(out var unsupported) ? Unsupported((SerialApiSetupSubCommand)unsupported) : null;
            case SerialApiSetupSubCommand.GetSupported:
                return payload.TryReadByte(out var flags) ? Supported(flags, payload.ReadRemaining().ToArray()) : null;
            case SerialApiSetupSubCommand.SetTransmitStatusReport:
            case SerialApiSetupSubCommand.SetMaximumLongRangePower:
            case SerialApiSetupSubCommand.SetPowerLevel:
            case SerialApiSetupSubCommand.SetPowerLevel16:
            case SerialApiSetupSubCommand.SetRegion:
            case SerialApiSetupSubCommand.SetNodeIdBaseType:
                return payload.TryReadByte(out var status) ? Done(subCommand, status) : null;
            case SerialApiSetupSubCommand.GetMaximumLongRangePower:
                return payload.TryReadSigned(2, out var maximum) ? MaximumLongRangePower((short)maximum) : null;
            case SerialApiSetupSubCommand.GetPowerLevel:
                return TransmitPower.TryRead(ref payload, 1, out var power) ? PowerLevel(power, is16Bit: false) : null;
            case SerialApiSetupSubCommand.GetPowerLevel16:
                return TransmitPower.TryRead(ref payload, 2, out var power16) ? PowerLevel(power16, is16Bit: true) : null;
            case SerialApiSetupSubCommand.GetMaximumPayloadSize:
            case SerialApiSetupSubCommand.GetMaximumLongRangePayloadSize:
                var isLongRange = subCommand == SerialApiSetupSubCommand.GetMaximumLongRangePayloadSize;
                return payload.TryReadByte(out var size) ? MaximumPayload(size, isLongRange) : null;
            case SerialApiSetupSubCommand.GetSupportedRegions:
                return LengthByte.TryRead(ref payload, out var regions)
                    ? SupportedRegions(Array.ConvertAll(regions.ToArray(), static region => (RfRegion)region))
                    : null;
            case SerialApiSetupSubCommand.GetRegionInformation:
                return payload.TryReadBytes(3, out var bytes)
                    ? InformationOf(new(
                        (RfRegion)bytes[0], (bytes[1] & ClassicBit) != 0, (bytes[1] & LongRangeBit) != 0, (RfRegion)bytes[2]))
                    : null;
            case SerialApiSetupSubCommand.GetRegion:
                return payload.TryReadByte(out var region) ? CurrentRegion((RfRegion)region) : null;
            default:
                return new(subCommand);
        }
    }
}
