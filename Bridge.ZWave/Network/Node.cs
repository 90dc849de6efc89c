using Bridge.ZWave.Devices;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Is the node there?</summary>
public enum NodeStatus
{
    /// <summary>Nothing was heard of it in this run, or since the controller was pulled.</summary>
    Unknown,

    Alive,

    /// <summary>It did not acknowledge a command. Commands are still tried; any frame from it revives it.</summary>
    Dead,
}

/// <summary>How far we know a node.</summary>
public enum InterviewState
{
    None,
    Running,
    Complete,

    /// <summary>It stopped answering; the interview goes on where it stopped when the node is back.</summary>
    Failed,
}

/// <summary>Where an interview stands.</summary>
/// <param name="State">Running, complete …</param>
/// <param name="Percent">0..100 of the steps known so far.</param>
/// <param name="Step">What is being asked: "endpoint 1, Meter: Readings".</param>
public sealed record InterviewProgress(InterviewState State, int Percent, string Step);

/// <summary>What the controller knows of a node's radio without asking it.</summary>
/// <param name="IsListening">Mains powered: can be reached at any time.</param>
/// <param name="IsFrequentlyListening">Can be woken by a beam.</param>
/// <param name="IsRouting">Forwards frames of others.</param>
/// <param name="IsController">Another controller.</param>
/// <param name="BasicDeviceClass">1 portable controller, 2 static controller, 3 end node, 4 routing end node.</param>
/// <param name="GenericDeviceClass">Kind of device; 10 = binary switch.</param>
/// <param name="SpecificDeviceClass">Kind within the generic class.</param>
public sealed record NodeProtocolInformation(
    bool IsListening, bool IsFrequentlyListening, bool IsRouting, bool IsController,
    byte BasicDeviceClass, byte GenericDeviceClass, byte SpecificDeviceClass);

/// <summary>One endpoint of a node and what it can do. Belongs to the network's loop.</summary>
public sealed class Endpoint(EndpointIndex index)
{
    private readonly Dictionary<CommandClassId, byte> _versions = [];

    public EndpointIndex Index { get; } = index;

    public byte GenericDeviceClass { get; set; }

    public byte SpecificDeviceClass { get; set; }

    /// <summary>Every supported class with its version; 0 while the version is not known.</summary>
    public IReadOnlyDictionary<CommandClassId, byte> Classes => _versions;

    /// <summary>Classes the node controls in others (after the mark of its node information).</summary>
    public IReadOnlyList<CommandClassId> ControlledClasses { get; set; } = [];

    public bool Supports(CommandClassId commandClass) => _versions.ContainsKey(commandClass);

    /// <summary>The version to speak: 1 when the node never told it.</summary>
    public byte VersionOf(CommandClassId commandClass) =>
        _versions.TryGetValue(commandClass, out var version) && version > 0 ? version : (byte)1;

    /// <summary>True once the node told a version of the class.</summary>
    public bool KnowsVersionOf(CommandClassId commandClass) => _versions.TryGetValue(commandClass, out var version) && version > 0;

    public void Add(CommandClassId commandClass) => _versions.TryAdd(commandClass, 0);

    public void SetVersion(CommandClassId commandClass, byte version) => _versions[commandClass] = version;

    /// <summary>Replaces the supported classes; versions already known are kept.</summary>
    public void Replace(IEnumerable<CommandClassId> supported)
    {
        ArgumentNullException.ThrowIfNull(supported);
        var wanted = supported.ToHashSet();
        foreach (var gone in _versions.Keys.Where(known => !wanted.Contains(known)).ToArray()) _versions.Remove(gone);
        foreach (var commandClass in wanted) Add(commandClass);
    }
}

/// <summary>A node of the network. Belongs to the network's loop: read and changed there only.</summary>
public sealed class Node(NodeId id)
{
    private readonly SortedDictionary<EndpointIndex, Endpoint> _endpoints = new() { [EndpointIndex.Root] = new(EndpointIndex.Root) };

    public NodeId Id { get; } = id;

    /// <summary>The root device and the endpoints, by number.</summary>
    public IReadOnlyCollection<Endpoint> Endpoints => _endpoints.Values;

    public Endpoint Root => _endpoints[EndpointIndex.Root];

    public NodeProtocolInformation? Protocol { get; set; }

    public NodeStatus Status { get; set; }

    /// <summary>When the last frame came from it; null in this run: never.</summary>
    public DateTimeOffset? LastSeen { get; set; }

    /// <summary>The file of its model; null: it works from its command classes.</summary>
    public DeviceDefinition? Device { get; set; }

    /// <summary>
    /// It said that it was reset to factory settings by hand and left the network for itself. The controller still lists it; nothing of it is to be shown until
    /// it speaks again.
    /// </summary>
    public bool HasLeft { get; set; }

    /// <summary>
    /// The keys it was given; null: nobody knows (it was included by another program). The strongest is the one it is spoken to with, and the only one
    /// its reports are believed with.
    /// </summary>
    public SecurityClasses? GrantedClasses { get; set; }

    /// <summary>How it is spoken to; <see cref="SecurityClass.None"/> also while nobody knows its keys.</summary>
    public SecurityClass SecurityClass => GrantedClasses?.Highest ?? SecurityClass.None;

    /// <summary>
    /// Classes of the root the node said it supports only encrypted. Once told, the other classes of its node information are spoken in the clear; null: not
    /// told (then everything is encrypted).
    /// </summary>
    public IReadOnlySet<CommandClassId>? SecureClasses { get; set; }

    /// <summary>What the user chose for it.</summary>
    public NodeSettings Settings { get; set; } = NodeSettings.Default;

    public NodeCounters Counters { get; } = new();

    /// <summary>How its frames go: signal, route, repetitions.</summary>
    public NodeStatistics Statistics { get; } = new();

    /// <summary>
    /// The order of the endpoints as the states of the relays showed it once: a name of the device file's <c>endpointOrders</c>, or
    /// <see cref="DeviceDefinition.OwnEndpointOrder"/>; null while nothing showed it. Counts only where the user chose none; never changes back.
    /// </summary>
    public string? ObservedEndpointOrder { get; set; }

    /// <summary>What the endpoints are, in the order the user chose, else the one observed, else that of the device file; empty without a file.</summary>
    public IReadOnlyList<EndpointDefinition> EndpointDefinitions =>
        Device is null ? []
        : (Settings.EndpointOrder ?? ObservedEndpointOrder) is { } order && Device.EndpointOrders.TryGetValue(order, out var chosen) ? chosen
        : Device.Endpoints;

    public InterviewProgress Interview { get; set; } = new(InterviewState.None, 0, string.Empty);

    /// <summary>Steps that are done, as "endpoint/class/step"; an interrupted interview goes on after them.</summary>
    public HashSet<string> CompletedSteps { get; } = new(StringComparer.Ordinal);

    /// <summary>Steps the node did not answer; the interview is complete without them.</summary>
    public HashSet<string> FailedSteps { get; } = new(StringComparer.Ordinal);

    /// <summary>Smoothed time from handing a frame to the radio to its acknowledgement; zero while not known.</summary>
    public TimeSpan TransmitTime { get; set; }

    /// <summary>Smoothed time from question to answer.</summary>
    public TimeSpan RoundTrip { get; set; }

    /// <summary>True when it answered late once: it gets more time from then on.</summary>
    public bool IsSlow { get; set; }

    public Endpoint? FindEndpoint(EndpointIndex index) => _endpoints.GetValueOrDefault(index);

    /// <summary>What an endpoint is; null when the device file does not say.</summary>
    public EndpointDefinition? FindDefinition(EndpointIndex index) =>
        EndpointDefinitions.FirstOrDefault(definition => definition.Index == index.Value);

    public Endpoint AddEndpoint(EndpointIndex index)
    {
        if (!_endpoints.TryGetValue(index, out var endpoint)) _endpoints[index] = endpoint = new(index);
        return endpoint;
    }

    public void RemoveEndpoint(EndpointIndex index)
    {
        if (!index.IsRoot) _endpoints.Remove(index);
    }
}
