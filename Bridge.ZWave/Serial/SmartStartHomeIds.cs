using System.Buffers.Binary;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>The two home ids by which a SmartStart node is known before it is included; both come from its DSK.</summary>
/// <remarks>
/// NWI home id             DSK bytes 8-11 with the top two bits set and the lowest bit cleared
/// authentication home id  DSK bytes 12-15 with the top two bits cleared and the lowest bit set
/// Source: Serial API reference, AddNodeToNetwork, mode 8.
/// </remarks>
public readonly record struct SmartStartHomeIds(HomeId Nwi, HomeId Authentication)
{
    /// <summary>Length of a DSK.</summary>
    public const int DskLength = 16;

    private const uint TopBits = 0xC0000000;
    private const uint LowestBit = 0x00000001;

    /// <summary>The home ids of a DSK of 16 bytes.</summary>
    /// <exception cref="ArgumentException">The DSK has another length.</exception>
    public static SmartStartHomeIds Of(ReadOnlySpan<byte> dsk)
    {
        if (dsk.Length != DskLength) throw new ArgumentException($"a DSK has {DskLength} bytes, not {dsk.Length}", nameof(dsk));
        var nwi = BinaryPrimitives.ReadUInt32BigEndian(dsk[8..]);
        var authentication = BinaryPrimitives.ReadUInt32BigEndian(dsk[12..]);
        return new(new((nwi | TopBits) & ~LowestBit), new((authentication & ~TopBits) | LowestBit));
    }
}
