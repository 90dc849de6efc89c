using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.Naming;

namespace Bridge.Requests;

/// <summary>
/// <c>device/rename</c>: {"from":"node_4","to":"Heater"} or {"id":4,"to":"Heater"}. The topic of the node follows the name, with "_" for
/// blanks; with "topic":false it stays, and so do flows that use it. A name or topic in use, or an illegal one, is refused. Works without
/// the controller.
/// </summary>
public sealed class DeviceRenameRequest(RequestContext context) : IBridgeRequest
{
    public string What => "device/rename";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Find("from") is not null && fields.Find("id") is not null) fields.Refuse("\"from\" and \"id\" are the same; give one of them");
        var id = fields.Node(fields.Find("from") is null ? "id" : "from");
        var name = fields.Text("to", isNeeded: true);
        var isTopicToo = fields.Flag("topic") ?? true;
        if (fields.Faults.Count > 0 || id is not { } node || name is null) return CommandOutcome.Refused(fields.Faults);
        if (!await context.Network.ReadAsync(view => view.FindNode(node) is not null && view.Identity?.NodeId != node))
        {
            return CommandOutcome.Refused($"node {node} does not exist", "node_unknown");
        }

        var before = context.Directory.Find(node);
        var after = before with { Name = name, Topic = isTopicToo ? TopicNames.FromName(name, node) : before.Topic };
        if (context.Directory.TryReplace(after) is { } fault) return CommandOutcome.Refused(fault);
        // Tells everybody who shows the node that it changed.
        await context.Network.ApplySettingsAsync(node, after.Settings);
        return CommandOutcome.Ok(
            new("id", PayloadValue.Of((decimal)node.Value)),
            new("from", PayloadValue.Of(before.DisplayName)),
            new("to", PayloadValue.Of(after.DisplayName)),
            new("topic", PayloadValue.Of(after.Topic)));
    }
}
