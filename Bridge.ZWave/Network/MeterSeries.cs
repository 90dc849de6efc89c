using Bridge.ZWave.Values;

namespace Bridge.ZWave.Network;

/// <summary>What becomes of a reading.</summary>
internal enum MeterVerdict
{
    /// <summary>It is true.</summary>
    Accept,

    /// <summary>It may be true: kept back until a second one agrees.</summary>
    Hold,

    /// <summary>It is not true, however often it is told.</summary>
    Reject,
}

/// <summary>A reading that is kept back.</summary>
/// <param name="Value">What it said.</param>
/// <param name="At">When it came.</param>
/// <param name="Reason">What is strange about it.</param>
/// <param name="IsAsked">True once the meter was asked about it: what comes then is a second opinion, not the same report once more.</param>
internal sealed record MeterSuspicion(Value Value, TimeSpan At, MeterRejectionReason Reason, bool IsAsked = false);

/// <summary>A reset of ours.</summary>
/// <param name="Before">The reading before it.</param>
/// <param name="Expected">The reading it leads to: 0, or what remains when only a part of a sum was reset.</param>
/// <param name="At">When.</param>
/// <param name="IsSeen">True once the new reading came.</param>
internal sealed record MeterResetMark(decimal Before, decimal Expected, TimeSpan At, bool IsSeen = false);

/// <summary>What is known of a series of readings beside its last value. Times are those of a clock that only moves on.</summary>
internal sealed record MeterSeries
{
    public static readonly MeterSeries Unknown = new();

    /// <summary>When the last value was accepted; null: in an earlier run.</summary>
    public TimeSpan? AcceptedAt { get; init; }

    public MeterSuspicion? Suspicion { get; init; }

    public MeterResetMark? Reset { get; init; }
}

/// <summary>The outcome of judging a reading.</summary>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Series">What is known afterwards.</param>
/// <param name="Reason">Why it is kept back or rejected.</param>
/// <param name="Refuted">The reading that was kept back until now and turned out wrong.</param>
internal readonly record struct MeterJudgement(
    MeterVerdict Verdict, MeterSeries Series, MeterRejectionReason? Reason = null, MeterSuspicion? Refuted = null);
