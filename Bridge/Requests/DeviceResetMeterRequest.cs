using System.Globalization;
using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave.Network;

namespace Bridge.Requests;

/// <summary>
/// <c>device/reset_meter</c>: {"id":2,"endpoint":0}, or the number or name of the node alone. Sets counters to zero and tells the new
/// readings. Without endpoint: every single endpoint, as on the set topic.
/// </summary>
public sealed class DeviceResetMeterRequest(RequestContext context) : IBridgeRequest
{
    private readonly NodeActions _actions = new(context.Network, context.Properties);

    public string What => "device/reset_meter";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        var endpoint = fields.Number("endpoint", 0, 127);
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        var topic = new SetTopic(string.Empty, endpoint?.ToString(CultureInfo.InvariantCulture), "reset_meter");
        return await context.WithNodeAsync(node, (view, found) => ResetAsync(view, found, topic));
    }

    private async Task<CommandOutcome> ResetAsync(INetworkView view, Node node, SetTopic topic)
    {
        var properties = context.Properties.Of(node);
        if (!properties.All.Any(static property => property.Kind == PropertyKind.ResetMeter))
        {
            return CommandOutcome.Refused($"node {node.Id} has no meter that can be reset", "not_supported");
        }

        var command = SetCommandReader.Read(topic, PayloadValue.Of(true), properties);
        if (command.Faults.Count > 0)
        {
            var endpoints = properties.All.Where(static property => property.Kind == PropertyKind.ResetMeter)
                .Select(static property => property.Endpoint);
            return CommandOutcome.Refused($"\"endpoint\" cannot be {topic.Endpoint}; allowed are {string.Join(", ", endpoints)}");
        }

        return context.Ok(node.Id, [.. await _actions.RunAsync(view, node, command.Actions[0], command, default)]);
    }
}
