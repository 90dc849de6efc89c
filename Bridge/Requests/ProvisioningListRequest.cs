using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave.Inclusion;

namespace Bridge.Requests;

/// <summary><c>provisioning/list</c>: who may join by himself, and who did. Takes nothing.</summary>
public sealed class ProvisioningListRequest(RequestContext context) : IBridgeRequest
{
    public string What => "provisioning/list";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Faults.Count > 0) return CommandOutcome.Refused(fields.Faults);
        var entries = await context.Network.ReadAsync(_ => context.Inclusion.Provisioned);
        return CommandOutcome.Ok(new KeyValuePair<string, PayloadValue>(
            "entries", PayloadValue.Of([.. entries.Select(static entry => PayloadFormat.Object(Describe(entry)))])));
    }

    /// <summary>An entry as requests show it.</summary>
    internal static KeyValuePair<string, PayloadValue>[] Describe(ProvisioningEntry entry) =>
    [
        new("dsk", PayloadValue.Of(entry.Dsk.ToString())),
        new("classes", InclusionFields.Of(entry.Granted)),
        new("name", entry.Name is { } name ? PayloadValue.Of(name) : PayloadValue.Null),
        new("state", PayloadValue.Of(InclusionWords.Of(entry.State))),
        new("id", entry.Node is { } node ? PayloadValue.Of((decimal)node.Value) : PayloadValue.Null),
    ];
}
