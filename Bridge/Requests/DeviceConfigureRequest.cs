using System.Globalization;
using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Requests;

/// <summary>
/// <c>device/configure</c>: {"id":2,"parameter":3,"value":1500}. Writes a configuration parameter and tells what the device says
/// afterwards; without value it is only read. <c>parameter</c> takes the number, also of one nobody describes, or the name; <c>value</c> a
/// number or the label of an option. <c>size</c> is not needed: given, it has to be the size the device uses.
/// </summary>
public sealed class DeviceConfigureRequest(RequestContext context) : IBridgeRequest
{
    public string What => "device/configure";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        var parameter = fields.Find("parameter");
        if (parameter is null) fields.Refuse("\"parameter\" is missing: its number or its name");
        else if (parameter.Kind is not (PayloadKind.Number or PayloadKind.Text)) fields.Refuse("parameter", parameter, "it takes number or name");
        var size = fields.Number("size", 1, 4);
        if (size == 3) fields.Refuse("size", PayloadValue.Of(3m), "allowed are 1, 2 and 4");
        var value = fields.Find("value");
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.WithNodeAsync(node, (view, found) => ConfigureAsync(view, found, parameter!, size, value));
    }

    private async Task<CommandOutcome> ConfigureAsync(INetworkView view, Node node, PayloadValue parameter, long? size, PayloadValue? value)
    {
        List<string> faults = [];
        var property = FindProperty(context.Properties.Of(node), parameter);
        var number = property?.ParameterNumber ?? RawNumber(parameter);
        if (number is null)
        {
            var names = context.Properties.Of(node).All.Where(static known => known.Kind == PropertyKind.Parameter)
                .Select(static known => known.Name);
            return CommandOutcome.Refused(CommandFault.Of("parameter", parameter, string.Join(", ", ["allowed are 0..255", .. names])).ToString());
        }

        var knownSize = KnownSize(view, node.Id, number.Value, property);
        if (size is { } wanted && knownSize is { } known && known != wanted) faults.Add(WrongSize(number.Value, wanted, known));
        var write = value is null ? null : ReadValue(property, value, faults);
        if (faults.Count > 0) return CommandOutcome.Refused(faults);
        if (size is { } told && knownSize is null)
        {
            // Only the device knows it: it is asked before anything is written.
            await context.Network.GetParameterAsync(node.Id, number.Value);
            knownSize = KnownSize(view, node.Id, number.Value, property);
            if (knownSize is { } asked && asked != told) return CommandOutcome.Refused(WrongSize(number.Value, told, asked));
        }

        var result = write is { } toWrite
            ? await context.Network.SetParameterAsync(node.Id, number.Value, toWrite)
            : await context.Network.GetParameterAsync(node.Id, number.Value);
        return context.Ok(node.Id, [.. Describe(view, node.Id, number.Value, property, result)]);
    }

    private static NodeProperty? FindProperty(NodeProperties properties, PayloadValue parameter)
    {
        var key = parameter.Kind == PayloadKind.Text ? parameter.Text.Trim() : null;
        if (key is not null && properties.Find(key) is { Kind: PropertyKind.Parameter } named) return named;
        var number = RawNumber(parameter);
        return number is null ? null : properties.All.FirstOrDefault(property => property.ParameterNumber == number);
    }

    private static int? RawNumber(PayloadValue parameter)
    {
        const string prefix = "parameter_";
        if (parameter.Kind == PayloadKind.Number)
        {
            var isWhole = parameter.Number == decimal.Truncate(parameter.Number);
            return isWhole && parameter.Number is >= 0 and <= byte.MaxValue ? (int)parameter.Number : null;
        }

        var text = parameter.Text.Trim();
        if (text.StartsWith(prefix, StringComparison.Ordinal)) text = text[prefix.Length..];
        return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static long? ReadValue(NodeProperty? property, PayloadValue value, List<string> faults)
    {
        if (property is { IsSettable: false })
        {
            faults.Add($"\"{property.Name}\" cannot be set: the parameter is read-only");
            return null;
        }

        // A parameter nobody describes takes whatever fits; the network refuses what does not fit its size.
        var raw = property ?? new NodeProperty("value", PropertyKind.Parameter) { Stem = "value", Label = "Value" };
        if (PropertyInput.TryReadNumber(raw, value, out var number, out var fault)) return number;
        faults.Add(fault.ToString());
        return null;
    }

    private static long? KnownSize(INetworkView view, NodeId node, int number, NodeProperty? property) =>
        view.Values.Read(new(node, EndpointIndex.Root, ConfigurationCommandClass.ParameterSize(number))).AsInteger ?? property?.Parameter?.Size;

    private static string WrongSize(int number, long wanted, long known) =>
        string.Create(CultureInfo.InvariantCulture, $"\"size\" cannot be {wanted}; parameter {number} has {known} byte(s)");

    private static IEnumerable<KeyValuePair<string, PayloadValue>> Describe(
        INetworkView view, NodeId node, int number, NodeProperty? property, long value)
    {
        yield return new("parameter", PayloadValue.Of((decimal)number));
        if (property is not null) yield return new("parameter_name", PayloadValue.Of(property.Name));
        if (KnownSize(view, node, number, property) is { } size) yield return new("size", PayloadValue.Of((decimal)size));
        yield return new("value", PayloadValue.Of((decimal)value));
        if (property is not null && property.Options.TryGetValue(value, out var label)) yield return new("label", PayloadValue.Of(label));
    }
}
