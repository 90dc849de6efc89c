namespace Bridge.Options;

/// <summary>When <c>last_seen</c> of a node is published.</summary>
public enum LastSeenMode
{
    /// <summary>With the next change of another value.</summary>
    Change,

    /// <summary>With every frame of the node: a message each, even when nothing else changed.</summary>
    Always,

    /// <summary>Never: it is null.</summary>
    Off,
}
