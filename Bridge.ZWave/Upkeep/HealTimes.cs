namespace Bridge.ZWave.Upkeep;

/// <summary>Waiting times of a heal.</summary>
public sealed record HealTimes
{
    /// <summary>Between two nodes: what users want goes out meanwhile.</summary>
    public TimeSpan NodePause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two steps of a node, for the same reason.</summary>
    public TimeSpan StepPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Before a step that failed is tried again.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From the request of a return route to its callback. Elapses: the step failed.</summary>
    public TimeSpan ReturnRoute { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a step is tried in all.</summary>
    public int Attempts { get; init; } = 3;
}
