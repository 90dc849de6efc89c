using System.Globalization;

namespace Bridge.ZWave.Serial;

/// <summary>A received signal strength as the module tells it: signed dBm, the top of the range says why there is no number.</summary>
/// <remarks>
/// -128..10  dBm
/// 11..124   reserved
/// 7D        no signal detected
/// 7E        the receiver was saturated, the signal too strong to measure
/// 7F        not available
/// Source: Serial API reference, TX report.
/// </remarks>
public readonly record struct Rssi(sbyte Value)
{
    public static readonly Rssi NoSignalDetected = new(0x7D);

    public static readonly Rssi ReceiverSaturated = new(0x7E);

    public static readonly Rssi NotAvailable = new(0x7F);

    private const sbyte HighestMeasurement = 10;

    /// <summary>The signal strength, or null when the byte says something else.</summary>
    public int? Dbm => Value <= HighestMeasurement ? Value : null;

    internal static Rssi FromByte(byte value) => new((sbyte)value);

    internal byte ToByte() => (byte)Value;

    public override string ToString() => Dbm is { } dbm ? dbm.ToString(CultureInfo.InvariantCulture) + " dBm" : Value switch
    {
        0x7D => "no signal",
        0x7E => "saturated",
        0x7F => "not available",
        _ => "reserved",
    };
}
