using Bridge.Commands;

namespace Bridge.Requests;

/// <summary>
/// <c>restart</c>: answers, then ends network and connection in good order and begins anew, in the same process. Takes <c>{}</c>; an empty
/// payload is refused, because it is how a retained request is cleared.
/// </summary>
public sealed class RestartRequest(RequestContext context) : IBridgeRequest
{
    public string What => "restart";

    public Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.IsEmpty) fields.Refuse("the payload is empty; restart takes {}");
        return Task.FromResult(fields.Faults.Count > 0 ? CommandOutcome.Refused(fields.Faults) : CommandOutcome.Ok());
    }

    public void Answered() => context.Restart.RequestRestart();
}
