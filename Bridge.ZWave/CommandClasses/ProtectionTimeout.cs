using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>
/// How long the radio protection still lasts. 00 no limit set, 01..3C seconds, 41..FE minutes (value - 3F: 2..191), FF for ever;
/// others reserved. Source: application command class specification, Protection Timeout Set.
/// </summary>
public readonly record struct ProtectionTimeout(byte Raw)
{
    /// <summary>No limit set.</summary>
    public static readonly ProtectionTimeout None;

    /// <summary>Until it is taken back.</summary>
    public static readonly ProtectionTimeout Infinite = new(0xFF);

    /// <summary>The time in seconds, 0 for none; null for "for ever" and reserved bytes.</summary>
    public int? Seconds => Raw switch
    {
        <= 0x3C => Raw,
        >= 0x41 and <= 0xFE => (Raw - 0x3F) * 60,
        _ => null,
    };

    /// <summary>The byte for <paramref name="time"/>, rounded up: seconds to one minute, then minutes, at most 191.</summary>
    public static ProtectionTimeout FromTime(TimeSpan time)
    {
        var seconds = Math.Ceiling(time.TotalSeconds);
        return seconds switch
        {
            <= 0 => None,
            <= 60 => new((byte)seconds),
            _ => new((byte)Math.Min(0xFE, 0x3F + Math.Ceiling(time.TotalMinutes))),
        };
    }
}

/// <summary>Protection Timeout Set (0x75 0x09): how long the radio protection shall last. Since V2.</summary>
/// <remarks>
/// byte 0  see <see cref="ProtectionTimeout"/>. Source: application command class specification, Protection Timeout Set.
/// </remarks>
public sealed record ProtectionTimeoutSet(ProtectionTimeout Timeout) : ICommand<ProtectionTimeoutSet>
{
    public static CommandId CommandId => new(ProtectionCommandClass.Id, 0x09);

    public static DecodeError TryDecode(ref PayloadReader payload, out ProtectionTimeoutSet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var timeout)) return DecodeError.Truncated;
        command = new(new ProtectionTimeout(timeout));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(Timeout.Raw);

    public void Describe(FieldWriter fields) => fields.Number("timeout", (long)Timeout.Raw);
}

/// <summary>Protection Timeout Get (0x75 0x0A): ask how long the radio protection lasts. No parameters. Since V2.</summary>
public sealed record ProtectionTimeoutGet : EmptyCommand<ProtectionTimeoutGet>, ICommand<ProtectionTimeoutGet>
{
    public static CommandId CommandId => new(ProtectionCommandClass.Id, 0x0A);
}

/// <summary>Protection Timeout Report (0x75 0x0B): the time left, as in <see cref="ProtectionTimeout"/>. Since V2.</summary>
public sealed record ProtectionTimeoutReport(ProtectionTimeout Timeout) : ICommand<ProtectionTimeoutReport>, IValueReport
{
    public static CommandId CommandId => new(ProtectionCommandClass.Id, 0x0B);

    public static DecodeError TryDecode(ref PayloadReader payload, out ProtectionTimeoutReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var timeout)) return DecodeError.Truncated;
        command = new(new ProtectionTimeout(timeout));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(Timeout.Raw);

    public void Describe(FieldWriter fields) => fields.Number("timeout", (long)Timeout.Raw);

    public void CollectValues(IValueSink values)
    {
        values.Describe(ProtectionCommandClass.Timeout, ProtectionCommandClass.TimeoutMetadata);
        values.Set(ProtectionCommandClass.Timeout, Value.Of((long)Timeout.Raw));
    }
}
