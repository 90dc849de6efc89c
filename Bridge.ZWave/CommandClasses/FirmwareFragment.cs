using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Firmware Update Meta Data Get (0x7A 0x05): the receiver of a firmware asks for fragments.</summary>
/// <remarks>
/// byte 0      how many fragments
/// bytes 1..2  bits 14..0 number of the first one, counted from 1; bit 15 reserved
/// Source: application command class specification, Firmware Update Meta Data Get.
/// </remarks>
public sealed record FirmwareFragmentGet(byte NumberOfReports, ushort ReportNumber) : ICommand<FirmwareFragmentGet>
{
    public static CommandId CommandId => new(FirmwareUpdateMetaDataCommandClass.Id, 0x05);

    public static DecodeError TryDecode(ref PayloadReader payload, out FirmwareFragmentGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var count) || !payload.TryReadUInt16(out var number)) return DecodeError.Truncated;
        command = new(count, (ushort)(number & FirmwareFragmentReport.NumberMask));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(NumberOfReports);
        payload.WriteUInt16((ushort)(ReportNumber & FirmwareFragmentReport.NumberMask));
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("numberOfReports", (long)NumberOfReports);
        fields.Number("reportNumber", (long)ReportNumber);
    }
}

/// <summary>Firmware Update Meta Data Report (0x7A 0x06): one fragment of a firmware.</summary>
/// <remarks>
/// bytes 0..1  bit 15 the last fragment; bits 14..0 its number, counted from 1
/// bytes 2..   data; every fragment but the last has the size that was agreed
/// last two    CRC-16 of class, command and everything before it                                          since V2
/// Whether the CRC is there cannot be told from the bytes; V1 is so rare that it is always read.
/// Source: application command class specification, Firmware Update Meta Data Report.
/// </remarks>
public sealed record FirmwareFragmentReport : ICommand<FirmwareFragmentReport>
{
    internal const ushort NumberMask = 0x7FFF;
    private const ushort LastFlag = 0x8000;
    private const int ChecksumLength = 2;

    /// <summary>A fragment with the checksum that belongs to it.</summary>
    public FirmwareFragmentReport(bool isLast, ushort reportNumber, byte[] data)
    {
        IsLast = isLast;
        ReportNumber = (ushort)(reportNumber & NumberMask);
        Data = data;
        Checksum = Compute(IsLast, ReportNumber, Data);
    }

    public static CommandId CommandId => new(FirmwareUpdateMetaDataCommandClass.Id, 0x06);

    public bool IsLast { get; }

    public ushort ReportNumber { get; }

    public byte[] Data { get; }

    /// <summary>As received; a wrong one is kept, so that the receiver can ask for the fragment again.</summary>
    public ushort Checksum { get; init; }

    /// <summary>True when the checksum fits the data.</summary>
    public bool IsChecksumValid => Checksum == Compute(IsLast, ReportNumber, Data);

    public static DecodeError TryDecode(ref PayloadReader payload, out FirmwareFragmentReport? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var header)) return DecodeError.Truncated;
        if (!payload.TryReadBytes(payload.Remaining - ChecksumLength, out var data)) return DecodeError.Truncated;
        payload.TryReadUInt16(out var checksum);
        command = new((header & LastFlag) != 0, header, data.ToArray()) { Checksum = checksum };
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(Header(IsLast, ReportNumber));
        payload.WriteBytes(Data);
        if (context.Version >= 2) payload.WriteUInt16(Checksum);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("last", IsLast);
        fields.Number("reportNumber", (long)ReportNumber);
        fields.Hex("data", Data);
        fields.Number("checksum", (long)Checksum);
        fields.Flag("checksumValid", IsChecksumValid);
    }

    private static ushort Header(bool isLast, ushort number) => (ushort)(number | (isLast ? LastFlag : 0));

    private static ushort Compute(bool isLast, ushort number, byte[] data)
    {
        var header = Header(isLast, number);
        var id = CommandId;
        var crc = Crc16.Compute([(byte)id.CommandClass.Value, id.Command, (byte)(header >> 8), (byte)header]);
        return Crc16.Compute(data, crc);
    }
}
