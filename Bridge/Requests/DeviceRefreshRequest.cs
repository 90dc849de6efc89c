using Bridge.Commands;

namespace Bridge.Requests;

/// <summary>
/// <c>device/refresh</c>: {"id":4}, or the number or name alone. Reads switches, meters and alarms of a node again. Answers when all of
/// them were read.
/// </summary>
public sealed class DeviceRefreshRequest(RequestContext context) : IBridgeRequest
{
    public string What => "device/refresh";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.WithNodeAsync(node, async (_, _) => await context.Network.RefreshAsync(node)
            ? context.Ok(node)
            : new(context.Identify(node), new("node_no_ack", $"node {node} stopped answering")));
    }
}
