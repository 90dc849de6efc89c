namespace Bridge.Discovery;

/// <summary>How discovery is published. Valid by the time it gets here.</summary>
public sealed record DiscoveryOptions
{
    /// <summary>False: nothing is announced, and what was announced before is cleared.</summary>
    public bool Discovery { get; init; } = true;

    /// <summary>First level of the topics announced on; what the reader listens to.</summary>
    public string Prefix { get; init; } = "homeassistant";

    /// <summary>One message an entity instead of one a device: for readers that know no more.</summary>
    public bool SingleComponents { get; init; }
}
