namespace Bridge.ZWave.Wire;

/// <summary>
/// CRC-16 of Z-Wave payloads: polynomial 1021, start value 1D0F, no reflection, no final xor, high byte first on the wire.
/// "123456789" gives E5CC, nothing gives 1D0F. Source: CRC-16 Encapsulation, Transport Service, Firmware Update Meta Data.
/// </summary>
public static class Crc16
{
    /// <summary>The value before the first byte.</summary>
    public const ushort Start = 0x1D0F;

    /// <summary>Continues <paramref name="crc"/> over <paramref name="data"/>.</summary>
    public static ushort Compute(ReadOnlySpan<byte> data, ushort crc = Start)
    {
        foreach (var value in data)
        {
            crc ^= (ushort)(value << 8);
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (ushort)((crc << 1) ^ 0x1021) : (ushort)(crc << 1);
            }
        }

        return crc;
    }
}
