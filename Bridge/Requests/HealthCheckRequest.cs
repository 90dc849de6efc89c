using Bridge.Commands;

namespace Bridge.Requests;

/// <summary><c>health_check</c>: what <c>bridge/health</c> says, as of now. Takes nothing.</summary>
public sealed class HealthCheckRequest(RequestContext context) : IBridgeRequest
{
    public string What => "health_check";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Faults.Count > 0) return CommandOutcome.Refused(fields.Faults);
        return new((await context.Status.HealthAsync()).Members, null);
    }
}
