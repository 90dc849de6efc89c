using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Reads and changes association groups. Members with an endpoint go through Multi Channel Association, plain nodes through Association where the node
/// has it: both classes show the same groups. Belongs to the network's loop.
/// </summary>
internal sealed class AssociationControl(NetworkContext context, CommandExchange exchange)
{
    // Endpoint 0 is a legal destination from this version on.
    private const byte EndpointZeroVersion = 3;

    /// <summary>Reads every group from the device.</summary>
    /// <exception cref="ZWaveException">No such endpoint, no groups, or the node does not answer.</exception>
    public async Task<IReadOnlyList<AssociationGroup>> ReadAsync(Node node, EndpointIndex index, CancellationToken cancellationToken)
    {
        var endpoint = Require(node, index);
        var count = await CountAsync(node, endpoint, cancellationToken);
        List<AssociationGroup> groups = [];
        for (var number = 1; number <= count; number++) groups.Add(await ReadGroupAsync(node, endpoint, (byte)number, cancellationToken));
        return groups;
    }

    /// <summary>Takes members out of a group, then puts members in, and reads it back.</summary>
    /// <exception cref="ZWaveException">No such group or class, not delivered, refused, or not told afterwards.</exception>
    public async Task<AssociationGroup> ChangeAsync(
        Node node, EndpointIndex index, int number, IReadOnlyList<AssociationMember> add, IReadOnlyList<AssociationMember> remove,
        CancellationToken cancellationToken)
    {
        var endpoint = Require(node, index);
        foreach (var member in add.Concat(remove)) RefuseImpossible(node, endpoint, member);
        var count = await CountAsync(node, endpoint, cancellationToken);
        // A device takes a group it does not have for the first one.
        if (number < 1 || number > count)
        {
            throw Error(ZWaveErrorCode.InvalidArgument, node, $"has no association group {number}; allowed are 1..{count}");
        }

        var group = (byte)number;
        foreach (var command in Removals(endpoint, group, remove).Concat(Additions(endpoint, group, add)))
        {
            if (await exchange.SetAsync(node, index, command, SendPriority.User, cancellationToken) == SetResult.Refused)
            {
                throw Error(ZWaveErrorCode.NodeRefused, node, $"refused to change association group {number}");
            }
        }

        return await ReadGroupAsync(node, endpoint, group, cancellationToken);
    }

    private static IEnumerable<ICommand> Removals(Endpoint endpoint, byte group, IReadOnlyList<AssociationMember> members)
    {
        // No list may be empty: that would take everybody out.
        if (Nodes(members) is { Length: > 0 } nodes)
        {
            yield return endpoint.Supports(AssociationCommandClass.Id)
                ? new AssociationRemove(group, nodes)
                : new MultiChannelAssociationRemove(group, nodes, []);
        }

        if (Destinations(members) is { Length: > 0 } destinations) yield return new MultiChannelAssociationRemove(group, [], destinations);
    }

    private static IEnumerable<ICommand> Additions(Endpoint endpoint, byte group, IReadOnlyList<AssociationMember> members)
    {
        if (Nodes(members) is { Length: > 0 } nodes)
        {
            yield return endpoint.Supports(AssociationCommandClass.Id)
                ? new AssociationSet(group, nodes)
                : new MultiChannelAssociationSet(group, nodes, []);
        }

        if (Destinations(members) is { Length: > 0 } destinations) yield return new MultiChannelAssociationSet(group, [], destinations);
    }

    private static byte[] Nodes(IEnumerable<AssociationMember> members) =>
        [.. members.Where(static member => member.Endpoint is null).Select(static member => (byte)member.Node.Value).Distinct()];

    private static EndpointDestination[] Destinations(IEnumerable<AssociationMember> members) =>
    [
        .. members.Where(static member => member.Endpoint is not null).Distinct()
            .Select(static member => new EndpointDestination((byte)member.Node.Value, IsBitAddress: false, member.Endpoint!.Value.Value)),
    ];

    private static void RefuseImpossible(Node node, Endpoint endpoint, AssociationMember member)
    {
        if (!member.Node.IsClassic) throw Error(ZWaveErrorCode.InvalidArgument, node, $"cannot hold node {member.Node} in a group; allowed are 1..232");
        if (member.Endpoint is not { } index) return;
        if (!endpoint.Supports(MultiChannelAssociationCommandClass.Id))
        {
            throw Error(ZWaveErrorCode.NotSupported, node, $"holds nodes in its groups, not endpoints: {member} cannot be a member");
        }

        if (index.IsRoot && endpoint.VersionOf(MultiChannelAssociationCommandClass.Id) < EndpointZeroVersion)
        {
            throw Error(ZWaveErrorCode.NotSupported, node, $"is too old to hold endpoint 0 in a group: name the node {member.Node} instead of {member}");
        }
    }

    private async Task<int> CountAsync(Node node, Endpoint endpoint, CancellationToken cancellationToken)
    {
        var plain = endpoint.Supports(AssociationCommandClass.Id)
            ? (await AskAsync<AssociationGroupingsReport>(node, endpoint, new AssociationGroupingsGet(), null, cancellationToken))?.SupportedGroupings
            : null;
        var multiChannel = endpoint.Supports(MultiChannelAssociationCommandClass.Id)
            ? (await AskAsync<MultiChannelAssociationGroupingsReport>(
                node, endpoint, new MultiChannelAssociationGroupingsGet(), null, cancellationToken))
                ?.SupportedGroupings
            : null;
        if (plain is null && multiChannel is null) throw Error(ZWaveErrorCode.NodeTimeout, node, "does not tell its association groups");
        return Math.Max(plain ?? 0, multiChannel ?? 0);
    }

    private async Task<AssociationGroup> ReadGroupAsync(Node node, Endpoint endpoint, byte group, CancellationToken cancellationToken)
    {
        List<AssociationMember> members = [];
        int? room = null;
        var multiChannel = endpoint.Supports(MultiChannelAssociationCommandClass.Id)
            ? await AskAsync<MultiChannelAssociationReport>(
                node, endpoint, new MultiChannelAssociationGet(group), report => report.GroupingIdentifier == group, cancellationToken)
            : null;
        if (multiChannel is not null)
        {
            room = multiChannel.MaximumNodes;
            members.AddRange(multiChannel.NodeIds.Select(static id => new AssociationMember(new(id))));
            members.AddRange(multiChannel.Endpoints.SelectMany(EndpointsOf));
        }
        else
        {
            // Asked only without the other: some devices list the nodes of their endpoint members here once more.
            var plain = endpoint.Supports(AssociationCommandClass.Id)
                ? await AskAsync<AssociationReport>(
                    node, endpoint, new AssociationGet(group), report => report.GroupingIdentifier == group, cancellationToken)
                : null;
            if (plain is null) throw Error(ZWaveErrorCode.NotConfirmed, node, $"does not tell who is in association group {group}");
            room = plain.MaximumNodes;
            members.AddRange(plain.NodeIds.Select(static id => new AssociationMember(new(id))));
        }

        var name = context.Values.Read(new(node.Id, endpoint.Index, AssociationGroupInformationCommandClass.GroupName(group))).AsText;
        return new(group, string.IsNullOrEmpty(name) ? null : name, room == 0 ? null : room, [.. members.Distinct()]);
    }

    private static IEnumerable<AssociationMember> EndpointsOf(EndpointDestination destination)
    {
        var node = new NodeId(destination.NodeId);
        return destination.IsBitAddress
            ? BitMask.Read([destination.Endpoint], firstNumber: 1).Select(number => new AssociationMember(node, new((byte)number)))
            : [new(node, new(destination.Endpoint))];
    }

    private Task<TReport?> AskAsync<TReport>(
        Node node, Endpoint endpoint, ICommand question, Func<TReport, bool>? isReply, CancellationToken cancellationToken)
        where TReport : class, ICommand =>
        exchange.QueryAsync(node, endpoint.Index, question, SendPriority.User, cancellationToken, isReply);

    private static Endpoint Require(Node node, EndpointIndex index)
    {
        var endpoint = node.FindEndpoint(index) ?? throw Error(ZWaveErrorCode.InvalidArgument, node, $"has no endpoint {index}");
        return endpoint.Supports(AssociationCommandClass.Id) || endpoint.Supports(MultiChannelAssociationCommandClass.Id)
            ? endpoint
            : throw Error(ZWaveErrorCode.NotSupported, node, $"has no association groups on endpoint {index}");
    }

    private static ZWaveException Error(ZWaveErrorCode code, Node node, string reason) => new(code, $"node {node.Id} {reason}") { Node = node.Id };
}
