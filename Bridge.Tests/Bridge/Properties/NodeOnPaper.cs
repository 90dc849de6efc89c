using Bridge.Properties;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Properties;

/// <summary>A node that was never interviewed: classes and values as a test wants them.</summary>
internal sealed class NodeOnPaper : INetworkView
{
    public Node Node { get; } = new(new(5));

    public ControllerStatus Status => ControllerStatus.Ready;

    public ControllerIdentity? Identity => null;

    public IEnumerable<Node> OtherNodes => [Node];

    public ValueStore Values { get; } = new(TimeProvider.System);

    public INetworkView View => this;

    public NodeProperties Properties => PropertyCatalog.Of(this, Node);

    public Node? FindNode(NodeId id) => id == Node.Id ? Node : null;

    public void Endpoint(byte index, params CommandClassId[] classes)
    {
        var endpoint = Node.AddEndpoint(new(index));
        foreach (var commandClass in classes) endpoint.SetVersion(commandClass, 1);
    }

    public void Reading(byte endpoint, PropertyId property, decimal value) => Set(endpoint, property, Value.OfDecimal((long)(value * 100), 2));

    public void Set(byte endpoint, PropertyId property, Value value) => Values.Set(new(Node.Id, new(endpoint), property), value);

    /// <summary>Names of the properties with these stems.</summary>
    public IEnumerable<string> Names(params string[] stems) =>
        Properties.All.Where(property => stems.Contains(property.Stem)).Select(static property => property.Name);
}
