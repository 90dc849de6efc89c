using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Requests;

/// <summary>
/// <c>device/associations</c>: {"id":4}, or the number or name alone, reads every group from the device;
/// {"id":4,"group":1,"add":["5","6.1"], "remove":["1.0"]} changes one and reads it back. Members are nodes ("5", 5) or endpoints of nodes
/// ("6.1"); <c>endpoint</c> names whose groups are meant (0: the node itself). A device that does not take a member, because the group is
/// full, is an error that tells who is in it.
/// </summary>
public sealed class DeviceAssociationsRequest(RequestContext context) : IBridgeRequest
{
    private const int MaximumGroup = 255;
    private const int MaximumEndpoint = 127;

    public string What => "device/associations";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        var endpoint = new EndpointIndex((byte)(fields.Number("endpoint", 0, MaximumEndpoint) ?? 0));
        var group = fields.Number("group", 1, MaximumGroup);
        var add = Members(fields, "add");
        var remove = Members(fields, "remove");
        var isChange = add.Count + remove.Count > 0;
        if (isChange && group is null && fields.Faults.Count == 0) fields.Refuse("\"group\" is missing: the number of the group to change");
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.WithNodeAsync(node, async (_, _) =>
        {
            if (!isChange) return await ReadAsync(node, endpoint, group);
            var changed = await context.Network.ChangeAssociationsAsync(node, endpoint, (int)group!.Value, add, remove);
            return Judge(node, endpoint, changed, add, remove);
        });
    }

    private async Task<CommandOutcome> ReadAsync(NodeId node, EndpointIndex endpoint, long? group)
    {
        var groups = await context.Network.GetAssociationsAsync(node, endpoint);
        var wanted = group is null ? groups : [.. groups.Where(found => found.Number == group)];
        return wanted.Count == 0 && group is not null
            ? CommandOutcome.Refused($"\"group\" cannot be {group}; allowed are 1..{groups.Count}")
            : new(Describe(node, endpoint, wanted), null);
    }

    private CommandOutcome Judge(
        NodeId node, EndpointIndex endpoint, AssociationGroup group, IReadOnlyList<AssociationMember> add, IReadOnlyList<AssociationMember> remove)
    {
        var missing = add.Except(group.Members).ToArray();
        var left = remove.Except(add).Intersect(group.Members).ToArray();
        List<string> faults = [];
        if (missing.Length > 0) faults.Add($"the device did not take {string.Join(", ", missing)} into group {group.Number}");
        if (left.Length > 0) faults.Add($"the device kept {string.Join(", ", left)} in group {group.Number}");
        if (missing.Length > 0 && group.MaximumMembers is { } maximum) faults.Add($"it has place for {maximum}");
        return new(Describe(node, endpoint, [group]), faults.Count == 0 ? null : new("not_confirmed", string.Join("; ", faults)));
    }

    private KeyValuePair<string, PayloadValue>[] Describe(NodeId node, EndpointIndex endpoint, IReadOnlyList<AssociationGroup> groups) =>
    [
        .. context.Identify(node),
        new("endpoint", PayloadValue.Of((decimal)endpoint.Value)),
        new("groups", PayloadValue.Of([.. groups.Select(Describe)])),
    ];

    private static PayloadValue Describe(AssociationGroup group) => PayloadFormat.Object(
    [
        new("group", PayloadValue.Of((decimal)group.Number)),
        new("name", group.Name is { } name ? PayloadValue.Of(name) : PayloadValue.Null),
        new("maximum", group.MaximumMembers is { } maximum ? PayloadValue.Of((decimal)maximum) : PayloadValue.Null),
        new("members", PayloadValue.Of([.. group.Members.Select(static member => PayloadValue.Of(member.ToString()))])),
    ]);

    private static List<AssociationMember> Members(RequestFields fields, string key)
    {
        List<AssociationMember> members = [];
        if (fields.Find(key) is not { } value) return members;
        IReadOnlyList<PayloadValue> items = value.Kind == PayloadKind.List ? value.Items : [value];
        foreach (var item in items)
        {
            var text = item.Kind is PayloadKind.Text or PayloadKind.Number ? item.ToString() : null;
            if (AssociationMember.TryParse(text, out var member)) members.Add(member);
            else fields.Refuse(key, item, "it takes nodes (\"5\") and endpoints of nodes (\"5.1\")");
        }

        return members;
    }
}
