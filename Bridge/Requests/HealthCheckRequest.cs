using Bridge.Commands;

namespace Bridge.Requests;

/// <summary><c>health_check</c>: what <c>bridge/health</c> says, as of now. Takes nothing.</summary>
public sealed class HealthCheckRequest(RequestContext context) : IBridgeRequest
{
    public string What => "health_check";

    public Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return Task.FromResult(fields.Faults.Count > 0
            ? CommandOutcome.Refused(fields.Faults)
            : new CommandOutcome(context.Status.Health().Members, null));
    }
}
