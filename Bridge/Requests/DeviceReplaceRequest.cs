using Bridge.Commands;

namespace Bridge.Requests;

/// <summary>
/// <c>device/replace</c>: {"id":4}. Gives number, name and topic of a node that does not answer to a new one whose button is pushed. Takes <c>time</c>,
/// <c>strategy</c>, <c>pin</c> and <c>classes</c> like <c>permit_join</c>. Answers when the button may be pushed; events tell the rest.
/// </summary>
public sealed class DeviceReplaceRequest(RequestContext context) : IBridgeRequest
{
    public string What => "device/replace";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        var join = JoinRequest.Read(fields, context.UsualStrategy);
        if (join.Seconds == 0) fields.Refuse("\"time\" cannot be 0; permit_join with 0 ends the wait");
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.WhenReadyAsync(async () =>
        {
            await context.Inclusion.ReplaceFailedAsync(
                node, join.Duration, join.Strategy, context.InclusionUsers.Create(join.Granted, join.Pin));
            return context.Ok(node, join.Describe());
        });
    }
}
