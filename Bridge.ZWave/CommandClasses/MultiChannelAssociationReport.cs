using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Multi Channel Association Report (0x8E 0x03): the members of a group, perhaps over several frames.</summary>
/// <remarks>
/// byte 0    group
/// byte 1    how many nodes and endpoints fit in the group
/// byte 2    reports to follow; 0 in the last one
/// byte 3..  node ids, marker 00, pairs of node id and endpoint byte, to the end of the frame
/// Each frame has its own marker. Source: management command class specification, Multi Channel Association Report.
/// </remarks>
public sealed record MultiChannelAssociationReport(
    byte GroupingIdentifier, byte MaximumNodes, byte ReportsToFollow, byte[] NodeIds, EndpointDestination[] Endpoints)
    : ICommand<MultiChannelAssociationReport>, IValueReport, IPartialReport
{
    public static CommandId CommandId => new(MultiChannelAssociationCommandClass.Id, 0x03);

    public int PartKey => GroupingIdentifier;

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiChannelAssociationReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var maximumNodes)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var reportsToFollow)) return DecodeError.Truncated;
        EndpointDestinationList.Read(ref payload, out var nodeIds, out var endpoints);
        command = new(group, maximumNodes, reportsToFollow, nodeIds, endpoints);
        return DecodeError.None;
    }

    public ICommand JoinAfter(ICommand earlier) => earlier is not MultiChannelAssociationReport part
        ? this
        : this with
        {
            NodeIds = [.. part.NodeIds.Concat(NodeIds).Take(AssociationReport.MaximumMembers)],
            Endpoints = [.. part.Endpoints.Concat(Endpoints).Take(AssociationReport.MaximumMembers)],
        };

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(GroupingIdentifier);
        payload.WriteByte(MaximumNodes);
        payload.WriteByte(ReportsToFollow);
        EndpointDestinationList.Write(ref payload, NodeIds, Endpoints);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("groupingIdentifier", (long)GroupingIdentifier);
        fields.Number("maxNodesSupported", (long)MaximumNodes);
        fields.Number("reportsToFollow", (long)ReportsToFollow);
        EndpointDestinationList.Describe(fields, NodeIds, Endpoints);
    }

    public void CollectValues(IValueSink values)
    {
        var members = MultiChannelAssociationCommandClass.Members(GroupingIdentifier);
        values.Describe(members, new($"Members of group {GroupingIdentifier} without endpoint"));
        values.Set(members, Value.Of([.. NodeIds.Select(static node => (int)node)]));
        var endpointMembers = MultiChannelAssociationCommandClass.EndpointMembers(GroupingIdentifier);
        values.Describe(endpointMembers, new($"Endpoint members of group {GroupingIdentifier}"));
        values.Set(endpointMembers, Value.Of([.. Endpoints.Select(static destination => destination.Number)]));
        var maximumMembers = MultiChannelAssociationCommandClass.MaximumMembers(GroupingIdentifier);
        values.Describe(maximumMembers, new($"Room for members in group {GroupingIdentifier}"));
        values.Set(maximumMembers, Value.Of(MaximumNodes));
    }
}

/// <summary>Multi Channel Association Groupings Get (0x8E 0x05): ask how many groups there are. No parameters.</summary>
public sealed record MultiChannelAssociationGroupingsGet : EmptyCommand<MultiChannelAssociationGroupingsGet>, ICommand<MultiChannelAssociationGroupingsGet>
{
    public static CommandId CommandId => new(MultiChannelAssociationCommandClass.Id, 0x05);
}

/// <summary>Multi Channel Association Groupings Report (0x8E 0x06): how many groups there are.</summary>
/// <remarks>
/// byte 0  number of groups
/// Source: management command class specification, Multi Channel Association Groupings Report.
/// </remarks>
public sealed record MultiChannelAssociationGroupingsReport(byte SupportedGroupings)
    : ICommand<MultiChannelAssociationGroupingsReport>, IValueReport
{
    public static CommandId CommandId => new(MultiChannelAssociationCommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiChannelAssociationGroupingsReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var count)) return DecodeError.Truncated;
        command = new(count);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(SupportedGroupings);

    public void Describe(FieldWriter fields) => fields.Number("supportedGroupings", (long)SupportedGroupings);

    public void CollectValues(IValueSink values)
    {
        values.Describe(MultiChannelAssociationCommandClass.GroupCount, MultiChannelAssociationCommandClass.GroupCountMetadata);
        values.Set(MultiChannelAssociationCommandClass.GroupCount, Value.Of(SupportedGroupings));
    }
}
