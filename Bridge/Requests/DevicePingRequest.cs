using Bridge.Commands;
using Bridge.Mqtt;

namespace Bridge.Requests;

/// <summary>
/// <c>device/ping</c>: {"id":4}, or the number or name alone. Is the node there? Answers with the milliseconds until its acknowledgement,
/// or with an error.
/// </summary>
public sealed class DevicePingRequest(RequestContext context) : IBridgeRequest
{
    public string What => "device/ping";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.WithNodeAsync(node, async (_, _) =>
        {
            var started = context.Time.GetTimestamp();
            if (!await context.Network.PingAsync(node)) return new(context.Identify(node), new("node_no_ack", $"node {node} does not answer"));
            var elapsed = (decimal)Math.Round(context.Time.GetElapsedTime(started).TotalMilliseconds);
            return context.Ok(node, new KeyValuePair<string, PayloadValue>("milliseconds", PayloadValue.Of(elapsed)));
        });
    }
}
