using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.ZWave.Inclusion;

namespace Bridge.Requests;

/// <summary>
/// <c>provisioning/remove</c>: {"dsk":"34028-23669-…"}, or that alone. Takes an entry off the list; a node that came by it stays. Works without the controller.
/// </summary>
public sealed class ProvisioningRemoveRequest(RequestContext context) : IBridgeRequest
{
    public string What => "provisioning/remove";

    public string? PlainKey => "dsk";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var text = fields.Text("dsk", isNeeded: true);
        Dsk? dsk = null;
        if (text is not null && !Dsk.TryParse(text, out dsk)) fields.Refuse("\"dsk\" has to be eight groups of five digits, each 00000..65535");
        if (fields.Faults.Count > 0 || dsk is null) return CommandOutcome.Refused(fields.Faults);
        return await context.Inclusion.UnprovisionAsync(dsk)
            ? CommandOutcome.Ok(new KeyValuePair<string, PayloadValue>("dsk", PayloadValue.Of(dsk.ToString())))
            : CommandOutcome.Refused("there is no entry with this \"dsk\"; provisioning/list tells all");
    }
}
