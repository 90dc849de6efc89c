namespace Bridge.ZWave.Network;

/// <summary>What the user may choose for one node. Immutable: a change is a new record.</summary>
public sealed record NodeSettings
{
    public static readonly NodeSettings Default = new();

    /// <summary>
    /// Which order the endpoints have: a name of the device file's <c>endpointOrders</c>, or "file" for the order of the file itself; null: as
    /// observed, else as the file says. Revisions of one model differ in it.
    /// </summary>
    public string? EndpointOrder { get; init; }

    /// <summary>More than this the plug cannot measure: the limit for the energy that can have been used between two readings.</summary>
    public decimal MaximumPowerWatts { get; init; } = 4600;

    /// <summary>False: energies are taken as they come. For devices the filter misjudges.</summary>
    public bool FiltersMeters { get; init; } = true;

    /// <summary>Seconds between two polls of each reading; 0: never; null: as the device file says, or as its silence demands.</summary>
    public int? PollSeconds { get; init; }
}
