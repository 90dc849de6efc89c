using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Association Report (0x85 0x03): the members of a group, perhaps over several frames.</summary>
/// <remarks>
/// byte 0    group
/// byte 1    how many nodes fit in the group
/// byte 2    reports to follow; 0 in the last one
/// byte 3..  node ids, to the end of the frame
/// Source: management command class specification, Association Report.
/// </remarks>
public sealed record AssociationReport(byte GroupingIdentifier, byte MaximumNodes, byte ReportsToFollow, byte[] NodeIds)
    : ICommand<AssociationReport>, IValueReport, IPartialReport
{
    /// <summary>No group has room for more, so a joined report never grows beyond it, whatever a node sends.</summary>
    internal const int MaximumMembers = byte.MaxValue;

    public static CommandId CommandId => new(AssociationCommandClass.Id, 0x03);

    public int PartKey => GroupingIdentifier;

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var maximumNodes)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var reportsToFollow)) return DecodeError.Truncated;
        command = new(group, maximumNodes, reportsToFollow, payload.ReadRemaining().ToArray());
        return DecodeError.None;
    }

    public ICommand JoinAfter(ICommand earlier) =>
        earlier is AssociationReport part ? this with { NodeIds = [.. part.NodeIds.Concat(NodeIds).Take(MaximumMembers)] } : this;

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(GroupingIdentifier);
        payload.WriteByte(MaximumNodes);
        payload.WriteByte(ReportsToFollow);
        payload.WriteBytes(NodeIds);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("groupingIdentifier", (long)GroupingIdentifier);
        fields.Number("maxNodesSupported", (long)MaximumNodes);
        fields.Number("reportsToFollow", (long)ReportsToFollow);
        fields.Numbers("nodeIds", NodeIds.Select(static node => (int)node));
    }

    public void CollectValues(IValueSink values)
    {
        var members = AssociationCommandClass.Members(GroupingIdentifier);
        values.Describe(members, new($"Members of group {GroupingIdentifier}"));
        values.Set(members, Value.Of([.. NodeIds.Select(static node => (int)node)]));
        var maximumMembers = AssociationCommandClass.MaximumMembers(GroupingIdentifier);
        values.Describe(maximumMembers, new($"Room for members in group {GroupingIdentifier}"));
        values.Set(maximumMembers, Value.Of(MaximumNodes));
    }
}
