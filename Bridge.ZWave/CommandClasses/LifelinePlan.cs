using Bridge.ZWave.Values;

namespace Bridge.ZWave.CommandClasses;

/// <summary>
/// How the controller joins the groups that report to it. Association and Multi Channel Association share their groups, so exactly one
/// of them joins: through both the node would send everything twice. Other members are never removed: a full group is the user's choice.
/// </summary>
public static class LifelinePlan
{
    /// <summary>The first version of Multi Channel Association in which endpoint 0 is a legal destination.</summary>
    private const byte EndpointZeroVersion = 3;

    /// <summary>True when Multi Channel Association joins the group of the rule, false when Association does.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="isSupported">Whether the node supports Multi Channel Association.</param>
    /// <param name="version">The version of Multi Channel Association.</param>
    public static bool UsesMultiChannel(LifelineRule rule, bool isSupported, byte version)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return isSupported && (rule.MultiChannel ?? version >= EndpointZeroVersion);
    }

    /// <summary>The step of Association: join with the plain node id, then read back.</summary>
    internal static IEnumerable<InterviewRequest> JoinByAssociation(InterviewView view)
    {
        foreach (var rule in RulesFor(view, multiChannel: false, AssociationCommandClass.GroupCount))
        {
            var group = rule.Group;
            if (view.Supports(MultiChannelAssociationCommandClass.Id))
            {
                // An earlier interview may have joined with endpoint 0, before a device file or a new firmware said otherwise.
                if (!view.Read(MultiChannelAssociationCommandClass.EndpointMembers(group)).IsKnown)
                {
                    yield return MultiChannelAssociationCommandClass.AskGroup(group);
                }

                if (IsEndpointMember(view, group))
                {
                    yield return InterviewRequest.Send(new MultiChannelAssociationRemove(group, [], [Destination(view)]));
                    yield return MultiChannelAssociationCommandClass.AskGroup(group);
                }
            }

            var members = AssociationCommandClass.Members(group);
            if (Holds(view, members, view.ControllerNodeId.Value)) continue;
            if (IsFull(
                view, AssociationCommandClass.MaximumMembers(group), members, MultiChannelAssociationCommandClass.EndpointMembers(group)))
            {
                continue;
            }

            yield return InterviewRequest.Send(new AssociationSet(group, [(byte)view.ControllerNodeId.Value]));
            yield return AssociationCommandClass.AskGroup(group);
        }
    }

    /// <summary>The step of Multi Channel Association: join as "node, endpoint 0", then read back.</summary>
    internal static IEnumerable<InterviewRequest> JoinByMultiChannelAssociation(InterviewView view)
    {
        foreach (var rule in RulesFor(view, multiChannel: true, MultiChannelAssociationCommandClass.GroupCount))
        {
            var group = rule.Group;
            var controller = view.ControllerNodeId.Value;
            var isEndpointMember = IsEndpointMember(view, group);
            var isInAssociation = Holds(view, AssociationCommandClass.Members(group), controller);

            // Some devices list the nodes of their endpoint members in Association as well: once joined, only this class's own list counts.
            var members = MultiChannelAssociationCommandClass.Members(group);
            var isPlainMember = Holds(view, members, controller) || (isInAssociation && !isEndpointMember);
            if (isPlainMember)
            {
                yield return InterviewRequest.Send(isInAssociation
                    ? new AssociationRemove(group, [(byte)controller])
                    : new MultiChannelAssociationRemove(group, [(byte)controller], []));
            }
            else if (isEndpointMember || IsFull(
                view, MultiChannelAssociationCommandClass.MaximumMembers(group), members,
                MultiChannelAssociationCommandClass.EndpointMembers(group)))
            {
                continue;
            }

            // Also when it was an endpoint member already: a device may have dropped both entries of the node with the plain one.
            yield return InterviewRequest.Send(new MultiChannelAssociationSet(group, [], [Destination(view)]));
            yield return MultiChannelAssociationCommandClass.AskGroup(group);
            if (isInAssociation) yield return AssociationCommandClass.AskGroup(group);
        }
    }

    /// <summary>The rules one class has to fulfil, without groups the node does not have (it would take them for group 1).</summary>
    private static IEnumerable<LifelineRule> RulesFor(InterviewView view, bool multiChannel, PropertyId groupCount)
    {
        // Both classes carry node ids of one byte.
        if (!view.ControllerNodeId.IsClassic) return [];
        var isSupported = view.Supports(MultiChannelAssociationCommandClass.Id);
        var version = view.VersionOf(MultiChannelAssociationCommandClass.Id);
        var lastGroup = view.Read(groupCount).AsInteger is { } count and > 0 ? count : byte.MaxValue;
        return view.Lifelines.Where(rule =>
            rule.Group >= 1 && rule.Group <= lastGroup && UsesMultiChannel(rule, isSupported, version) == multiChannel);
    }

    private static EndpointDestination Destination(InterviewView view) =>
        new((byte)view.ControllerNodeId.Value, IsBitAddress: false, Endpoint: 0);

    private static bool IsEndpointMember(InterviewView view, byte group) =>
        Holds(view, MultiChannelAssociationCommandClass.EndpointMembers(group), Destination(view).Number);

    private static bool Holds(InterviewView view, PropertyId list, int number) => view.Read(list).AsNumbers?.Contains(number) == true;

    /// <summary>True when the node said that there is no room; a room of 0 says nothing.</summary>
    private static bool IsFull(InterviewView view, PropertyId maximum, PropertyId members, PropertyId endpointMembers)
    {
        var room = view.Read(maximum).AsInteger ?? 0;
        return room > 0 && (view.Read(members).AsNumbers?.Length ?? 0) + (view.Read(endpointMembers).AsNumbers?.Length ?? 0) >= room;
    }
}
