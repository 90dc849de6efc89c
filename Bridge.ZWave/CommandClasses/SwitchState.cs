namespace Bridge.ZWave.CommandClasses;

/// <summary>The state byte of Basic and Switch Binary: 00 off, 01..63 and FF on, FE unknown, the rest reserved.</summary>
public static class SwitchState
{
    public const byte Off = 0x00;
    public const byte On = 0xFF;
    public const byte Unknown = 0xFE;

    /// <summary>On, off, or null for unknown and reserved bytes.</summary>
    public static bool? FromByte(byte state) => state switch
    {
        Off => false,
        <= 99 or On => true,
        _ => null,
    };

    /// <summary>The byte of a Set: only 00 and FF are ever sent.</summary>
    public static byte ToByte(bool isOn) => isOn ? On : Off;

    /// <summary>"off", "on", "unknown"; null for reserved bytes.</summary>
    public static string? Name(byte state) => state == Unknown ? "unknown" : FromByte(state) switch
    {
        true => "on",
        false => "off",
        null => null,
    };
}
