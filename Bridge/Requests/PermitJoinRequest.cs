using Bridge.Commands;
using Bridge.Mqtt;

namespace Bridge.Requests;

/// <summary>
/// <c>permit_join</c>: {"time":60}, or the seconds alone; 0 ends it. Lets one node join whose button is pushed. <c>strategy</c>: "default" (Security 2, else
/// Security 0, else none), "s2" (secure or not at all), "s0", "insecure". With <c>pin</c> and <c>classes</c> nothing is asked; without, events ask and
/// <c>inclusion/grant</c> and <c>inclusion/dsk</c> answer. Answers when the button may be pushed; events tell the rest.
/// </summary>
public sealed class PermitJoinRequest(RequestContext context) : IBridgeRequest
{
    public string What => "permit_join";

    public string? PlainKey => "time";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var join = JoinRequest.Read(fields, context.UsualStrategy);
        if (fields.IsEmpty) fields.Refuse("\"time\" is missing: the seconds a node may join, 0 ends it");
        if (fields.Faults.Count > 0) return CommandOutcome.Refused(fields.Faults);
        return await context.WhenReadyAsync(async () =>
        {
            if (join.Seconds == 0)
            {
                await context.Inclusion.StopAsync(isWaitedFor: true);
                return CommandOutcome.Ok(new KeyValuePair<string, PayloadValue>("time", PayloadValue.Of(0m)));
            }

            await context.Inclusion.StartInclusionAsync(join.Duration, join.Strategy, context.InclusionUsers.Create(join.Granted, join.Pin));
            return CommandOutcome.Ok(join.Describe());
        });
    }
}
