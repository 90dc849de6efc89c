using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Firmware Update Meta Data Prepare Get (0x7A 0x0A): ask a node to hand out the firmware it has. Since V5.</summary>
/// <remarks>
/// bytes 0..1  manufacturer id
/// bytes 2..3  firmware id
/// byte 4      firmware target
/// bytes 5..6  fragment size, in bytes
/// byte 7      hardware version
/// Source: application command class specification, Firmware Update Meta Data Prepare Get.
/// </remarks>
public sealed record FirmwarePrepareGet(
    ushort ManufacturerId, ushort FirmwareId, byte FirmwareTarget, ushort FragmentSize, byte HardwareVersion) : ICommand<FirmwarePrepareGet>
{
    public static CommandId CommandId => new(FirmwareUpdateMetaDataCommandClass.Id, 0x0A);

    public static DecodeError TryDecode(ref PayloadReader payload, out FirmwarePrepareGet? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var manufacturer) || !payload.TryReadUInt16(out var firmware) ||
            !payload.TryReadByte(out var target) || !payload.TryReadUInt16(out var fragmentSize) ||
            !payload.TryReadByte(out var hardwareVersion))
        {
            return DecodeError.Truncated;
        }

        command = new(manufacturer, firmware, target, fragmentSize, hardwareVersion);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ManufacturerId);
        payload.WriteUInt16(FirmwareId);
        payload.WriteByte(FirmwareTarget);
        payload.WriteUInt16(FragmentSize);
        payload.WriteByte(HardwareVersion);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("manufacturerId", (long)ManufacturerId);
        fields.Number("firmwareId", (long)FirmwareId);
        fields.Number("firmwareTarget", (long)FirmwareTarget);
        fields.Number("fragmentSize", (long)FragmentSize);
        fields.Number("hardwareVersion", (long)HardwareVersion);
    }
}

/// <summary>Firmware Update Meta Data Prepare Report (0x7A 0x0B): whether the node hands out its firmware. Since V5.</summary>
/// <remarks>
/// byte 0      status: FF it does
/// bytes 1..2  checksum: CRC-16 of the image it will send
/// Source: application command class specification, Firmware Update Meta Data Prepare Report.
/// </remarks>
public sealed record FirmwarePrepareReport(byte Status, ushort FirmwareChecksum) : ICommand<FirmwarePrepareReport>
{
    public static CommandId CommandId => new(FirmwareUpdateMetaDataCommandClass.Id, 0x0B);

    public static DecodeError TryDecode(ref PayloadReader payload, out FirmwarePrepareReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var status) || !payload.TryReadUInt16(out var checksum)) return DecodeError.Truncated;
        command = new(status, checksum);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(Status);
        payload.WriteUInt16(FirmwareChecksum);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("status", (long)Status);
        fields.Number("firmwareChecksum", (long)FirmwareChecksum);
    }
}
