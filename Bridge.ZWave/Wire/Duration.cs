namespace Bridge.ZWave.Wire;

/// <summary>
/// The duration byte of actuator commands. 00 at once; 01..7F seconds; 80..FD minutes (value - 7F);
/// FE 127 minutes in a Set, unknown in a Report; FF factory default in a Set, reserved in a Report.
/// Source: command class specification, common rules for durations.
/// </summary>
public readonly record struct Duration(byte Raw)
{
    /// <summary>At once (Set), already there (Report).</summary>
    public static readonly Duration Instantly;

    /// <summary>The device's own duration; only in a Set.</summary>
    public static readonly Duration Default = new(0xFF);

    /// <summary>Seconds when the byte came in a Set; null for the factory default.</summary>
    public int? SecondsInSet => Raw == 0xFF ? null : Seconds(Raw);

    /// <summary>Seconds when the byte came in a Report; null for unknown and reserved.</summary>
    public int? SecondsInReport => Raw >= 0xFE ? null : Seconds(Raw);

    /// <summary>The byte of a Set for <paramref name="time"/>: rounded up to whole seconds, above 127 s to whole minutes, at most 127 minutes.</summary>
    public static Duration FromTime(TimeSpan time)
    {
        var seconds = Math.Ceiling(time.TotalSeconds);
        return seconds switch
        {
            <= 0 => Instantly,
            <= 127 => new((byte)seconds),
            _ => new((byte)Math.Min(0xFE, 0x7F + Math.Ceiling(time.TotalMinutes))),
        };
    }

    private static int Seconds(byte raw) => raw <= 0x7F ? raw : (raw - 0x7F) * 60;
}
