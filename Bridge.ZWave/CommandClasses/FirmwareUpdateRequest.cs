using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>How a transfer shall run (request) or will run (answer).</summary>
/// <param name="Activation">Store now, start when told to.                                                 since V4</param>
/// <param name="NonSecure">Fragments come without encryption.                                              since V8</param>
/// <param name="Resume">Go on where an earlier transfer ended.                                             since V8</param>
public readonly record struct FirmwareTransferOptions(bool Activation = false, bool NonSecure = false, bool Resume = false)
{
    private const byte ActivationFlag = 0x01;
    private const byte NonSecureFlag = 0x02;
    private const byte ResumeFlag = 0x04;

    internal static FirmwareTransferOptions FromByte(byte flags) =>
        new((flags & ActivationFlag) != 0, (flags & NonSecureFlag) != 0, (flags & ResumeFlag) != 0);

    internal byte ToByte(byte version)
    {
        var flags = Activation ? ActivationFlag : 0;
        if (version >= 8 && NonSecure) flags |= NonSecureFlag;
        if (version >= 8 && Resume) flags |= ResumeFlag;
        return (byte)flags;
    }
}

/// <summary>Firmware Update Meta Data Request Get (0x7A 0x03): offer the node a firmware.</summary>
/// <remarks>
/// bytes 0..1  manufacturer id
/// bytes 2..3  firmware id
/// bytes 4..5  checksum: CRC-16 of the whole image
/// byte 6      firmware target, 0 the Z-Wave chip                                                         since V3
/// bytes 7..8  fragment size, in bytes                                                                    since V3
/// byte 9      bit 0 delayed activation (V4), bit 1 transfer without encryption, bit 2 resume (V8)        since V4
/// byte 10     hardware version the firmware is for                                                       since V5
/// Source: application command class specification, Firmware Update Meta Data Request Get.
/// </remarks>
public sealed record FirmwareUpdateRequestGet(
    ushort ManufacturerId,
    ushort FirmwareId,
    ushort Checksum,
    byte? FirmwareTarget = null,
    ushort? FragmentSize = null,
    FirmwareTransferOptions? Options = null,
    byte? HardwareVersion = null) : ICommand<FirmwareUpdateRequestGet>
{
    public static CommandId CommandId => new(FirmwareUpdateMetaDataCommandClass.Id, 0x03);

    public static DecodeError TryDecode(ref PayloadReader payload, out FirmwareUpdateRequestGet? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var manufacturer) || !payload.TryReadUInt16(out var firmware) ||
            !payload.TryReadUInt16(out var checksum))
        {
            return DecodeError.Truncated;
        }

        byte? target = payload.TryReadByte(out var third) ? third : null;
        ushort? fragmentSize = payload.TryReadUInt16(out var size) ? size : null;
        // Half a fragment size is none, and nothing stands behind it.
        byte flags = 0;
        var hasOptions = fragmentSize is not null && payload.TryReadByte(out flags);
        command = new(
            manufacturer, firmware, checksum, target, fragmentSize,
            hasOptions ? FirmwareTransferOptions.FromByte(flags) : null,
            hasOptions && payload.TryReadByte(out var hardwareVersion) ? hardwareVersion : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ManufacturerId);
        payload.WriteUInt16(FirmwareId);
        payload.WriteUInt16(Checksum);
        if (context.Version < 3 || FirmwareTarget is not { } target) return;
        payload.WriteByte(target);
        if (FragmentSize is not { } fragmentSize) return;
        payload.WriteUInt16(fragmentSize);
        if (context.Version < 4 || Options is not { } options) return;
        payload.WriteByte(options.ToByte(context.Version));
        if (context.Version >= 5 && HardwareVersion is { } hardwareVersion) payload.WriteByte(hardwareVersion);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("manufacturerId", (long)ManufacturerId);
        fields.Number("firmwareId", (long)FirmwareId);
        fields.Number("checksum", (long)Checksum);
        fields.Number("firmwareTarget", (long?)FirmwareTarget);
        fields.Number("fragmentSize", (long?)FragmentSize);
        fields.Flag("activation", Options?.Activation);
        fields.Flag("nonSecure", Options?.NonSecure);
        fields.Flag("resume", Options?.Resume);
        fields.Number("hardwareVersion", (long?)HardwareVersion);
    }
}

/// <summary>What a node answers to the offer of a firmware; numbers not listed are reserved and mean no.</summary>
public enum FirmwareRequestStatus : byte
{
    InvalidCombination = 0x00,

    /// <summary>Somebody has to press a button of the device first.</summary>
    NeedsAuthentication = 0x01,
    FragmentSizeTooLarge = 0x02,
    NotUpgradable = 0x03,
    WrongHardwareVersion = 0x04,
    AnotherUpdateRunning = 0x05,
    BatteryLow = 0x06,
    Accepted = 0xFF,
}

/// <summary>Firmware Update Meta Data Request Report (0x7A 0x04): whether the node takes the firmware.</summary>
/// <remarks>
/// byte 0  status, see <see cref="FirmwareRequestStatus"/>
/// byte 1  bit 1 transfer without encryption, bit 2 resume; the others reserved                           since V8
/// Source: application command class specification, Firmware Update Meta Data Request Report.
/// </remarks>
public sealed record FirmwareUpdateRequestReport(FirmwareRequestStatus Status, FirmwareTransferOptions? Options = null)
    : ICommand<FirmwareUpdateRequestReport>
{
    public static CommandId CommandId => new(FirmwareUpdateMetaDataCommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out FirmwareUpdateRequestReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var status)) return DecodeError.Truncated;
        // Bit 0 means activation in the request and nothing here.
        command = new((FirmwareRequestStatus)status,
            payload.TryReadByte(out var flags) ? FirmwareTransferOptions.FromByte(flags) with { Activation = false } : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)Status);
        if (context.Version >= 8 && Options is { } options)
        {
            payload.WriteByte((options with { Activation = false }).ToByte(context.Version));
        }
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("status", (long)(byte)Status);
        fields.Flag("nonSecure", Options?.NonSecure);
        fields.Flag("resume", Options?.Resume);
    }
}
