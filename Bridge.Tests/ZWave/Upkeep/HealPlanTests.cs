using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Upkeep;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Upkeep;

public sealed class HealPlanTests
{
    [Fact]
    public void Listening_nodes_go_first_and_the_nearest_of_them_first()
    {
        Node[] nodes = [Listening(2), Listening(3), Listening(4), Beamed(5), Listening(6)];
        // 1 - 4 - 3 - 2, and 5 next to 1; nobody knows 6
        var hops = HealPlan.Hops(new(1), new Dictionary<NodeId, IReadOnlyList<NodeId>>
        {
            [new(1)] = [new(4), new(5)],
            [new(4)] = [new(1)],
            // only this one knows of it
            [new(3)] = [new(4), new(2)],
        });
        Assert.Equal([4, 3, 2, 6, 5], HealPlan.Order(nodes, hops).Select(static node => (int)node.Id.Value));
        Assert.Equal((1, 2, 3, 1), (hops[new(4)], hops[new(3)], hops[new(2)], hops[new(5)]));
    }

    [Theory]
    [InlineData("alive", false, null)]
    [InlineData("beamed", false, null)]
    [InlineData("dead", false, "it is dead")]
    [InlineData("dead", true, null)]
    [InlineData("asleep", true, "it sleeps and cannot be asked")]
    [InlineData("long range", true, "Long Range nodes have no routes: they speak to the controller alone")]
    [InlineData("left", true, "it left the network")]
    public void Who_cannot_be_healed_is_left_out_with_a_reason(string kind, bool isWanted, string? reason)
    {
        var node = kind switch
        {
            "beamed" => Beamed(9),
            "asleep" => new Node(new(9)) { Protocol = Protocol(isListening: false, isFrequentlyListening: false) },
            "long range" => Listening(300),
            _ => Listening(9),
        };
        if (kind == "dead") node.Status = NodeStatus.Dead;
        node.HasLeft = kind == "left";
        Assert.Equal(reason, HealPlan.ReasonToSkip(node, isWanted));
    }

    [Fact]
    public void Routes_lead_to_the_members_of_all_groups_the_controller_first()
    {
        var values = new ValueStore(TimeProvider.System);
        var node = Listening(9);
        node.AddEndpoint(new(1));
        void Set(byte endpoint, PropertyId property, Value value) => values.Set(new(node.Id, new(endpoint), property), value);
        Set(0, AssociationCommandClass.GroupCount, Value.Of(2));
        Set(0, AssociationCommandClass.Members(1), Value.Of([7, 1]));
        // itself, and one it has already
        Set(0, AssociationCommandClass.Members(2), Value.Of([9, 7]));
        Set(1, MultiChannelAssociationCommandClass.GroupCount, Value.Of(1));
        Set(1, MultiChannelAssociationCommandClass.Members(1), Value.Of([5]));
        // node 6, endpoint 2
        Set(1, MultiChannelAssociationCommandClass.EndpointMembers(1), Value.Of([0x0602]));
        Assert.Equal([1, 5, 6, 7], HealPlan.Destinations(node, new(1), values).Select(static id => (int)id.Value));
    }

    [Fact]
    public void A_node_keeps_routes_to_five_others()
    {
        var values = new ValueStore(TimeProvider.System);
        var node = Listening(9);
        values.Set(new(node.Id, EndpointIndex.Root, AssociationCommandClass.GroupCount), Value.Of(1));
        values.Set(new(node.Id, EndpointIndex.Root, AssociationCommandClass.Members(1)), Value.Of([20, 21, 22, 23, 24, 1]));
        Assert.Equal([1, 20, 21, 22, 23], HealPlan.Destinations(node, new(1), values).Select(static id => (int)id.Value));
    }

    [Theory]
    // 76 000 + 217 * 3 + 3517 * 1
    [InlineData(2, 80_168)]
    // and 732 * 4 for a controller; the Long Range node does not count
    [InlineData(1, 83_096)]
    public void Time_for_the_neighbours_grows_with_the_network(ushort node, int milliseconds)
    {
        var controller = new Node(new(1)) { Protocol = Protocol(isListening: true, isFrequentlyListening: false, isController: true) };
        Node[] network = [controller, Listening(2), Listening(3), Beamed(4), Listening(300)];
        var healed = network.Single(found => found.Id.Value == node);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), NeighborDiscovery.Limit(healed.Protocol is { IsController: true }, network));
    }

    private static Node Listening(ushort id) => new(new(id)) { Protocol = Protocol(isListening: true, isFrequentlyListening: false) };

    private static Node Beamed(ushort id) => new(new(id)) { Protocol = Protocol(isListening: false, isFrequentlyListening: true) };

    private static NodeProtocolInformation Protocol(bool isListening, bool isFrequentlyListening, bool isController = false) =>
        new(isListening, isFrequentlyListening, IsRouting: true, isController, 0x04, 0x10, 0x01);
}
