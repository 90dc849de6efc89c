using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>
/// Multi Channel Association (0x8E, V1-V4): the same groups as Association, with endpoints as members. V1 was named Multi Instance
/// Association and called endpoints instances.
/// </summary>
public static class MultiChannelAssociationCommandClass
{
    public static readonly CommandClassId Id = new(0x8E);

    /// <summary>How many groups there are; they are numbered from 1.</summary>
    public static readonly PropertyId GroupCount = new(Id, "groupCount");

    public static readonly CommandClassDefinition Definition = new(Id, "MULTI_CHANNEL_ASSOCIATION", ImplementedVersion: 4,
    [
        CommandDefinition.Of<MultiChannelAssociationSet>("MULTI_CHANNEL_ASSOCIATION_SET"),
        CommandDefinition.Of<MultiChannelAssociationGet>("MULTI_CHANNEL_ASSOCIATION_GET"),
        CommandDefinition.Of<MultiChannelAssociationReport>("MULTI_CHANNEL_ASSOCIATION_REPORT"),
        CommandDefinition.Of<MultiChannelAssociationRemove>("MULTI_CHANNEL_ASSOCIATION_REMOVE"),
        CommandDefinition.Of<MultiChannelAssociationGroupingsGet>("MULTI_CHANNEL_ASSOCIATION_GROUPINGS_GET"),
        CommandDefinition.Of<MultiChannelAssociationGroupingsReport>("MULTI_CHANNEL_ASSOCIATION_GROUPINGS_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Multi channel association groups", InterviewPhase.Associations, AskGroups),
            new("Lifeline", InterviewPhase.Associations, LifelinePlan.JoinByMultiChannelAssociation) { RootOnly = true },
        ],
    };

    internal static readonly ValueMetadata GroupCountMetadata = new("Multi channel association groups");

    /// <summary>The node ids in a group that stand without an endpoint.</summary>
    public static PropertyId Members(byte group) => new(Id, "members", group);

    /// <summary>The endpoints in a group, each as <see cref="EndpointDestination.Number"/>.</summary>
    public static PropertyId EndpointMembers(byte group) => new(Id, "endpointMembers", group);

    /// <summary>How many nodes and endpoints fit in a group.</summary>
    public static PropertyId MaximumMembers(byte group) => new(Id, "maximumMembers", group);

    /// <summary>
    /// The request that reads back a group. Devices answer for group 1 when asked for one they do not have: that is no reply.
    /// </summary>
    internal static InterviewRequest AskGroup(byte group) => InterviewRequest.For<MultiChannelAssociationReport>(
        new MultiChannelAssociationGet(group), report => report.GroupingIdentifier == group);

    private static IEnumerable<InterviewRequest> AskGroups(InterviewView view)
    {
        yield return InterviewRequest.For<MultiChannelAssociationGroupingsReport>(new MultiChannelAssociationGroupingsGet());
        var count = Math.Min(view.Read(GroupCount).AsInteger ?? 0, byte.MaxValue);
        for (var group = 1; group <= count; group++) yield return AskGroup((byte)group);
    }
}

/// <summary>Multi Channel Association Set (0x8E 0x01): add nodes and endpoints to a group.</summary>
/// <remarks>
/// byte 0    group
/// byte 1..  node ids, marker 00, pairs of node id and endpoint byte, to the end of the frame
/// Endpoint 0 is a legal destination since V3. Source: management command class specification, Multi Channel Association Set.
/// </remarks>
public sealed record MultiChannelAssociationSet(byte GroupingIdentifier, byte[] NodeIds, EndpointDestination[] Endpoints)
    : ICommand<MultiChannelAssociationSet>
{
    public static CommandId CommandId => new(MultiChannelAssociationCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiChannelAssociationSet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        EndpointDestinationList.Read(ref payload, out var nodeIds, out var endpoints);
        command = new(group, nodeIds, endpoints);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(GroupingIdentifier);
        EndpointDestinationList.Write(ref payload, NodeIds, Endpoints);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("groupingIdentifier", (long)GroupingIdentifier);
        EndpointDestinationList.Describe(fields, NodeIds, Endpoints);
    }
}

/// <summary>Multi Channel Association Get (0x8E 0x02): ask for the members of a group.</summary>
/// <remarks>
/// byte 0  group
/// Source: management command class specification, Multi Channel Association Get.
/// </remarks>
public sealed record MultiChannelAssociationGet(byte GroupingIdentifier) : ICommand<MultiChannelAssociationGet>
{
    public static CommandId CommandId => new(MultiChannelAssociationCommandClass.Id, 0x02);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiChannelAssociationGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        command = new(group);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(GroupingIdentifier);

    public void Describe(FieldWriter fields) => fields.Number("groupingIdentifier", (long)GroupingIdentifier);
}

/// <summary>Multi Channel Association Remove (0x8E 0x04): take nodes and endpoints out of a group.</summary>
/// <remarks>
/// byte 0    group; 00 = all groups                                                                       00 since V2
/// byte 1..  node ids, marker 00, pairs of node id and endpoint byte, to the end of the frame; none = everything
/// Source: management command class specification, Multi Channel Association Remove.
/// </remarks>
public sealed record MultiChannelAssociationRemove(byte GroupingIdentifier, byte[] NodeIds, EndpointDestination[] Endpoints)
    : ICommand<MultiChannelAssociationRemove>
{
    public static CommandId CommandId => new(MultiChannelAssociationCommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiChannelAssociationRemove? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        EndpointDestinationList.Read(ref payload, out var nodeIds, out var endpoints);
        command = new(group, nodeIds, endpoints);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(GroupingIdentifier);
        EndpointDestinationList.Write(ref payload, NodeIds, Endpoints);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("groupingIdentifier", (long)GroupingIdentifier);
        EndpointDestinationList.Describe(fields, NodeIds, Endpoints);
    }
}
