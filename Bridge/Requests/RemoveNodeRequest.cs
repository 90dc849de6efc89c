using Bridge.Commands;
using Bridge.Mqtt;

namespace Bridge.Requests;

/// <summary>
/// <c>remove_node</c>: {"time":60}, or the seconds alone; 0 ends it. Lets one node leave whose button is pushed, also one of another network. Answers when the
/// button may be pushed; events tell the rest.
/// </summary>
public sealed class RemoveNodeRequest(RequestContext context) : IBridgeRequest
{
    public string What => "remove_node";

    public string? PlainKey => "time";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var seconds = InclusionFields.Seconds(fields);
        if (fields.IsEmpty) fields.Refuse("\"time\" is missing: the seconds a node may leave, 0 ends it");
        if (fields.Faults.Count > 0) return CommandOutcome.Refused(fields.Faults);
        return await context.WhenReadyAsync(async () =>
        {
            if (seconds == 0) await context.Inclusion.StopAsync(isWaitedFor: true);
            else await context.Inclusion.StartExclusionAsync(TimeSpan.FromSeconds(seconds));
            return CommandOutcome.Ok(new KeyValuePair<string, PayloadValue>("time", PayloadValue.Of((decimal)seconds)));
        });
    }
}
