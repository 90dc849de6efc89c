using System.Globalization;
using System.Net;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;

namespace Bridge.Cli;

/// <summary>What the demonstration tells: the plugs, their topics, and commands to try, ready to be pasted. To be used on the network's loop.</summary>
internal static class DemoText
{
    private static readonly string[] s_header = ["node", "topic", "model", "shows"];

    /// <param name="baseTopic">"zwbridge".</param>
    /// <param name="prefix">"homeassistant".</param>
    /// <param name="broker">Where the built-in broker listens.</param>
    /// <param name="spares">Plugs that are not in the network and can be included.</param>
    public static string Of(
        INetworkView view, PropertyCache properties, INodeDirectory directory, string baseTopic, string prefix, IPEndPoint broker,
        IReadOnlyList<SimulatedNode> spares)
    {
        string Topic(Node node) => $"{baseTopic}/{directory.Find(node.Id).Topic}";
        Node[] nodes = [.. view.OtherNodes];
        var plugs = TextTable.Format(
        [
            s_header,
            .. nodes.Select(node => new[]
            {
                node.Id.ToString(), Topic(node), node.Device?.Model ?? "unknown",
                string.Join(", ", Shown(properties.Of(node)).Select(static one => one.Name)),
            }),
        ]);
        var port = broker.Port == 1883 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" -p {broker.Port}");
        List<string[]> commands =
        [
            ["everything there is", $"mosquitto_sub{port} -v -t '{baseTopic}/#'"],
            ["what Home Assistant is told", $"mosquitto_sub{port} --retained-only -v -t '{prefix}/#'"],
        ];
        if (Find(nodes, properties, PropertyKind.Switch, hasEndpoints: true) is { } strip)
        {
            commands.Add(["switch one relay", $"mosquitto_pub{port} -t {Topic(strip.Node)}/{strip.Property.Endpoint}/set -m OFF"]);
            commands.Add(["reset its energy", $"mosquitto_pub{port} -t {Topic(strip.Node)}/set/reset_meter -m PRESS"]);
        }

        if (Find(nodes, properties, PropertyKind.Switch, hasEndpoints: false) is { } plug)
        {
            commands.Add(["switch a plug", $"mosquitto_pub{port} -t {Topic(plug.Node)}/set -m TOGGLE"]);
            commands.Add(["ask it for everything", $"mosquitto_pub{port} -t {Topic(plug.Node)}/get -n"]);
        }

        if (Parameter(nodes, properties) is { } parameter)
        {
            var value = parameter.Property.Options.Values.Last();
            commands.Add(["set a parameter", $"mosquitto_pub{port} -t {Topic(parameter.Node)}/set/{parameter.Property.Name} -m '{value}'"]);
        }

        commands.Add(["ask the bridge", $"mosquitto_rr{port} -V 5 -t {baseTopic}/bridge/request/health_check -e reply/1 -m '{{}}'"]);
        var request = $"mosquitto_pub{port} -t {baseTopic}/bridge/request";
        const string classes = """{"classes":["S2_Authenticated","S2_Unauthenticated"]}""";
        foreach (var spare in spares)
        {
            commands.Add(["include one more plug", $"{request}/permit_join -m 60"]);
            commands.Add(["when bridge/event asks for classes", $"{request}/inclusion/grant -m '{classes}'"]);
            commands.Add(["when it asks for the PIN", $$"""{{request}}/inclusion/dsk -m '{"pin":"{{spare.Security.DskText[..5]}}"}'"""]);
            commands.Add(["exclude it again", $"{request}/remove_node -m 60"]);
        }

        var beside = string.Concat(spares.Select(static spare => $"\nTo be included: {spare.Plug.Name}, DSK {spare.Security.DskText}\n"));
        return $"\nThe plugs:\n\n{plugs}{beside}\nTo try, in another terminal (mosquitto-clients):\n\n{TextTable.Format(commands)}\n";
    }

    private static IEnumerable<NodeProperty> Shown(NodeProperties properties) =>
        properties.All.Where(static property => property is { IsState: true, Kind: not PropertyKind.Parameter });

    private static (Node Node, NodeProperty Property)? Find(Node[] nodes, PropertyCache properties, PropertyKind kind, bool hasEndpoints)
    {
        foreach (var node in nodes)
        {
            var found = properties.Of(node).All.FirstOrDefault(property => property.Kind == kind && property.Endpoint.IsRoot != hasEndpoints);
            if (found is not null) return (node, found);
        }

        return null;
    }

    private static (Node Node, NodeProperty Property)? Parameter(Node[] nodes, PropertyCache properties)
    {
        foreach (var node in nodes)
        {
            var found = properties.Of(node).All.FirstOrDefault(static property =>
                property is { Kind: PropertyKind.Parameter, IsEnumeration: true, IsHidden: false });
            if (found is not null) return (node, found);
        }

        return null;
    }
}
