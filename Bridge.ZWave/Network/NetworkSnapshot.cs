using Bridge.ZWave.Security;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>What is remembered of a network between two runs.</summary>
public sealed record NetworkSnapshot(HomeId HomeId, IReadOnlyList<NodeSnapshot> Nodes);

/// <summary>What is remembered of a node, also of one that does not answer now.</summary>
public sealed record NodeSnapshot(NodeId Id)
{
    public NodeProtocolInformation? Protocol { get; init; }

    public InterviewState Interview { get; init; }

    public IReadOnlyList<string> CompletedSteps { get; init; } = [];

    public IReadOnlyList<string> FailedSteps { get; init; } = [];

    public bool IsSlow { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>As <see cref="Node.HasLeft"/>.</summary>
    public bool HasLeft { get; init; }

    /// <summary>Its inclusion failed half-way and it could not be removed: nobody is told of it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>As <see cref="Node.GrantedClasses"/>.</summary>
    public SecurityClasses? GrantedClasses { get; init; }

    /// <summary>As <see cref="Node.SecureClasses"/>.</summary>
    public IReadOnlySet<CommandClassId>? SecureClasses { get; init; }

    /// <summary>As <see cref="Node.ObservedEndpointOrder"/>.</summary>
    public string? ObservedEndpointOrder { get; init; }

    public IReadOnlyList<EndpointSnapshot> Endpoints { get; init; } = [];

    public IReadOnlyList<ValueSnapshot> Values { get; init; } = [];
}

/// <summary>An endpoint and the classes it supports, with their versions (0 = not told).</summary>
public sealed record EndpointSnapshot(
    EndpointIndex Index, byte GenericDeviceClass, byte SpecificDeviceClass,
    IReadOnlyDictionary<CommandClassId, byte> Classes, IReadOnlyList<CommandClassId> ControlledClasses);

/// <summary>A value as last told.</summary>
public sealed record ValueSnapshot(EndpointIndex Endpoint, PropertyId Property, Value Value, ValueMetadata? Metadata);

/// <summary>Keeps networks between runs.</summary>
public interface INetworkStore
{
    /// <summary>What is remembered of the network, or null. Never fails because of what is stored: that is set aside and named in the log.</summary>
    Task<NetworkSnapshot?> LoadAsync(HomeId homeId, CancellationToken cancellationToken);

    /// <summary>Replaces what is remembered, all or nothing.</summary>
    /// <exception cref="IOException">It could not be written; what was remembered before is untouched.</exception>
    Task SaveAsync(NetworkSnapshot snapshot, CancellationToken cancellationToken);
}

/// <summary>Remembers nothing: for a simulated network.</summary>
public sealed class NoNetworkStore : INetworkStore
{
    public Task<NetworkSnapshot?> LoadAsync(HomeId homeId, CancellationToken cancellationToken) => Task.FromResult<NetworkSnapshot?>(null);

    public Task SaveAsync(NetworkSnapshot snapshot, CancellationToken cancellationToken) => Task.CompletedTask;
}
