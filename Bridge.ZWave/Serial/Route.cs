using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>The speed of a route. Source: Serial API reference, TX report.</summary>
public enum RouteSpeed : byte
{
    None = 0,
    Kbit9Point6 = 1,
    Kbit40 = 2,
    Kbit100 = 3,
    LongRangeKbit100 = 4,
}

/// <summary>A route as the priority route functions carry it.</summary>
/// <remarks>
/// bytes 0-3  repeaters, one byte each in both node id widths, 0 = unused
/// byte 4     speed
/// Source: Serial API reference, priority route.
/// </remarks>
public readonly record struct Route(Repeaters Repeaters, RouteSpeed Speed)
{
    internal static bool TryRead(ref PayloadReader payload, out Route route)
    {
        byte speed = 0;
        var found = Repeaters.TryRead(ref payload, out var repeaters) && payload.TryReadByte(out speed);
        route = new(repeaters, (RouteSpeed)speed);
        return found;
    }

    internal void Write(ref PayloadWriter payload)
    {
        Repeaters.Write(ref payload);
        payload.WriteByte((byte)Speed);
    }

    internal void Describe(FieldWriter fields)
    {
        fields.Numbers("repeaters", Repeaters.Bytes);
        fields.Number("routeSpeed", (long)Speed);
    }
}
