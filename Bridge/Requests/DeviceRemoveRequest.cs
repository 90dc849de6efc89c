using Bridge.Commands;

namespace Bridge.Requests;

/// <summary>
/// <c>device/remove</c>: {"id":4,"force":true}. Takes a node that does not answer off the list of the controller, and everything known of it with it. One that
/// answers is refused: <c>remove_node</c> and its button are for that. Answers when it is gone.
/// </summary>
public sealed class DeviceRemoveRequest(RequestContext context) : IBridgeRequest
{
    public string What => "device/remove";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        var isForced = fields.Flag("force") ?? false;
        if (!isForced && fields.Faults.Count == 0)
        {
            fields.Refuse("\"force\" has to be true: only a node that does not answer can be removed so; remove_node is for one that does");
        }

        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.WhenReadyAsync(async () =>
        {
            var data = context.Identify(node);
            await context.Inclusion.RemoveFailedAsync(node);
            return CommandOutcome.Ok(data);
        });
    }
}
