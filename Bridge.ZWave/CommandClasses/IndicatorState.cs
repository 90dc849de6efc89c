using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>One property of one indicator and its value (see <see cref="IndicatorPropertyId"/>).</summary>
public readonly record struct IndicatorObject(byte IndicatorId, byte PropertyId, byte Value);

/// <summary>Indicator Set (0x87 0x01): switch indicators, all properties of the frame at once.</summary>
/// <remarks>
/// byte 0   indicator 0 value, for devices that have only one; ignored when n is not 0
/// byte 1   bits 4..0 n; the others reserved                                                              since V2
/// byte 2.. n times indicator id, property id, value                                                      since V2
/// Source: application command class specification, Indicator Set.
/// </remarks>
public sealed record IndicatorSet(byte Indicator0Value, IReadOnlyList<IndicatorObject>? Objects = null) : ICommand<IndicatorSet>
{
    public static CommandId CommandId => new(IndicatorCommandClass.Id, 0x01);

    /// <summary>
    /// Makes a device show which one it is: it blinks <paramref name="cycles"/> times. The defaults are what the specification asks a
    /// controller to send. Times are rounded to tenths of a second, 25.5 s at most.
    /// </summary>
    /// <param name="cycles">How often; 255 until stopped, 0 stops.</param>
    /// <param name="period">Length of one cycle, 0.8 s when left out.</param>
    /// <param name="onTime">How long it is lit in each cycle, 0.6 s when left out.</param>
    public static IndicatorSet Identify(byte cycles = 3, TimeSpan? period = null, TimeSpan? onTime = null)
    {
        // To stop it, all three have to be 0.
        var isOn = cycles != 0;
        return new(0,
        [
            new(IndicatorCommandClass.Identify, IndicatorPropertyId.OnOffPeriod, isOn ? Tenths(period, 8) : (byte)0),
            new(IndicatorCommandClass.Identify, IndicatorPropertyId.OnOffCycles, cycles),
            new(IndicatorCommandClass.Identify, IndicatorPropertyId.OnTime, isOn ? Tenths(onTime, 6) : (byte)0),
        ]);
    }

    public static DecodeError TryDecode(ref PayloadReader payload, out IndicatorSet? command)
    {
        command = IndicatorObjects.TryRead(ref payload, out var value, out var objects) ? new(value, objects) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) =>
        IndicatorObjects.Write(ref payload, Indicator0Value, Objects, context);

    public void Describe(FieldWriter fields) => IndicatorObjects.Describe(fields, Indicator0Value, Objects);

    private static byte Tenths(TimeSpan? time, byte otherwise) =>
        time is { } given ? (byte)Math.Clamp(Math.Round(given.TotalSeconds * 10), 0, 255) : otherwise;
}

/// <summary>Indicator Report (0x87 0x03): the state of an indicator.</summary>
/// <remarks>
/// byte 0   indicator 0 value; means nothing when n is not 0
/// byte 1   bits 4..0 n; the others reserved                                                              since V2
/// byte 2.. n times indicator id, property id, value                                                      since V2
/// Source: application command class specification, Indicator Report.
/// </remarks>
public sealed record IndicatorReport(byte Indicator0Value, IReadOnlyList<IndicatorObject>? Objects = null)
    : ICommand<IndicatorReport>, IValueReport
{
    public static CommandId CommandId => new(IndicatorCommandClass.Id, 0x03);

    public static DecodeError TryDecode(ref PayloadReader payload, out IndicatorReport? command)
    {
        command = IndicatorObjects.TryRead(ref payload, out var value, out var objects) ? new(value, objects) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) =>
        IndicatorObjects.Write(ref payload, Indicator0Value, Objects, context);

    public void Describe(FieldWriter fields) => IndicatorObjects.Describe(fields, Indicator0Value, Objects);

    public void CollectValues(IValueSink values)
    {
        if (Objects is not { Count: > 0 } objects)
        {
            values.Describe(IndicatorCommandClass.Indicator, IndicatorCommandClass.IndicatorMetadata);
            values.Set(IndicatorCommandClass.Indicator, Value.Of((long)Indicator0Value));
            return;
        }

        foreach (var (indicator, property, value) in objects)
        {
            // Indicator 0 is the answer for an indicator the node does not have.
            if (indicator == 0) continue;
            var id = IndicatorCommandClass.Property(indicator, property);
            values.Describe(id, new($"{IndicatorCommandClass.Label(indicator)} property 0x{property:X2}")
            {
                IsWriteable = property != IndicatorPropertyId.LowPower,
                Minimum = 0,
                Maximum = 255,
            });
            values.Set(id, Value.Of((long)value));
        }
    }
}

/// <summary>The layout Indicator Set and Report share.</summary>
internal static class IndicatorObjects
{
    private const byte CountMask = 0x1F;
    private const int ObjectLength = 3;

    /// <summary>False when the value or announced objects are missing; <paramref name="objects"/> is null in the V1 form.</summary>
    public static bool TryRead(ref PayloadReader payload, out byte value, out IReadOnlyList<IndicatorObject>? objects)
    {
        objects = null;
        if (!payload.TryReadByte(out value)) return false;
        if (!payload.TryReadByte(out var header)) return true;
        if (!payload.TryReadBytes((header & CountMask) * ObjectLength, out var bytes)) return false;
        var list = new IndicatorObject[bytes.Length / ObjectLength];
        for (var index = 0; index < list.Length; index++)
        {
            var row = bytes.Slice(index * ObjectLength, ObjectLength);
            list[index] = new(row[0], row[1], row[2]);
        }

        objects = list;
        return true;
    }

    public static void Write(ref PayloadWriter payload, byte value, IReadOnlyList<IndicatorObject>? objects, CodecContext context)
    {
        payload.WriteByte(value);
        if (context.Version < 2 || objects is null) return;
        var count = Math.Min(objects.Count, CountMask);
        payload.WriteByte((byte)count);
        foreach (var (indicator, property, propertyValue) in objects.Take(count))
        {
            payload.WriteByte(indicator);
            payload.WriteByte(property);
            payload.WriteByte(propertyValue);
        }
    }

    public static void Describe(FieldWriter fields, byte value, IReadOnlyList<IndicatorObject>? objects)
    {
        fields.Number("indicator0Value", (long)value);
        if (objects is null) return;
        fields.BeginList("indicatorObjects");
        foreach (var (indicator, property, propertyValue) in objects)
        {
            fields.BeginElement();
            fields.Number("indicatorId", (long)indicator);
            fields.Number("propertyId", (long)property);
            fields.Number("value", (long)propertyValue);
            fields.EndObject();
        }

        fields.EndList();
    }
}
