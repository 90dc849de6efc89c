using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// The simulated radio network: one controller and its plugs, and the way a frame takes between them. Any thread may call the public members.
/// </summary>
public sealed class SimulatedNetwork : IDisposable
{
    private const int HighestId = 232;

    private readonly SortedDictionary<NodeId, SimulatedNode> _nodes = [];
    private readonly List<SimulatedNode> _table = [];
    private readonly HashSet<NodeId> _givenIds = [];
    private TimeSpan _airIsFreeAt;

    public SimulatedNetwork(TimeProvider time, HomeId homeId, NodeId controllerNodeId)
    {
        Agenda = new(time);
        HomeId = homeId;
        ControllerNodeId = controllerNodeId;
        Reach = new(Agenda, () => _nodes.Keys.Prepend(ControllerNodeId));
    }

    /// <summary>The usual time a frame is on the air, its acknowledgement included.</summary>
    public static readonly TimeSpan UsualHopTime = TimeSpan.FromMilliseconds(10);

    /// <summary>The clock and the single thread of everything simulated here.</summary>
    public Agenda Agenda { get; }

    public HomeId HomeId { get; internal set; }

    public NodeId ControllerNodeId { get; }

    /// <summary>Who hears whom.</summary>
    public RadioReach Reach { get; }

    /// <summary>How long a frame is on the air; only one is at a time. 0 in tests: everything happens at once, in order.</summary>
    public TimeSpan HopTime { get; set; } = UsualHopTime;

    /// <summary>The plugs, by node id.</summary>
    public IReadOnlyList<SimulatedNode> Nodes => Agenda.Do(() => _nodes.Values.ToArray());

    /// <summary>The plugs that exist but are not in the network, in the order they were put there.</summary>
    public IReadOnlyList<SimulatedNode> Table => Agenda.Do(() => _table.ToArray());

    /// <summary>Called with every frame that reaches the controller: from whom, what, how it came.</summary>
    public Action<NodeId, ReadOnlyMemory<byte>, ReceiveStatus> ControllerHears { get; set; } = static (_, _, _) => { };

    /// <summary>Called with every command the controller sends on the air, whether anybody is there to hear it or not: to whom, what.</summary>
    public Action<NodeId, ReadOnlyMemory<byte>> ControllerSays { get; set; } = static (_, _) => { };

    /// <summary>Called when a plug goes into learn mode.</summary>
    internal Action<SimulatedNode> LearnModeHeard { get; set; } = static _ => { };

    /// <summary>Called when a plug asks to be included by its DSK.</summary>
    internal Action<SimulatedNode> PrimeHeard { get; set; } = static _ => { };

    /// <summary>Called when a plug that was included by its DSK has power again.</summary>
    internal Action<SimulatedNode> InclusionHeard { get; set; } = static _ => { };

    /// <summary>Every plug, in the network or not.</summary>
    internal IEnumerable<SimulatedNode> Everything => _nodes.Values.Concat(_table).ToArray();

    /// <summary>
    /// The network of the demonstration: the three plugs at nodes 2, 3 and 4, relays open, loads that stay the same; or relays closed and loads that
    /// vary.
    /// </summary>
    /// <param name="keys">
    /// The first plug was included with these, and one more lies on the table that joins and leaves by itself; null: all speak in the clear and the table is
    /// empty.
    /// </param>
    public static SimulatedNetwork CreateDefault(TimeProvider time, bool varyingLoads = false, NetworkKeys? keys = null) =>
        NetworkFile.ReadDefault(time, varyingLoads, keys);

    /// <summary>Puts a plug into the network.</summary>
    /// <exception cref="ArgumentException">The id is taken or cannot be a classic node.</exception>
    public SimulatedNode Add(NodeId id, PlugDefinition plug) => Agenda.Do(() =>
    {
        var isFree = id.IsClassic && id != ControllerNodeId && !_nodes.ContainsKey(id);
        if (!isFree) throw new ArgumentException($"node {id} is taken or no classic node", nameof(id));
        var node = new SimulatedNode(id, plug, this);
        _nodes.Add(id, node);
        _givenIds.Add(id);
        node.Membership.Joined(HomeId);
        node.Security.Joined(id, HomeId);
        return node;
    });

    /// <summary>
    /// A plug that is in no network yet, or in another one: joins when its button is pressed while the controller adds nodes, or by SmartStart when it has
    /// Security 2.
    /// </summary>
    /// <param name="privateKey">Of the key pair that gives it its DSK, 32 bytes; empty: a new one.</param>
    /// <param name="home">The other network it belongs to.</param>
    public SimulatedNode PutOnTable(PlugDefinition plug, ReadOnlyMemory<byte> privateKey = default, HomeId? home = null) => Agenda.Do(() =>
    {
        var node = new SimulatedNode(NodeId.None, plug, this, privateKey);
        _table.Add(node);
        if (home is { } other) node.Membership.Joined(other);
        else node.Membership.PoweredUp();
        return node;
    });

    /// <summary>Gives a plug keys, as if it had been included with them.</summary>
    /// <param name="granted">Of these only classes the plug asks for count.</param>
    public void Secure(SimulatedNode node, NetworkKeys keys, SecurityClasses granted)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(keys);
        Agenda.Do(() =>
        {
            foreach (var securityClass in granted.And(node.Plug.Security?.Requested ?? SecurityClasses.None).StrongestFirst)
            {
                node.Security.Grant(securityClass, keys.Find(securityClass, isLongRange: false)!);
            }
        });
    }

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

    /// <summary>
    /// The lowest id that no plug ever had here: a plug that comes again gets another one. When all were given out, the lowest that is free; null: the network
    /// is full.
    /// </summary>
    internal NodeId? NextFreeId()
    {
        NodeId[] free =
        [
            .. Enumerable.Range(1, HighestId).Select(static id => new NodeId((ushort)id)).Where(id => id != ControllerNodeId && !_nodes.ContainsKey(id)),
        ];
        return free.Length == 0 ? null : free.FirstOrDefault(id => !_givenIds.Contains(id), free[0]);
    }

    /// <summary>A plug becomes a node.</summary>
    internal void Join(SimulatedNode plug, NodeId id, bool isSmartStarted)
    {
        _table.Remove(plug);
        _nodes.Add(id, plug);
        _givenIds.Add(id);
        plug.Id = id;
        plug.Membership.Joined(HomeId, isSmartStarted);
        plug.Security.Joined(id, HomeId);
        plug.Security.BeginJoining();
    }

    /// <summary>A plug is told to leave its network, this one or another.</summary>
    internal void Leave(SimulatedNode plug)
    {
        Remove(plug.Id);
        plug.ForgetNetwork();
        plug.Membership.Left();
    }

    /// <summary>The network forgets a plug; the plug does not know that.</summary>
    internal void Remove(NodeId id)
    {
        if (!_nodes.Remove(id, out var plug)) return;
        plug.Id = NodeId.None;
        _table.Add(plug);
    }

    /// <summary>A plug that forgot its network is new; the network goes on counting on one that will never answer again.</summary>
    internal void PutBackOnTable(SimulatedNode plug)
    {
        _nodes[plug.Id] = new(plug.Id, plug.Plug, this) { IsDead = true };
        _table.Add(plug);
        plug.Id = NodeId.None;
        plug.IsDead = false;
        plug.Membership.Left();
    }

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
