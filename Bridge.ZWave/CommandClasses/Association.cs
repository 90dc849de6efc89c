using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Association (0x85, V1-V3): groups of nodes a device sends its commands and reports to.</summary>
public static class AssociationCommandClass
{
    public static readonly CommandClassId Id = new(0x85);

    /// <summary>How many groups there are; they are numbered from 1.</summary>
    public static readonly PropertyId GroupCount = new(Id, "groupCount");

    public static readonly CommandClassDefinition Definition = new(Id, "ASSOCIATION", ImplementedVersion: 3,
    [
        CommandDefinition.Of<AssociationSet>("ASSOCIATION_SET"),
        CommandDefinition.Of<AssociationGet>("ASSOCIATION_GET"),
        CommandDefinition.Of<AssociationReport>("ASSOCIATION_REPORT"),
        CommandDefinition.Of<AssociationRemove>("ASSOCIATION_REMOVE"),
        CommandDefinition.Of<AssociationGroupingsGet>("ASSOCIATION_GROUPINGS_GET"),
        CommandDefinition.Of<AssociationGroupingsReport>("ASSOCIATION_GROUPINGS_REPORT"),
        CommandDefinition.Of<AssociationSpecificGroupGet>("ASSOCIATION_SPECIFIC_GROUP_GET"),
        CommandDefinition.Of<AssociationSpecificGroupReport>("ASSOCIATION_SPECIFIC_GROUP_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Association groups", InterviewPhase.Associations, AskGroups),
            new("Lifeline", InterviewPhase.Associations, LifelinePlan.JoinByAssociation) { RootOnly = true },
        ],
    };

    internal static readonly ValueMetadata GroupCountMetadata = new("Association groups");

    /// <summary>The node ids in a group.</summary>
    public static PropertyId Members(byte group) => new(Id, "members", group);

    /// <summary>How many nodes fit in a group.</summary>
    public static PropertyId MaximumMembers(byte group) => new(Id, "maximumMembers", group);

    /// <summary>
    /// The request that reads back a group. Devices answer for group 1 when asked for one they do not have: that is no reply.
    /// </summary>
    internal static InterviewRequest AskGroup(byte group) =>
        InterviewRequest.For<AssociationReport>(new AssociationGet(group), report => report.GroupingIdentifier == group);

    private static IEnumerable<InterviewRequest> AskGroups(InterviewView view)
    {
        yield return InterviewRequest.For<AssociationGroupingsReport>(new AssociationGroupingsGet());
        var count = Math.Min(view.Read(GroupCount).AsInteger ?? 0, byte.MaxValue);
        for (var group = 1; group <= count; group++) yield return AskGroup((byte)group);
    }
}

/// <summary>Association Set (0x85 0x01): add nodes to a group. What does not fit is ignored by the device.</summary>
/// <remarks>
/// byte 0    group
/// byte 1..  node ids, to the end of the frame
/// Source: management command class specification, Association Set.
/// </remarks>
public sealed record AssociationSet(byte GroupingIdentifier, byte[] NodeIds) : ICommand<AssociationSet>
{
    public static CommandId CommandId => new(AssociationCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationSet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        command = new(group, payload.ReadRemaining().ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(GroupingIdentifier);
        payload.WriteBytes(NodeIds);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("groupingIdentifier", (long)GroupingIdentifier);
        fields.Numbers("nodeIds", NodeIds.Select(static node => (int)node));
    }
}

/// <summary>Association Get (0x85 0x02): ask for the members of a group.</summary>
/// <remarks>
/// byte 0  group
/// Source: management command class specification, Association Get.
/// </remarks>
public sealed record AssociationGet(byte GroupingIdentifier) : ICommand<AssociationGet>
{
    public static CommandId CommandId => new(AssociationCommandClass.Id, 0x02);

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        command = new(group);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(GroupingIdentifier);

    public void Describe(FieldWriter fields) => fields.Number("groupingIdentifier", (long)GroupingIdentifier);
}

/// <summary>Association Remove (0x85 0x04): take nodes out of a group.</summary>
/// <remarks>
/// byte 0    group; 00 = all groups                                                                       00 since V2
/// byte 1..  node ids, to the end of the frame; none = all nodes
/// Source: management command class specification, Association Remove.
/// </remarks>
public sealed record AssociationRemove(byte GroupingIdentifier, byte[] NodeIds) : ICommand<AssociationRemove>
{
    public static CommandId CommandId => new(AssociationCommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationRemove? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        command = new(group, payload.ReadRemaining().ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(GroupingIdentifier);
        payload.WriteBytes(NodeIds);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("groupingIdentifier", (long)GroupingIdentifier);
        fields.Numbers("nodeIds", NodeIds.Select(static node => (int)node));
    }
}
