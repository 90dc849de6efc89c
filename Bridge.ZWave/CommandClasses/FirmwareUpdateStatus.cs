using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>How a transfer ended; numbers not listed are reserved and mean failure.</summary>
public enum FirmwareUpdateStatus : byte
{
    ChecksumError = 0x00,
    TransmissionFailed = 0x01,
    WrongManufacturer = 0x02,
    WrongFirmwareId = 0x03,
    WrongTarget = 0x04,
    InvalidHeader = 0x05,
    InvalidHeaderFormat = 0x06,
    OutOfMemory = 0x07,
    WrongHardwareVersion = 0x08,

    /// <summary>Stored; it starts when an Activation Set comes.</summary>
    WaitingForActivation = 0xFD,

    /// <summary>Stored; the node does not restart by itself.</summary>
    Stored = 0xFE,

    /// <summary>Stored; the node restarts now.</summary>
    Restarting = 0xFF,
}

/// <summary>Firmware Update Meta Data Status Report (0x7A 0x07): the node has all fragments, or gives up.</summary>
/// <remarks>
/// byte 0      status, see <see cref="FirmwareUpdateStatus"/>
/// bytes 1..2  seconds until the node can be spoken to again                                              since V3
/// Source: application command class specification, Firmware Update Meta Data Status Report.
/// </remarks>
public sealed record FirmwareUpdateStatusReport(FirmwareUpdateStatus Status, ushort? WaitTimeSeconds = null)
    : ICommand<FirmwareUpdateStatusReport>
{
    public static CommandId CommandId => new(FirmwareUpdateMetaDataCommandClass.Id, 0x07);

    public static DecodeError TryDecode(ref PayloadReader payload, out FirmwareUpdateStatusReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var status)) return DecodeError.Truncated;
        command = new((FirmwareUpdateStatus)status, payload.TryReadUInt16(out var seconds) ? seconds : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)Status);
        if (context.Version >= 3 && WaitTimeSeconds is { } seconds) payload.WriteUInt16(seconds);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("status", (long)(byte)Status);
        fields.Number("waitTime", (long?)WaitTimeSeconds);
    }
}

/// <summary>Firmware Update Activation Set (0x7A 0x08): start a firmware that waits for it. Since V4.</summary>
/// <remarks>
/// bytes 0..1  manufacturer id
/// bytes 2..3  firmware id
/// bytes 4..5  checksum: CRC-16 of the whole image
/// byte 6      firmware target
/// byte 7      hardware version                                                                           since V5
/// Source: application command class specification, Firmware Update Activation Set.
/// </remarks>
public sealed record FirmwareActivationSet(
    ushort ManufacturerId, ushort FirmwareId, ushort Checksum, byte FirmwareTarget, byte? HardwareVersion = null)
    : ICommand<FirmwareActivationSet>
{
    public static CommandId CommandId => new(FirmwareUpdateMetaDataCommandClass.Id, 0x08);

    public static DecodeError TryDecode(ref PayloadReader payload, out FirmwareActivationSet? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var manufacturer) || !payload.TryReadUInt16(out var firmware) ||
            !payload.TryReadUInt16(out var checksum) || !payload.TryReadByte(out var target))
        {
            return DecodeError.Truncated;
        }

        command = new(manufacturer, firmware, checksum, target, payload.TryReadByte(out var hardwareVersion) ? hardwareVersion : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ManufacturerId);
        payload.WriteUInt16(FirmwareId);
        payload.WriteUInt16(Checksum);
        payload.WriteByte(FirmwareTarget);
        if (context.Version >= 5 && HardwareVersion is { } hardwareVersion) payload.WriteByte(hardwareVersion);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("manufacturerId", (long)ManufacturerId);
        fields.Number("firmwareId", (long)FirmwareId);
        fields.Number("checksum", (long)Checksum);
        fields.Number("firmwareTarget", (long)FirmwareTarget);
        fields.Number("hardwareVersion", (long?)HardwareVersion);
    }
}

/// <summary>Firmware Update Activation Status Report (0x7A 0x09): whether the firmware was started. Since V4.</summary>
/// <remarks>
/// bytes 0..1  manufacturer id
/// bytes 2..3  firmware id
/// bytes 4..5  checksum
/// byte 6      firmware target
/// byte 7      status: 00 these do not belong together, 01 error, FF started
/// byte 8      hardware version                                                                           since V5
/// Source: application command class specification, Firmware Update Activation Status Report.
/// </remarks>
public sealed record FirmwareActivationStatusReport(
    ushort ManufacturerId, ushort FirmwareId, ushort Checksum, byte FirmwareTarget, byte Status, byte? HardwareVersion = null)
    : ICommand<FirmwareActivationStatusReport>
{
    public const byte InvalidCombination = 0x00;
    public const byte Failed = 0x01;
    public const byte Started = 0xFF;

    public static CommandId CommandId => new(FirmwareUpdateMetaDataCommandClass.Id, 0x09);

    public static DecodeError TryDecode(ref PayloadReader payload, out FirmwareActivationStatusReport? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var manufacturer) || !payload.TryReadUInt16(out var firmware) ||
            !payload.TryReadUInt16(out var checksum) || !payload.TryReadByte(out var target) || !payload.TryReadByte(out var status))
        {
            return DecodeError.Truncated;
        }

        byte? hardwareVersion = payload.TryReadByte(out var hardware) ? hardware : null;
        command = new(manufacturer, firmware, checksum, target, status, hardwareVersion);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ManufacturerId);
        payload.WriteUInt16(FirmwareId);
        payload.WriteUInt16(Checksum);
        payload.WriteByte(FirmwareTarget);
        payload.WriteByte(Status);
        if (context.Version >= 5 && HardwareVersion is { } hardwareVersion) payload.WriteByte(hardwareVersion);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("manufacturerId", (long)ManufacturerId);
        fields.Number("firmwareId", (long)FirmwareId);
        fields.Number("checksum", (long)Checksum);
        fields.Number("firmwareTarget", (long)FirmwareTarget);
        fields.Number("status", (long)Status);
        fields.Number("hardwareVersion", (long?)HardwareVersion);
    }
}
