using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave.Upkeep;
using Bridge.ZWave.Wire;

namespace Bridge.Requests;

/// <summary>
/// <c>device/heal</c>: {"id":4} finds new routes for a node and answers when that is over; {"id":"all"} or {} does so for the whole network and answers at
/// once, <c>bridge/event</c> tells how it goes on; {"cancel":true} ends either. An empty payload is refused, because it is how a retained request is cleared.
/// </summary>
public sealed class DeviceHealRequest(RequestContext context) : IBridgeRequest
{
    private const string All = "all";

    public string What => "device/heal";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.IsEmpty) fields.Refuse("the payload is empty; device/heal takes {} for the whole network");
        var given = fields.Find("id");
        var isAll = given is null || (given.Kind == PayloadKind.Text && string.Equals(given.Text.Trim(), All, StringComparison.OrdinalIgnoreCase));
        var id = isAll ? null : fields.Node();
        var isCancel = fields.Flag("cancel") ?? false;
        if (isCancel && given is not null) fields.Refuse("\"cancel\" ends whatever heal there is; it takes no \"id\"");
        if (fields.Faults.Count > 0) return CommandOutcome.Refused(fields.Faults);
        if (isCancel) return CommandOutcome.Ok(new KeyValuePair<string, PayloadValue>("cancelled", PayloadValue.Of(await context.Upkeep.Heal.CancelAsync())));
        return id is { } node ? await HealAsync(node) : await HealAllAsync();
    }

    private Task<CommandOutcome> HealAsync(NodeId node) => context.WithNodeAsync(node, async (_, _) =>
    {
        var result = (await context.Upkeep.Heal.HealAsync(node)).Nodes[0];
        var reasons = string.Join("; ", result.Reasons);
        return new(Describe(node, result), result.Outcome switch
        {
            NodeHealOutcome.Healed => null,
            NodeHealOutcome.Cancelled => new("cancelled", $"node {node}: {reasons}"),
            _ => new("not_healed", $"node {node}: {reasons}"),
        });
    });

    private async Task<CommandOutcome> HealAllAsync() => await await context.Network.ReadAsync(async view =>
    {
        if (NetworkAvailability.Refusal(view.Status) is { } refusal) return refusal;
        var nodes = view.OtherNodes.Count();
        var running = context.Upkeep.Heal.HealAllAsync();
        // On the loop it has begun by now, or was refused. Its end is told by an event.
        if (running.IsFaulted) await running;
        return CommandOutcome.Ok(new KeyValuePair<string, PayloadValue>("nodes", PayloadValue.Of((decimal)nodes)));
    });

    private KeyValuePair<string, PayloadValue>[] Describe(NodeId node, NodeHealResult result) =>
    [
        .. context.Identify(node),
        new("outcome", PayloadValue.Of(UpkeepWords.Of(result.Outcome))),
        new("reasons", PayloadValue.Of([.. result.Reasons.Select(static reason => PayloadValue.Of(reason))])),
        new("neighbors", RequestValues.Of(result.Neighbors)),
    ];
}
