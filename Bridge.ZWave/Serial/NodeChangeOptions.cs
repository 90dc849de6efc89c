namespace Bridge.ZWave.Serial;

/// <summary>The first byte of AddNode and RemoveNode requests.</summary>
/// <remarks>
/// bits 3..0  mode
/// bit 5      Long Range (AddNode with mode 8 only)
/// bit 6      network wide
/// bit 7      normal power, else low power
/// Source: Serial API reference, AddNodeToNetwork.
/// </remarks>
public readonly record struct NodeChangeOptions(
    NodeChangeMode Mode, bool NormalPower = false, bool NetworkWide = false, bool LongRange = false)
{
    private const byte ModeMask = 0x0F;
    private const byte LongRangeBit = 0x20;
    private const byte NetworkWideBit = 0x40;
    private const byte NormalPowerBit = 0x80;

    /// <summary>The usual: normal power, through repeaters as well.</summary>
    public static NodeChangeOptions Usual(NodeChangeMode mode) => new(mode, NormalPower: true, NetworkWide: true);

    internal static NodeChangeOptions FromByte(byte value) => new(
        (NodeChangeMode)(value & ModeMask), (value & NormalPowerBit) != 0, (value & NetworkWideBit) != 0, (value & LongRangeBit) != 0);

    internal byte ToByte()
    {
        var flags = (NormalPower ? NormalPowerBit : 0) | (NetworkWide ? NetworkWideBit : 0) | (LongRange ? LongRangeBit : 0);
        return (byte)(flags | ((byte)Mode & ModeMask));
    }
}
