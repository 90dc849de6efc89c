namespace Bridge.ZWave.Simulation;

/// <summary>What a load takes: negative watts are produced, the power factor is 0..1 and never negative.</summary>
public readonly record struct LoadPoint(decimal Watts, decimal PowerFactor);

/// <summary>What is plugged in. A load stays the same until its next change, so energy can be summed up exactly.</summary>
public interface ILoad
{
    /// <summary>What it takes at a moment of the simulation.</summary>
    LoadPoint At(TimeSpan moment);

    /// <summary>The next moment after <paramref name="moment"/> at which it may take something else; null when it never does.</summary>
    TimeSpan? NextChangeAfter(TimeSpan moment);
}

/// <summary>A load that never changes.</summary>
public sealed class ConstantLoad(decimal watts, decimal powerFactor) : ILoad
{
    /// <summary>Nothing plugged in.</summary>
    public static readonly ConstantLoad None = new(0, 1);

    public LoadPoint At(TimeSpan moment) => new(watts, powerFactor);

    public TimeSpan? NextChangeAfter(TimeSpan moment) => null;
}

/// <summary>
/// A load that takes something else every while, between two limits, in steps of 0.1 W. The same seed gives the same load: nothing is random.
/// </summary>
public sealed class VaryingLoad : ILoad
{
    private readonly decimal _minimumWatts;
    private readonly decimal _maximumWatts;
    private readonly decimal _powerFactor;
    private readonly TimeSpan _every;
    private readonly int _seed;

    public VaryingLoad(decimal minimumWatts, decimal maximumWatts, decimal powerFactor, TimeSpan every, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(every, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumWatts, minimumWatts);
        (_minimumWatts, _maximumWatts, _powerFactor, _every, _seed) = (minimumWatts, maximumWatts, powerFactor, every, seed);
    }

    public LoadPoint At(TimeSpan moment)
    {
        var share = Scatter((ulong)(moment.Ticks / _every.Ticks), (ulong)_seed);
        return new(decimal.Round(_minimumWatts + ((_maximumWatts - _minimumWatts) * share), 1), _powerFactor);
    }

    public TimeSpan? NextChangeAfter(TimeSpan moment) => new(((moment.Ticks / _every.Ticks) + 1) * _every.Ticks);

    /// <summary>A number of 0..1 that looks random (the mixing steps of SplitMix64).</summary>
    private static decimal Scatter(ulong slot, ulong seed)
    {
        var mixed = unchecked((slot * 0x9E3779B97F4A7C15UL) + (seed * 0xBF58476D1CE4E5B9UL) + 1);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return (mixed >> 40) / (decimal)((1UL << 24) - 1);
    }
}
