using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.ZWave.Devices;

namespace Bridge.Requests;

/// <summary>
/// <c>device/options</c>: {"id":4,"options":{"maximum_power":2300}}. Changes what was chosen for a node and tells all of it; without
/// options it only tells. Options: <c>area</c> (text; null: none), <c>endpoint_order</c> (a name of the device file, "file" for its own
/// order; null: as observed), <c>maximum_power</c> (W), <c>meter_filter</c> (true, false), <c>poll_interval</c> (seconds, 0: never; null:
/// as the device needs it). With one fault nothing is changed. Works without the controller.
/// </summary>
public sealed class DeviceOptionsRequest(RequestContext context) : IBridgeRequest
{
    private const int MaximumWatts = 100_000;
    private const int MaximumSeconds = 86_400;
    private const int MaximumAreaCharacters = 64;

    public string What => "device/options";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        var options = fields.Find("options");
        if (options is not null && options.Kind != PayloadKind.Object) fields.Refuse("options", options, "it takes an object");
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        var orders = await context.Network.ReadAsync(view => view.FindNode(node) is { } found && view.Identity?.NodeId != node
            ? Orders(found.Device)
            : null);
        if (orders is null) return CommandOutcome.Refused($"node {node} does not exist", "node_unknown");
        var entry = context.Directory.Find(node);
        if (options is not null)
        {
            var wanted = RequestFields.Of(options, null, context.Directory);
            var changed = Change(entry, wanted, orders);
            if (wanted.Faults.Count > 0) return CommandOutcome.Refused(wanted.Faults);
            if (context.Directory.TryReplace(changed) is { } fault) return CommandOutcome.Refused(fault);
            await context.Network.ApplySettingsAsync(node, changed.Settings);
            entry = changed;
        }

        return context.Ok(node, new KeyValuePair<string, PayloadValue>("options", Describe(entry)));
    }

    private static string[] Orders(DeviceDefinition? device) =>
        device is null or { EndpointOrders.Count: 0 } ? []
        : [.. device.EndpointOrders.Keys.Append(DeviceDefinition.OwnEndpointOrder).Order(StringComparer.Ordinal)];

    private static NodeEntry Change(NodeEntry entry, RequestFields wanted, string[] orders)
    {
        var settings = entry.Settings;
        if (IsNull(wanted, "area")) entry = entry with { Area = null };
        else if (wanted.Text("area") is { } area)
        {
            if (area.Length <= MaximumAreaCharacters && !area.Any(char.IsControl)) entry = entry with { Area = area };
            else wanted.Refuse($"\"area\" takes at most {MaximumAreaCharacters} characters in one line");
        }

        if (IsNull(wanted, "endpoint_order")) settings = settings with { EndpointOrder = null };
        else if (wanted.Text("endpoint_order") is { } order)
        {
            if (orders.Contains(order)) settings = settings with { EndpointOrder = order };
            else wanted.Refuse("endpoint_order", PayloadValue.Of(order), $"allowed are {string.Join(", ", [.. orders, "null"])}");
        }

        if (wanted.Number("maximum_power", 1, MaximumWatts) is { } watts) settings = settings with { MaximumPowerWatts = watts };
        if (wanted.Flag("meter_filter") is { } filter) settings = settings with { FiltersMeters = filter };
        if (IsNull(wanted, "poll_interval")) settings = settings with { PollSeconds = null };
        else if (wanted.Number("poll_interval", 0, MaximumSeconds) is { } seconds) settings = settings with { PollSeconds = (int)seconds };
        return entry with { Settings = settings };
    }

    private static bool IsNull(RequestFields wanted, string key) => wanted.Find(key)?.Kind == PayloadKind.Null;

    private static PayloadValue Describe(NodeEntry entry) => PayloadFormat.Object(
    [
        new("area", entry.Area is { } area ? PayloadValue.Of(area) : PayloadValue.Null),
        new("endpoint_order", entry.Settings.EndpointOrder is { } order ? PayloadValue.Of(order) : PayloadValue.Null),
        new("maximum_power", PayloadValue.Of(entry.Settings.MaximumPowerWatts)),
        new("meter_filter", PayloadValue.Of(entry.Settings.FiltersMeters)),
        new("poll_interval", entry.Settings.PollSeconds is { } seconds ? PayloadValue.Of((decimal)seconds) : PayloadValue.Null),
    ]);
}
