using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// The simulated radio network: one controller and its plugs, and the way a frame takes between them. Any thread may call the public members.
/// </summary>
public sealed class SimulatedNetwork : IDisposable
{
    private readonly SortedDictionary<NodeId, SimulatedNode> _nodes = [];
    private TimeSpan _airIsFreeAt;

    public SimulatedNetwork(TimeProvider time, HomeId homeId, NodeId controllerNodeId)
    {
        Agenda = new(time);
        HomeId = homeId;
        ControllerNodeId = controllerNodeId;
    }

    /// <summary>The usual time a frame is on the air, its acknowledgement included.</summary>
    public static readonly TimeSpan UsualHopTime = TimeSpan.FromMilliseconds(10);

    /// <summary>The clock and the single thread of everything simulated here.</summary>
    public Agenda Agenda { get; }

    public HomeId HomeId { get; internal set; }

    public NodeId ControllerNodeId { get; }

    /// <summary>How long a frame is on the air; only one is at a time. 0 in tests: everything happens at once, in order.</summary>
    public TimeSpan HopTime { get; set; } = UsualHopTime;

    /// <summary>The plugs, by node id.</summary>
    public IReadOnlyList<SimulatedNode> Nodes => Agenda.Do(() => _nodes.Values.ToArray());

    /// <summary>Called with every frame that reaches the controller: from whom, what, how it came.</summary>
    public Action<NodeId, ReadOnlyMemory<byte>, ReceiveStatus> ControllerHears { get; set; } = static (_, _, _) => { };

    /// <summary>Called with every command the controller sends on the air, whether anybody is there to hear it or not: to whom, what.</summary>
    public Action<NodeId, ReadOnlyMemory<byte>> ControllerSays { get; set; } = static (_, _) => { };

    /// <summary>
    /// The network of the demonstration: the three plugs at nodes 2, 3 and 4, relays open, loads that stay the same; or relays closed and loads that
    /// vary.
    /// </summary>
    public static SimulatedNetwork CreateDefault(TimeProvider time, bool varyingLoads = false) => NetworkFile.ReadDefault(time, varyingLoads);

    /// <summary>Puts a plug into the network.</summary>
    /// <exception cref="ArgumentException">The id is taken or cannot be a classic node.</exception>
    public SimulatedNode Add(NodeId id, PlugDefinition plug) => Agenda.Do(() =>
    {
        var isFree = id.IsClassic && id != ControllerNodeId && !_nodes.ContainsKey(id);
        if (!isFree) throw new ArgumentException($"node {id} is taken or no classic node", nameof(id));
        var node = new SimulatedNode(id, plug, this);
        _nodes.Add(id, node);
        return node;
    });

    /// <summary>The plug of a node id, or null.</summary>
    public SimulatedNode? Find(NodeId id) => Agenda.Do(() => _nodes.GetValueOrDefault(id));

    /// <summary>The plug of a node id that is there.</summary>
    public SimulatedNode this[ushort id] => Find(new(id)) ?? throw new ArgumentException($"there is no node {id}", nameof(id));

    /// <summary>
    /// The controller sends a command, now: false when nobody acknowledges it. A broadcast is acknowledged by nobody and answered by nobody.
    /// </summary>
    public bool Transmit(NodeId destination, ReadOnlyMemory<byte> command) => Agenda.Do(() =>
    {
        ControllerSays(destination, command);
        if (destination == NodeId.Broadcast) TransmitToAll(_nodes.Keys, command);
        else if (_nodes.GetValueOrDefault(destination) is not { IsDead: false } node) return false;
        else node.Receive(ControllerNodeId, command, isSinglecast: true);
        return true;
    });

    public void Dispose() => Agenda.Dispose();

    /// <summary>The controller sends a command to several nodes at once.</summary>
    internal void TransmitToAll(IEnumerable<NodeId> destinations, ReadOnlyMemory<byte> command)
    {
        foreach (var destination in destinations.ToArray()) _nodes.GetValueOrDefault(destination)?.Receive(ControllerNodeId, command, isSinglecast: false);
    }

    internal void Remove(NodeId id) => _nodes.Remove(id);

    /// <summary>A plug sends a command to the controller or to another plug.</summary>
    internal void Send(NodeId source, NodeId destination, byte[] command) => Travel(() =>
    {
        if (destination == ControllerNodeId) ControllerHears(source, command, ReceiveStatus.None);
        else _nodes.GetValueOrDefault(destination)?.Receive(source, command, isSinglecast: true);
    });

    /// <summary>Runs <paramref name="arrive"/> once a frame sent now, after all before it, has arrived.</summary>
    internal void Travel(Action arrive)
    {
        var now = Agenda.Now;
        _airIsFreeAt = (_airIsFreeAt > now ? _airIsFreeAt : now) + HopTime;
        Agenda.At(_airIsFreeAt, arrive);
    }
}
