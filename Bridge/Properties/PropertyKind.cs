namespace Bridge.Properties;

/// <summary>What a property of a node is, which decides how it is read, set and shown.</summary>
public enum PropertyKind
{
    /// <summary>A relay: "ON", "OFF", may be set.</summary>
    Switch,

    /// <summary>A number a meter tells.</summary>
    Reading,

    /// <summary>Does the device warn of too much load: true or false.</summary>
    Overload,

    /// <summary>A configuration parameter: a number or the label of its option, may be set.</summary>
    Parameter,

    /// <summary>Who may operate the device by hand: the label of a state, may be set.</summary>
    Protection,

    /// <summary>"alive", "dead", "unknown".</summary>
    NodeStatus,

    /// <summary>When the last frame came from the node, as ISO 8601 text with zone.</summary>
    LastSeen,

    /// <summary>An action: sets the counters of a meter to zero.</summary>
    ResetMeter,

    /// <summary>An action: the device shows which one it is.</summary>
    Identify,

    /// <summary>An action: every configuration parameter back to its factory default.</summary>
    ResetConfiguration,

    /// <summary>An action: is the node there?</summary>
    Ping,

    /// <summary>An action: the newest firmware there is for the node is brought to it.</summary>
    Update,
}
