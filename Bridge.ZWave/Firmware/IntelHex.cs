using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Firmware;

/// <summary>Reads Intel HEX: bytes with their addresses, as lines of text.</summary>
/// <remarks>
/// A line: ":", then in hex digits
/// byte 0      n, how many bytes of data
/// bytes 1..2  address
/// byte 3      00 data, 01 end, 02 segment (data: address / 16 that is added from here on), 04 upper half of the address from here on,
///             03 and 05 where a processor would start
/// n bytes     data
/// last byte   makes the sum of all bytes a multiple of 256
/// The image begins at address 0; what no line gives is FF, as in an erased memory.
/// </remarks>
internal static class IntelHex
{
    private const int MaximumRecord = 5 + byte.MaxValue;
    private const long SegmentLength = 0x10000;
    private const byte Erased = 0xFF;

    private enum RecordType : byte
    {
        Data = 0,
        End = 1,
        Segment = 2,
        StartSegment = 3,
        UpperHalf = 4,
        StartAddress = 5,
    }

    public static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? image, [NotNullWhen(false)] out string? fault)
    {
        image = null;
        var reading = new Reading();
        Span<byte> record = stackalloc byte[MaximumRecord];
        var number = 0;
        while (!text.IsEmpty)
        {
            number++;
            var end = text.IndexOf((byte)'\n');
            var line = (end < 0 ? text : text[..end]).Trim(" \t\r"u8);
            text = end < 0 ? [] : text[(end + 1)..];
            if (line.IsEmpty) continue;
            fault = TryReadRecord(line, record, out var length) ?? reading.Take(record[..length]);
            if (fault is null) continue;
            fault = string.Create(CultureInfo.InvariantCulture, $"line {number}: {fault}");
            return false;
        }

        return reading.TryConclude(out image, out fault);
    }

    private static string? TryReadRecord(ReadOnlySpan<byte> line, Span<byte> record, out int length)
    {
        length = (line.Length - 1) / 2;
        if (line[0] != ':') return "does not begin with a colon";
        if (line.Length % 2 == 0 || length < 5 || length > MaximumRecord) return "has too few or too many digits";
        byte sum = 0;
        for (var index = 0; index < length; index++)
        {
            var digits = line.Slice(1 + (index * 2), 2);
            if (Digit(digits[0]) is not (>= 0 and var high) || Digit(digits[1]) is not (>= 0 and var low)) return "has other characters than hex digits";
            record[index] = (byte)((high << 4) | low);
            sum += record[index];
        }

        if (record[0] != length - 5) return $"should have {record[0]} bytes of data and has {length - 5}";
        return sum == 0 ? null : $"checksum is {record[length - 1]:X2} and should be {(byte)(record[length - 1] - sum):X2}";
    }

    private static int Digit(byte character) => char.IsAsciiHexDigit((char)character) ? Convert.ToInt32(((char)character).ToString(), 16) : -1;

    /// <summary>A file on its way in.</summary>
    private sealed class Reading
    {
        private readonly List<(int Address, byte[] Data)> _pieces = [];
        private long _base;
        private int _length;
        private bool _hasEnded;

        public string? Take(ReadOnlySpan<byte> record)
        {
            if (_hasEnded) return "stands behind the end";
            var reader = new PayloadReader(record);
            reader.TryReadByte(out var length);
            reader.TryReadUInt16(out var address);
            reader.TryReadByte(out var type);
            reader.TryReadBytes(length, out var data);
            switch ((RecordType)type)
            {
                case RecordType.Data:
                    return TakeData(address, data);
                case RecordType.End when length == 0:
                    _hasEnded = true;
                    return null;
                case RecordType.Segment when length == 2:
                    _base = ((data[0] << 8) | data[1]) * 16L;
                    return null;
                case RecordType.UpperHalf when length == 2:
                    _base = ((data[0] << 8) | data[1]) * SegmentLength;
                    return null;
                case RecordType.StartSegment or RecordType.StartAddress when length == 4:
                    return null;
                default:
                    return $"is of no kind that is known: {type:X2} with {length} bytes of data";
            }
        }

        public bool TryConclude([NotNullWhen(true)] out byte[]? image, [NotNullWhen(false)] out string? fault)
        {
            image = null;
            fault = !_hasEnded ? "the line that marks the end is missing: the file is cut off" : _length == 0 ? "there are no data in the file" : null;
            if (fault is not null) return false;
            image = new byte[_length];
            Array.Fill(image, Erased);
            var isTaken = new bool[_length];
            foreach (var (address, data) in _pieces)
            {
                if (isTaken.AsSpan(address, data.Length).Contains(true))
                {
                    (image, fault) = (null, $"the bytes at address {address:X} are given twice");
                    return false;
                }

                isTaken.AsSpan(address, data.Length).Fill(true);
                data.CopyTo(image, address);
            }

            return true;
        }

        private string? TakeData(ushort address, ReadOnlySpan<byte> data)
        {
            if (data.IsEmpty) return null;
            if (address + data.Length > SegmentLength) return "its data go over the end of their segment";
            var end = _base + address + data.Length;
            if (end > FirmwareImage.MaximumLength) return $"address {_base + address:X} is beyond the longest image, {FirmwareImage.MaximumLength:X} bytes";
            _pieces.Add(((int)_base + address, data.ToArray()));
            _length = Math.Max(_length, (int)end);
            return null;
        }
    }
}
