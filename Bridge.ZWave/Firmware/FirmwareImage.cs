using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Firmware;

/// <summary>What kind of file an image came in.</summary>
public enum FirmwareFormat
{
    /// <summary>Lines of text, see <see cref="IntelHex"/>.</summary>
    IntelHex,

    /// <summary>An image of the newer boot loaders; handed to the node as it is.</summary>
    BootloaderImage,

    /// <summary>Bytes as they are.</summary>
    Raw,
}

/// <summary>A firmware as a node gets it: the bytes, cut into fragments later. Immutable.</summary>
public sealed class FirmwareImage
{
    /// <summary>More bytes than any Z-Wave chip has for its firmware.</summary>
    public const int MaximumLength = 2 * 1024 * 1024;

    private readonly byte[] _data;

    internal FirmwareImage(FirmwareFormat format, byte[] data) => (Format, _data, Checksum) = (format, data, Crc16.Compute(data));

    public FirmwareFormat Format { get; }

    /// <summary>CRC-16 of all of it: the name of the image between us and the node.</summary>
    public ushort Checksum { get; }

    public int Length => _data.Length;

    public ReadOnlyMemory<byte> Data => _data;

    /// <summary>How many fragments of a size it makes.</summary>
    public int FragmentsOf(int size) => (Length + size - 1) / size;

    /// <summary>The bytes of a fragment; the last one may be shorter.</summary>
    /// <param name="number">Counted from 1.</param>
    public byte[] Fragment(int number, int size) => _data[((number - 1) * size)..Math.Min(number * size, Length)];
}
