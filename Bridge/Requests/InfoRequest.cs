using Bridge.Commands;

namespace Bridge.Requests;

/// <summary><c>info</c>: what <c>bridge/info</c> says. Takes nothing.</summary>
public sealed class InfoRequest(RequestContext context) : IBridgeRequest
{
    public string What => "info";

    public Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return Task.FromResult(fields.Faults.Count > 0
            ? CommandOutcome.Refused(fields.Faults)
            : new CommandOutcome(context.Status.Info().Members, null));
    }
}
