using System.Globalization;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Cli;

/// <summary>What is known of a network, as rows for people. To be used on the network's loop.</summary>
public static class DemoTables
{
    private static readonly string[] s_plugHeader = ["node", "manufacturer", "model", "endpoints", "command classes"];
    private static readonly string[] s_readingHeader = ["node", "endpoint", "reading", "value"];

    /// <summary>One row a plug.</summary>
    public static IReadOnlyList<string[]> Plugs(INetworkView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return [s_plugHeader, .. view.OtherNodes.Select(node => new[]
        {
            node.Id.ToString(),
            node.Device?.Manufacturer ?? Number(view, node, ManufacturerSpecificCommandClass.ManufacturerId),
            node.Device?.Model ?? Number(view, node, ManufacturerSpecificCommandClass.ProductId),
            (node.Endpoints.Count - 1).ToString(CultureInfo.InvariantCulture),
            string.Join(", ", node.Root.Classes.Keys.Order().Select(id => ClassText(node.Root, id))),
        })];
    }

    /// <summary>One row a switch state or meter reading.</summary>
    public static IReadOnlyList<string[]> Readings(INetworkView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return [s_readingHeader, .. from node in view.OtherNodes
            from value in view.Values.OfNode(node.Id)
            let id = value.Key
            where ReadingText.IsReading(id.Property) && value.Value.Value.IsKnown && ReadingText.IsShown(node, id.Endpoint)
            orderby node.Id, id.Endpoint, id.Property.CommandClass, id.Property.Key
            select new[]
            {
                node.Id.ToString(),
                ReadingText.EndpointName(node, id.Endpoint),
                ReadingText.Label(view, id),
                ReadingText.Text(view, id, value.Value.Value),
            }];
    }

    private static string Number(INetworkView view, Node node, PropertyId property) =>
        view.Values.Read(new(node.Id, EndpointIndex.Root, property)).AsInteger is { } number ? $"0x{number:X4}" : "unknown";

    private static string ClassText(Endpoint endpoint, CommandClassId id) =>
        $"{CommandRegistry.Find(id)?.Name ?? id.ToString()} {endpoint.VersionOf(id)}";
}
