using Bridge.Commands;

namespace Bridge.Requests;

/// <summary><c>info</c>: what <c>bridge/info</c> says. Takes nothing.</summary>
public sealed class InfoRequest(RequestContext context) : IBridgeRequest
{
    public string What => "info";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Faults.Count > 0) return CommandOutcome.Refused(fields.Faults);
        return new((await context.Status.InfoAsync()).Members, null);
    }
}
