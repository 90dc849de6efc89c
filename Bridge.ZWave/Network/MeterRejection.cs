using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Why a meter reading was not believed.</summary>
public enum MeterRejectionReason
{
    /// <summary>It names an endpoint the node does not have.</summary>
    UnknownEndpoint,

    /// <summary>Another kind of meter (gas, water) than the endpoint said it has.</summary>
    UnsupportedMeterType,

    /// <summary>A scale the endpoint did not list, or one its kind of meter does not have.</summary>
    UnsupportedScale,

    /// <summary>A direction (import, export, none) the endpoint did not list.</summary>
    UnsupportedRateType,

    /// <summary>A counter below zero: the sign bit of faulty firmware.</summary>
    Negative,

    /// <summary>A momentary reading no plug can have.</summary>
    Impossible,

    /// <summary>A counter grew by more than can have been used since its last reading, and the meter did not say so twice.</summary>
    Jump,

    /// <summary>A counter fell though nobody reset it, and the meter did not say so twice.</summary>
    Drop,

    /// <summary>The value from before a reset of ours, told once more after it.</summary>
    OldAfterReset,

    /// <summary>The first reading of a series, and the next one did not fit it.</summary>
    Unconfirmed,
}

/// <summary>A meter reading that was not believed: the value before it stays.</summary>
/// <param name="Node">Whose meter.</param>
/// <param name="Endpoint">Which endpoint of it.</param>
/// <param name="Property">The series: meter type, rate type and scale.</param>
/// <param name="Value">What the report said.</param>
/// <param name="LastAccepted">What is believed instead; unknown while nothing is.</param>
/// <param name="Reason">Why.</param>
/// <param name="Text">The same for people: "3546 kWh after 12.75 kWh: more than can have been used".</param>
public sealed record MeterRejection(
    Node Node, EndpointIndex Endpoint, PropertyId Property, Value Value, Value LastAccepted, MeterRejectionReason Reason, string Text);

/// <summary>Reasons as sentences.</summary>
internal static class MeterRejectionText
{
    public static string Of(MeterReading reading, Value value, Value last, MeterRejectionReason reason)
    {
        var scale = MeterScalesText(reading);
        var told = value + scale;
        var before = last.IsKnown ? last + scale : "nothing";
        return reason switch
        {
            MeterRejectionReason.UnknownEndpoint => told + ": the node has no such endpoint",
            MeterRejectionReason.UnsupportedMeterType => told + $": meter type {reading.MeterType} is not the one the endpoint has",
            MeterRejectionReason.UnsupportedScale => told + $": scale {reading.ScaleIndex} is not one of those the endpoint lists",
            MeterRejectionReason.UnsupportedRateType => told + $": rate type {reading.RateType} is not one of those the endpoint lists",
            MeterRejectionReason.Negative => told + ": a counter is never negative",
            MeterRejectionReason.Impossible => told + ": impossible for such a device",
            MeterRejectionReason.Jump => $"{told} after {before}: more than can have been used meanwhile",
            MeterRejectionReason.Drop => $"{told} after {before}: a counter does not fall by itself",
            MeterRejectionReason.OldAfterReset => $"{told} after {before}: the reading from before the reset",
            _ => told + ": the reading after it did not fit",
        };
    }

    private static string MeterScalesText(MeterReading reading) =>
        CommandClasses.MeterScales.Find(reading.MeterType, reading.ScaleIndex)?.Unit is { } unit ? " " + unit : string.Empty;
}
