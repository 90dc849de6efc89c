using System.Text;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>Association: the groups of the plug, as far as their members are nodes.</summary>
internal sealed class SimulatedAssociation(SimulatedNode node) : ISimulatedCommandClass
{
    private const byte FirstVersionWithAllGroups = 2;

    public CommandClassId Id => AssociationCommandClass.Id;

    private bool IsVersion2 => node.Plug.VersionOf(Id) >= FirstVersionWithAllGroups;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        switch (command)
        {
            case AssociationSet set: return Done(node.Groups.Add(set.GroupingIdentifier, Members(set.NodeIds)));
            case AssociationRemove remove: return Done(node.Groups.Remove(remove.GroupingIdentifier, [.. Members(remove.NodeIds)], IsVersion2));
            case AssociationGet get:
                var group = node.Groups.FindOrFirst(get.GroupingIdentifier);
                byte[] nodes = [.. node.Groups.MembersOf(group).Where(static member => member.Endpoint is null).Select(static member => member.NodeId)];
                context.Reply(new AssociationReport(group.Number, group.MaximumNodes, 0, nodes));
                return CommandOutcome.Done;
            case AssociationGroupingsGet:
                context.Reply(new AssociationGroupingsReport((byte)node.Groups.Count));
                return CommandOutcome.Done;
            case AssociationSpecificGroupGet when IsVersion2:
                context.Reply(new AssociationSpecificGroupReport(0));
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }

    private static IEnumerable<GroupMember> Members(byte[] nodeIds) => nodeIds.Select(static id => new GroupMember(id, null));

    private static CommandOutcome Done(bool isDone) => isDone ? CommandOutcome.Done : CommandOutcome.Refused;
}

/// <summary>Multi Channel Association: the same groups, members may be endpoints as well.</summary>
internal sealed class SimulatedMultiChannelAssociation(SimulatedNode node) : ISimulatedCommandClass
{
    public CommandClassId Id => MultiChannelAssociationCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        switch (command)
        {
            case MultiChannelAssociationSet set: return Done(node.Groups.Add(set.GroupingIdentifier, Members(set.NodeIds, set.Endpoints)));
            case MultiChannelAssociationRemove remove:
                return Done(node.Groups.Remove(remove.GroupingIdentifier, [.. Members(remove.NodeIds, remove.Endpoints)], zeroIsAll: true));
            case MultiChannelAssociationGet get:
                var group = node.Groups.FindOrFirst(get.GroupingIdentifier);
                var members = node.Groups.MembersOf(group);
                context.Reply(new MultiChannelAssociationReport(
                    group.Number,
                    group.MaximumNodes,
                    0,
                    [.. members.Where(static member => member.Endpoint is null).Select(static member => member.NodeId)],
                    [.. members.Where(static member => member.Endpoint is not null).Select(static member => member.Endpoint!.Value)]));
                return CommandOutcome.Done;
            case MultiChannelAssociationGroupingsGet:
                context.Reply(new MultiChannelAssociationGroupingsReport((byte)node.Groups.Count));
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }

    private static IEnumerable<GroupMember> Members(byte[] nodeIds, EndpointDestination[] endpoints) =>
        nodeIds.Select(static id => new GroupMember(id, null)).Concat(endpoints.Select(static endpoint => new GroupMember(endpoint.NodeId, endpoint)));

    private static CommandOutcome Done(bool isDone) => isDone ? CommandOutcome.Done : CommandOutcome.Refused;
}

/// <summary>Association Group Information: what the groups are called and what they send.</summary>
internal sealed class SimulatedAssociationGroupInformation(SimulatedNode node) : ISimulatedCommandClass
{
    public CommandClassId Id => AssociationGroupInformationCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        switch (command)
        {
            case AssociationGroupNameGet get:
                var named = node.Groups.FindOrFirst(get.GroupingIdentifier);
                context.Reply(new AssociationGroupNameReport(named.Number, Encoding.UTF8.GetBytes(named.Name)));
                return CommandOutcome.Done;
            case AssociationGroupInfoGet get:
                IReadOnlyList<PlugGroup> groups = get.ListMode ? node.Plug.Groups : [node.Groups.FindOrFirst(get.GroupingIdentifier)];
                context.Reply(new AssociationGroupInfoReport(
                    get.ListMode, false, [.. groups.Select(static group => new AssociationGroupDescription(group.Number, 0, group.Profile, 0))]));
                return CommandOutcome.Done;
            case AssociationGroupCommandListGet get:
                var listed = node.Groups.FindOrFirst(get.GroupingIdentifier);
                context.Reply(new AssociationGroupCommandListReport(listed.Number, [.. listed.Commands]));
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }
}
