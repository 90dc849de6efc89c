using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SerialApiSetup (0x0B): settings of the module itself, by sub-command.</summary>
public static class SerialApiSetup
{
    public static readonly FunctionId Id = new(0x0B);

    public static readonly FunctionDefinition Definition = new(Id, "SerialApiSetup",
    [
        SerialMessageDefinition.Of<SerialApiSetupRequest>(),
        SerialMessageDefinition.Of<SerialApiSetupResponse>(),
    ]);
}

/// <summary>What SerialApiSetup sets or gets. Source: Serial API reference, SerialApiSetup.</summary>
public enum SerialApiSetupSubCommand : byte
{
    /// <summary>Only in a RES: the module does not know the sub-command.</summary>
    Unsupported = 0x00,
    GetSupported = 0x01,
    SetTransmitStatusReport = 0x02,
    SetMaximumLongRangePower = 0x03,
    SetPowerLevel = 0x04,
    GetMaximumLongRangePower = 0x05,
    GetPowerLevel = 0x08,
    GetMaximumPayloadSize = 0x10,
    GetMaximumLongRangePayloadSize = 0x11,

    /// <summary>As <see cref="SetPowerLevel"/> with 16-bit values.</summary>
    SetPowerLevel16 = 0x12,

    /// <summary>As <see cref="GetPowerLevel"/> with 16-bit values.</summary>
    GetPowerLevel16 = 0x13,
    GetSupportedRegions = 0x15,
    GetRegionInformation = 0x16,
    GetRegion = 0x20,

    /// <summary>Takes effect after a soft reset.</summary>
    SetRegion = 0x40,
    SetNodeIdBaseType = 0x80,
}

/// <summary>The radio region of a module. Source: Serial API reference, SerialApiSetup.</summary>
public enum RfRegion : byte
{
    Europe = 0x00,
    UnitedStates = 0x01,
    AustraliaNewZealand = 0x02,
    HongKong = 0x03,
    India = 0x05,
    Israel = 0x06,
    Russia = 0x07,
    China = 0x08,
    UnitedStatesLongRange = 0x09,
    EuropeLongRange = 0x0B,
    Japan = 0x20,
    Korea = 0x21,
    Unknown = 0xFE,
    Default = 0xFF,
}

/// <summary>
/// The transmit power of a module, in 0.1 dBm. One byte each with <see cref="SerialApiSetupSubCommand.SetPowerLevel"/> and its Get,
/// two with the 16-bit ones.
/// </summary>
/// <param name="NormalDeciDbm">The power of ordinary frames.</param>
/// <param name="Measured0dBmDeciDbm">What was measured at the antenna when the chip sent with 0 dBm.</param>
public readonly record struct TransmitPower(short NormalDeciDbm, short Measured0dBmDeciDbm)
{
    internal static bool TryRead(ref PayloadReader payload, int size, out TransmitPower power)
    {
        var measured = 0;
        var found = payload.TryReadSigned(size, out var normal) && payload.TryReadSigned(size, out measured);
        power = new((short)normal, (short)measured);
        return found;
    }

    internal void Write(ref PayloadWriter payload, int size)
    {
        payload.WriteSized(size, NormalDeciDbm);
        payload.WriteSized(size, Measured0dBmDeciDbm);
    }

    internal void Describe(FieldWriter fields)
    {
        fields.Number("normalPowerDeciDbm", (long)NormalDeciDbm);
        fields.Number("measured0dBmDeciDbm", (long)Measured0dBmDeciDbm);
    }
}
