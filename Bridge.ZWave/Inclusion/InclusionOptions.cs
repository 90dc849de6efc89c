namespace Bridge.ZWave.Inclusion;

/// <summary>Which keys a node is to get when it is added.</summary>
public enum InclusionStrategy
{
    /// <summary>Security 2 when the node knows it, else Security 0, else none. An exchange that fails is no "else": the node is not kept then.</summary>
    Default,

    /// <summary>Secure or not at all: a node without Security 2 is not kept.</summary>
    S2Only,

    /// <summary>Security 0, also with nodes that know Security 2.</summary>
    S0,

    /// <summary>No keys: everything it says and is told can be read and forged by anybody in reach.</summary>
    Insecure,
}

/// <summary>What changes of the membership need beside the network.</summary>
public sealed record InclusionOptions
{
    /// <summary>
    /// The key exchange of Security 2; null: that of the specification with the keys of the network. Without keys nodes that want some are not kept.
    /// </summary>
    public INodeBootstrap? Security2 { get; init; }

    /// <summary>The key exchange of Security 0; null: as above.</summary>
    public INodeBootstrap? Security0 { get; init; }

    /// <summary>Where the provisioning list is kept.</summary>
    public IProvisioningStore Provisioning { get; init; } = new NoProvisioningStore();

    /// <summary>
    /// Runs before a node is included, excluded or replaced, and is told which; nothing else may begin meanwhile. Null: nothing runs.
    /// Whether it works out does not matter: it must not throw.
    /// </summary>
    public Func<InclusionActivity, CancellationToken, Task>? BeforeChange { get; init; }

    public InclusionTimeouts Timeouts { get; init; } = new();

    public KeyExchangeTimeouts KeyExchange { get; init; } = new();
}

/// <summary>Waiting times of inclusion and exclusion, and what happens when they are over.</summary>
/// <remarks>Source: Serial API reference, timeouts and AddNodeToNetwork.</remarks>
public sealed record InclusionTimeouts
{
    /// <summary>From the request to "ready". Over: the module does not do it.</summary>
    public TimeSpan Ready { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From "node found" to "adding", and between the stages of a removal. Over: it is stopped.</summary>
    public TimeSpan Stage { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From "node found" to "removing". Over: it is stopped.</summary>
    public TimeSpan Removing { get; init; } = TimeSpan.FromSeconds(14);

    /// <summary>From a stop to "done", which not every firmware says. Over: it counts as stopped.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For a SmartStart node that was asked to join. Over: it is stopped; the node asks again by itself.</summary>
    public TimeSpan SmartStart { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For the button of a node that did not get its keys. Over: it stays in the network, hidden.</summary>
    public TimeSpan CleanUp { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For the removal of a failed node, which pings it again. Over: the list of nodes tells.</summary>
    public TimeSpan FailedNode { get; init; } = TimeSpan.FromSeconds(65);

    /// <summary>Before a busy module is asked again.</summary>
    public TimeSpan Busy { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Before a node that said it was reset is pinged: it says so before it leaves. Doubled with each further try.</summary>
    public TimeSpan Departure { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For routes to the controller, which the new node is told.</summary>
    public TimeSpan ReturnRoute { get; init; } = TimeSpan.FromSeconds(65);
}
