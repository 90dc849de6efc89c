using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Publishing;

/// <summary>A network on paper: what an observer may read of it.</summary>
internal sealed class FakeNetworkView(TimeProvider time) : INetworkView
{
    private readonly SortedDictionary<NodeId, Node> _nodes = [];

    public ControllerStatus Status { get; set; } = ControllerStatus.Starting;

    public ControllerIdentity? Identity { get; set; } = IdentityOf(0xE1A2B3C4);

    public IEnumerable<Node> OtherNodes => _nodes.Values;

    public ValueStore Values { get; } = new(time);

    public Node? FindNode(NodeId id) => _nodes.GetValueOrDefault(id);

    public static ControllerIdentity IdentityOf(uint homeId) => new()
    {
        HomeId = new(homeId),
        NodeId = new(1),
        LibraryVersion = "Z-Wave 7.18",
        LibraryType = 1,
        ApiVersion = 7,
        ApiRevision = 18,
        ManufacturerId = 0x0001,
        ProductTypeId = 0x0002,
        ProductId = 0x0003,
        Functions = new HashSet<Bridge.ZWave.Serial.FunctionId>(),
        NodeIds = [new(1)],
    };

    /// <summary>A plug with a relay and a meter for W and kWh, interviewed in an earlier run.</summary>
    public Node AddPlug(NodeId id, InterviewState interview = InterviewState.Complete)
    {
        var node = new Node(id)
        {
            Protocol = new(true, false, true, false, 4, 0x10, 0x01),
            Interview = new(interview, interview == InterviewState.Complete ? 100 : 0, string.Empty),
        };
        node.Root.SetVersion(SwitchBinaryCommandClass.Id, 2);
        node.Root.SetVersion(MeterCommandClass.Id, 3);
        _nodes[id] = node;
        Values.Restore(State(id), Value.Of(true), null);
        Values.Restore(Power(id), Value.OfDecimal(421, 1), null);
        Values.Restore(Energy(id), Value.OfDecimal(12_340, 3), null);
        return node;
    }

    public void Remove(NodeId id) => _nodes.Remove(id);

    public static ValueId State(NodeId node) => new(node, EndpointIndex.Root, SwitchBinaryCommandClass.State);

    public static ValueId Power(NodeId node) => new(node, EndpointIndex.Root, MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 2));

    public static ValueId Energy(NodeId node) => new(node, EndpointIndex.Root, MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 0));
}
