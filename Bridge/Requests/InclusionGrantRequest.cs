using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.ZWave.Security;

namespace Bridge.Requests;

/// <summary>
/// <c>inclusion/grant</c>: {"classes":["S2_Authenticated"]}, or one word alone. Answers the event <c>inclusion_grant</c>: which of the requested keys the node
/// gets. An empty list or "none" cancels; the node is not kept then.
/// </summary>
public sealed class InclusionGrantRequest(RequestContext context) : IBridgeRequest
{
    public string What => "inclusion/grant";

    public string? PlainKey => "classes";

    public Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var classes = InclusionFields.Classes(fields);
        if (classes is null && fields.Faults.Count == 0) fields.Refuse("\"classes\" is missing: the list of what is granted");
        if (fields.Faults.Count > 0 || classes is not { } granted) return Task.FromResult(CommandOutcome.Refused(fields.Faults));
        return Task.FromResult(Grant(granted));
    }

    private CommandOutcome Grant(SecurityClasses granted)
    {
        if (context.InclusionUsers.Asking is not { Requested: { } requested } asking) return NotAsked();
        var tooMuch = granted.StrongestFirst.Where(one => !requested.Contains(one)).Select(SecurityClassWords.Of).ToArray();
        if (tooMuch.Length > 0)
        {
            var words = string.Join(", ", requested.StrongestFirst.Select(SecurityClassWords.Of));
            return CommandOutcome.Refused($"the node did not request {string.Join(", ", tooMuch)}; it requested {words}");
        }

        return asking.TryGrant(granted.IsEmpty ? null : granted)
            ? CommandOutcome.Ok(new KeyValuePair<string, PayloadValue>("classes", InclusionFields.Of(granted)))
            : NotAsked();
    }

    private static CommandOutcome NotAsked() => CommandOutcome.Refused("no node waits to be granted keys", "not_ready");
}
