using System.Text.Json;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>The example flow for Node-RED: what people import.</summary>
public sealed class NodeRedFlowTests
{
    private readonly JsonElement[] _nodes = Read();

    [Fact]
    public void Every_wire_leads_to_a_node_of_the_flow()
    {
        var ids = _nodes.Select(static node => node.Text("id")).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(_nodes.Length, ids.Count);
        var wires = _nodes.Where(static node => node.TryGetProperty("wires", out _))
            .SelectMany(static node => node.GetProperty("wires").EnumerateArray().SelectMany(static output => output.EnumerateArray()))
            .Select(static wire => wire.GetString()!).ToArray();
        Assert.NotEmpty(wires);
        Assert.Empty(wires.Except(ids));
        // Nobody stands alone: what takes messages is led to.
        var takers = _nodes.Where(static node => node.Text("type") is "change" or "switch" or "rbe" or "mqtt out" or "debug");
        Assert.Empty(takers.Select(static node => node.Text("id")).Except(wires));
    }

    [Fact]
    public void Commands_are_not_retained_and_go_to_set_topics()
    {
        var commands = _nodes.Where(static node => node.Text("type") == "mqtt out").ToArray();
        Assert.NotEmpty(commands);
        Assert.All(commands, static node =>
        {
            Assert.Equal("false", node.Text("retain"));
            Assert.Matches("^zwbridge/node_[0-9]+(/[0-9]+)?/set$", node.Text("topic"));
            // An old command must not be carried out late.
            Assert.Equal("10", node.Text("expiry"));
        });
    }

    [Fact]
    public void The_broker_is_spoken_to_with_MQTT_5_and_everybody_uses_it()
    {
        var broker = Assert.Single(_nodes, static node => node.Text("type") == "mqtt-broker");
        Assert.Equal("5", broker.Text("protocolVersion"));
        var users = _nodes.Where(static node => node.Text("type").StartsWith("mqtt ", StringComparison.Ordinal)).ToArray();
        Assert.All(users, user => Assert.Equal(broker.Text("id"), user.Text("broker")));
    }

    [Fact]
    public void It_needs_no_nodes_beyond_those_Node_RED_brings_along_and_no_code()
    {
        string[] known = ["tab", "comment", "mqtt-broker", "mqtt in", "mqtt out", "change", "switch", "rbe", "inject", "debug"];
        Assert.Empty(_nodes.Select(static node => node.Text("type")).Except(known));
    }

    private static JsonElement[] Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.Path("docs", "examples", "node-red-flow.json")));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }
}
