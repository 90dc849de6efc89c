using Bridge.Commands;
using Bridge.Mqtt;

namespace Bridge.Requests;

/// <summary>
/// <c>inclusion/dsk</c>: {"pin":"12345"}, or the digits alone. Answers the event <c>inclusion_dsk</c>: the first five digits of the key on the label of the
/// device. "cancel" gives up; the node is not kept then.
/// </summary>
public sealed class InclusionDskRequest(RequestContext context) : IBridgeRequest
{
    private const string Cancel = "cancel";

    public string What => "inclusion/dsk";

    public string? PlainKey => "pin";

    public Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var given = fields.Find("pin");
        var isCancelled = given is { Kind: PayloadKind.Text } text && string.Equals(text.Text.Trim(), Cancel, StringComparison.OrdinalIgnoreCase);
        var pin = isCancelled ? null : InclusionFields.Pin(fields);
        if (given is null) fields.Refuse("\"pin\" is missing: the first five digits on the label of the device");
        if (fields.Faults.Count > 0) return Task.FromResult(CommandOutcome.Refused(fields.Faults));
        return Task.FromResult(context.InclusionUsers.Asking is { } asking && asking.TryEnterPin(pin)
            ? CommandOutcome.Ok()
            : CommandOutcome.Refused("no node waits for the number on its label", "not_ready"));
    }
}
