using Bridge.Commands;
using Bridge.Mqtt;

namespace Bridge.Requests;

/// <summary>
/// <c>device/interview</c>: {"id":4}, or the number or name alone. Finds out everything about a node again. Answers when the interview is
/// over, after some seconds, or with an error when the node stopped answering; <c>bridge/devices</c> tells meanwhile that it is running. A
/// second one for the same node is refused at once.
/// </summary>
public sealed class DeviceInterviewRequest(RequestContext context) : IBridgeRequest
{
    public string What => "device/interview";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.WithNodeAsync(node, async (_, _) => await context.Network.InterviewAsync(node)
            ? context.Ok(node, new KeyValuePair<string, PayloadValue>("interview", PayloadValue.Of("complete")))
            : new(
                [.. context.Identify(node), new("interview", PayloadValue.Of("failed"))],
                new("node_no_ack", $"node {node} stopped answering; the interview goes on when it is back")));
    }
}
