using Bridge.ZWave.Values;

namespace Bridge.ZWave.Network;

/// <summary>
/// Decides whether a meter reading is believed. Pure: what is known and the time come in, the verdict and what is known afterwards go out.
/// </summary>
/// <remarks>
/// A counter never is below zero, falls only when it is reset and grows only as fast as its load allows. What breaks the first rule is
/// damage; what breaks the others is damage or news, and a second reading tells which: it is believed when it agrees with the one before it,
/// or with what was believed before. One damaged reading among true ones is therefore never believed. The previous value a report may carry
/// is no second reading: what damages the one may damage the other.
/// </remarks>
internal static class MeterJudge
{
    /// <summary>A report may be this much older than its arrival, and the register behind it be filled in steps of this length.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(3);

    /// <summary>After a longer silence nearly everything could have been used: what needs more than this is asked about all the same.</summary>
    public static readonly TimeSpan LongestCredit = TimeSpan.FromHours(2);

    /// <summary>
    /// A repetition within this time is the same report once more (sent twice, or to several groups), unless the meter was asked.
    /// </summary>
    public static readonly TimeSpan RepetitionTime = TimeSpan.FromSeconds(2);

    /// <summary>How long after a reset of ours the reading from before it may still arrive.</summary>
    public static readonly TimeSpan ResetMemory = TimeSpan.FromMinutes(1);

    /// <summary>Judges a reading.</summary>
    /// <param name="series">What is known of the series.</param>
    /// <param name="last">The last accepted value; unknown: none.</param>
    /// <param name="reading">What the report says.</param>
    /// <param name="limits">What is possible.</param>
    /// <param name="isListed">The endpoint said that it has this series.</param>
    /// <param name="now">The time.</param>
    public static MeterJudgement Judge(MeterSeries series, Value last, Value reading, MeterLimits limits, bool isListed, TimeSpan now)
    {
        var value = reading.AsDecimal ?? 0;
        if (limits.IsAccumulating && value < 0) return new(MeterVerdict.Reject, series, MeterRejectionReason.Negative);
        if (value < limits.Minimum || value > limits.Maximum) return new(MeterVerdict.Reject, series, MeterRejectionReason.Impossible);
        var doubt = limits.IsAccumulating ? DoubtCounter(ref series, last, reading, limits, now)
            : isListed || last.IsKnown ? null
            : MeterRejectionReason.Unconfirmed;
        if (doubt is not { } reason) return Accept(series, now, series.Suspicion);
        if (series.Suspicion is { } held && Agrees(held, reading, limits, now))
        {
            return IsSecondOpinion(held, now) ? Accept(series, now, refuted: null) : new(MeterVerdict.Hold, series, reason);
        }

        return new(MeterVerdict.Hold, series with { Suspicion = new(reading, now, reason) }, reason, series.Suspicion);
    }

    private static MeterJudgement Accept(MeterSeries series, TimeSpan now, MeterSuspicion? refuted) =>
        new(MeterVerdict.Accept, series with { AcceptedAt = now, Suspicion = null }, null, refuted);

    // Null: nothing is strange about it.
    private static MeterRejectionReason? DoubtCounter(ref MeterSeries series, Value last, Value reading, MeterLimits limits, TimeSpan now)
    {
        if (last.AsDecimal is not { } believed) return MeterRejectionReason.Unconfirmed;
        var value = reading.AsDecimal ?? 0;
        if (series.Reset is { } reset)
        {
            var age = Age(reset.At, now);
            if (age > ResetMemory) series = series with { Reset = null };
            else if (!reset.IsSeen && value < believed && IsResultOf(reset, value, age, Tolerance(last, reading), limits))
            {
                series = series with { Reset = reset with { IsSeen = true } };
                return null;
            }
            else if (reset.IsSeen && value > believed && value >= reset.Before) return MeterRejectionReason.OldAfterReset;
        }

        if (value < believed) return MeterRejectionReason.Drop;
        var elapsed = series.AcceptedAt is { } acceptedAt ? Age(acceptedAt, now) : TimeSpan.Zero;
        return value - believed <= Growth(elapsed, limits) + Tolerance(last, reading) ? null : MeterRejectionReason.Jump;
    }

    private static bool IsResultOf(MeterResetMark reset, decimal value, TimeSpan age, decimal tolerance, MeterLimits limits) =>
        value >= reset.Expected - tolerance && value <= reset.Expected + Growth(age, limits) + tolerance;

    private static bool Agrees(MeterSuspicion held, Value reading, MeterLimits limits, TimeSpan now)
    {
        // A momentary reading is held only because nobody knew the meter had it: what it says may be anything.
        if (!limits.IsAccumulating) return true;
        var change = (reading.AsDecimal ?? 0) - (held.Value.AsDecimal ?? 0);
        var rounding = held.Value.Precision == reading.Precision ? 0 : Tolerance(held.Value, reading);
        return change >= -rounding && change <= Growth(Age(held.At, now), limits) + Tolerance(held.Value, reading);
    }

    private static bool IsSecondOpinion(MeterSuspicion held, TimeSpan now) => held.IsAsked || Age(held.At, now) >= RepetitionTime;

    private static decimal Growth(TimeSpan elapsed, MeterLimits limits)
    {
        var credited = (elapsed < LongestCredit ? elapsed : LongestCredit) + Slack;
        return limits.HourlyMaximum * credited.Ticks / TimeSpan.TicksPerHour;
    }

    // The last digit of the coarser reading: both may be rounded.
    private static decimal Tolerance(Value one, Value other)
    {
        var step = new decimal(1, 0, 0, false, Math.Min(one.Kind == ValueKind.Decimal ? one.Precision : (byte)0, other.Precision));
        return step + step;
    }

    private static TimeSpan Age(TimeSpan since, TimeSpan now) => now > since ? now - since : TimeSpan.Zero;
}
