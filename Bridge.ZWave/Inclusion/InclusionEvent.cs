using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>What the module is busy with. One thing at a time.</summary>
public enum InclusionActivity
{
    None,

    /// <summary>A node is being added, or may be added.</summary>
    Including,

    /// <summary>A node is being excluded, or may be excluded.</summary>
    Excluding,

    /// <summary>A node that does not answer is being taken off the list.</summary>
    Removing,

    /// <summary>A node that does not answer is being replaced by another.</summary>
    Replacing,
}

/// <summary>A step of an inclusion, exclusion or removal. The records of this file are all there are.</summary>
public abstract record InclusionEvent;

/// <summary>Nodes may join: push the button of one.</summary>
/// <param name="Dsk">The SmartStart node that is asked to join; null: anyone.</param>
public sealed record InclusionStarted(InclusionStrategy Strategy, TimeSpan Duration, Dsk? Dsk) : InclusionEvent;

/// <summary>Nodes may not join any more.</summary>
/// <param name="Reason">In words: the time is over, it was stopped.</param>
public sealed record InclusionStopped(string Reason) : InclusionEvent;

/// <summary>A node answered: it is being added or removed, and nothing can stop that.</summary>
public sealed record NodeFound(InclusionActivity Activity) : InclusionEvent;

/// <summary>A node is in the network; keys come next. It is not shown to anybody yet.</summary>
public sealed record NodeJoined(NodeId Node) : InclusionEvent;

/// <summary>Somebody has to say which classes are granted, within <see cref="Limit"/>.</summary>
public sealed record GrantWanted(NodeId Node, SecurityClasses Requested, TimeSpan Limit) : InclusionEvent;

/// <summary>Somebody has to read the number on the label of the device, within <see cref="Limit"/>.</summary>
/// <param name="Dsk">As far as the node told it: the first of the eight groups is "?????".</param>
public sealed record PinWanted(NodeId Node, string Dsk, TimeSpan Limit) : InclusionEvent;

/// <summary>The node has its keys.</summary>
public sealed record KeysExchanged(NodeId Node, SecurityClasses Granted) : InclusionEvent;

/// <summary>The node did not get the keys it was to get and is not kept.</summary>
public sealed record BootstrapFailed(NodeId Node, KeyExchangeFailure? Failure, string Reason) : InclusionEvent;

/// <summary>The button of a node has to be pushed so that it can be removed again.</summary>
public sealed record ButtonWanted(NodeId Node, TimeSpan Limit) : InclusionEvent;

/// <summary>A node that is not kept could not be removed: it stays in the network and is not shown.</summary>
public sealed record NodeLeftBehind(NodeId Node, string Reason) : InclusionEvent;

/// <summary>The node is there to stay; told right before the network tells so, so that names can be given.</summary>
/// <param name="Entry">By which entry of the provisioning list it came; null: by none.</param>
/// <param name="IsReplacement">It has the number of the node that it replaces.</param>
public sealed record NodeIncluded(Node Node, ProvisioningEntry? Entry, bool IsReplacement) : InclusionEvent;

/// <summary>The interview of a new node began.</summary>
public sealed record InterviewBegan(NodeId Node) : InclusionEvent;

/// <summary>Nodes may leave: push the button of one.</summary>
public sealed record ExclusionStarted(TimeSpan Duration) : InclusionEvent;

/// <summary>Nodes may not leave any more.</summary>
public sealed record ExclusionStopped(string Reason) : InclusionEvent;

/// <summary>A node was excluded and can be included again.</summary>
/// <param name="Node"><see cref="NodeId.None"/>: it belonged to another network.</param>
public sealed record NodeExcluded(NodeId Node) : InclusionEvent;

/// <summary>A node that does not answer was taken off the list.</summary>
/// <param name="HadReset">It had said before that it was reset by hand.</param>
public sealed record FailedNodeRemoved(NodeId Node, bool HadReset) : InclusionEvent;

/// <summary>The node that takes the number of another may join now: push its button.</summary>
public sealed record ReplacementStarted(NodeId Node) : InclusionEvent;

/// <summary>It came to nothing.</summary>
/// <param name="Node">Whom it was about; <see cref="NodeId.None"/> when nobody was found yet.</param>
public sealed record InclusionFailed(InclusionActivity Activity, NodeId Node, string Reason) : InclusionEvent;

/// <summary>The provisioning list changed.</summary>
public sealed record ProvisioningChanged : InclusionEvent;
