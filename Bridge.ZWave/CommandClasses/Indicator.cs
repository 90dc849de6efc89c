using System.Globalization;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Indicator (0x87, V1-V4): lights and sounders of the device; indicator 50 makes it show which one it is.</summary>
public static class IndicatorCommandClass
{
    public static readonly CommandClassId Id = new(0x87);

    /// <summary>The indicator every Z-Wave Plus v2 device has: "it is me".</summary>
    public const byte Identify = 0x50;

    /// <summary>V1: the one indicator, 0 off. Writeable.</summary>
    public static readonly PropertyId Indicator = new(Id, "indicator");

    public static readonly CommandClassDefinition Definition = new(Id, "INDICATOR", ImplementedVersion: 4,
    [
        CommandDefinition.Of<IndicatorSet>("INDICATOR_SET"),
        CommandDefinition.Of<IndicatorGet>("INDICATOR_GET"),
        CommandDefinition.Of<IndicatorReport>("INDICATOR_REPORT"),
        CommandDefinition.Of<IndicatorSupportedGet>("INDICATOR_SUPPORTED_GET"),
        CommandDefinition.Of<IndicatorSupportedReport>("INDICATOR_SUPPORTED_REPORT"),
        CommandDefinition.Of<IndicatorDescriptionGet>("INDICATOR_DESCRIPTION_GET"),
        CommandDefinition.Of<IndicatorDescriptionReport>("INDICATOR_DESCRIPTION_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Supported indicators", InterviewPhase.Values, IndicatorInterview.AskSupported) { MinimumVersion = 2 },
            new("Descriptions", InterviewPhase.Values, IndicatorInterview.AskDescriptions) { MinimumVersion = 4 },
            new("State", InterviewPhase.Values, IndicatorInterview.AskState) { IsState = true },
        ],
    };

    internal static readonly ValueMetadata IndicatorMetadata = new("Indicator") { IsWriteable = true, Minimum = 0, Maximum = 255 };

    /// <summary>One property (brightness, on or off, period …) of one indicator. Writeable.</summary>
    public static PropertyId Property(byte indicatorId, byte propertyId) => new(Id, "indicator", (indicatorId << 8) | propertyId);

    /// <summary>The properties an indicator has; known for <see cref="Identify"/> when the device can be made to show itself.</summary>
    public static PropertyId SupportedProperties(byte indicatorId) => new(Id, "supportedProperties", indicatorId);

    /// <summary>What the manufacturer calls an indicator of its own.</summary>
    public static PropertyId Description(byte indicatorId) => new(Id, "description", indicatorId);

    internal static string Label(byte indicatorId) => "Indicator 0x" + indicatorId.ToString("X2", CultureInfo.InvariantCulture);
}

/// <summary>Properties of an indicator, by number.</summary>
public static class IndicatorPropertyId
{
    /// <summary>Brightness: 00 off, 01..63 percent, FF the last one.</summary>
    public const byte Multilevel = 0x01;

    /// <summary>00 off, FF on.</summary>
    public const byte Binary = 0x02;

    /// <summary>Length of one on/off period in tenths of a second.</summary>
    public const byte OnOffPeriod = 0x03;

    /// <summary>How many periods; FF until stopped.</summary>
    public const byte OnOffCycles = 0x04;

    /// <summary>On time within a period in tenths of a second; 0 is half the period.</summary>
    public const byte OnTime = 0x05;

    public const byte TimeoutMinutes = 0x06;
    public const byte TimeoutSeconds = 0x07;
    public const byte TimeoutHundredths = 0x08;

    /// <summary>Sound level: 0 mute, 1..100 percent, FF the last one.</summary>
    public const byte Volume = 0x09;

    /// <summary>Since V4.</summary>
    public const byte TimeoutHours = 0x0A;

    /// <summary>The indicator also works while the device sleeps; cannot be set.</summary>
    public const byte LowPower = 0x10;
}

/// <summary>Indicator Get (0x87 0x02): ask for the state of an indicator.</summary>
/// <remarks>
/// byte 0  indicator id                                                                                   since V2
/// Source: application command class specification, Indicator Get.
/// </remarks>
public sealed record IndicatorGet(byte? IndicatorId = null) : ICommand<IndicatorGet>
{
    public static CommandId CommandId => new(IndicatorCommandClass.Id, 0x02);

    public static DecodeError TryDecode(ref PayloadReader payload, out IndicatorGet? command)
    {
        command = new(payload.TryReadByte(out var indicator) ? indicator : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        if (context.Version >= 2 && IndicatorId is { } indicator) payload.WriteByte(indicator);
    }

    public void Describe(FieldWriter fields) => fields.Number("indicatorId", (long?)IndicatorId);
}
