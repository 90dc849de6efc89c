using System.Text;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Association Group Information (0x59, V1-V3): what the association groups are called and what they send.</summary>
public static class AssociationGroupInformationCommandClass
{
    public static readonly CommandClassId Id = new(0x59);

    public static readonly CommandClassDefinition Definition = new(Id, "ASSOCIATION_GRP_INFO", ImplementedVersion: 3,
    [
        CommandDefinition.Of<AssociationGroupNameGet>("ASSOCIATION_GROUP_NAME_GET"),
        CommandDefinition.Of<AssociationGroupNameReport>("ASSOCIATION_GROUP_NAME_REPORT"),
        CommandDefinition.Of<AssociationGroupInfoGet>("ASSOCIATION_GROUP_INFO_GET"),
        CommandDefinition.Of<AssociationGroupInfoReport>("ASSOCIATION_GROUP_INFO_REPORT"),
        CommandDefinition.Of<AssociationGroupCommandListGet>("ASSOCIATION_GROUP_COMMAND_LIST_GET"),
        CommandDefinition.Of<AssociationGroupCommandListReport>("ASSOCIATION_GROUP_COMMAND_LIST_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Association group information", InterviewPhase.Associations, AskGroups),
        ],
    };

    /// <summary>What the manufacturer calls the group.</summary>
    public static PropertyId GroupName(byte group) => new(Id, "groupName", group);

    /// <summary>What the group is for: 0000 nothing in particular, 0001 lifeline, 20nn control key nn and so on.</summary>
    public static PropertyId GroupProfile(byte group) => new(Id, "groupProfile", group);

    /// <summary>What the group sends, each as class * 256 + command.</summary>
    public static PropertyId GroupCommands(byte group) => new(Id, "groupCommands", group);

    private static IEnumerable<InterviewRequest> AskGroups(InterviewView view)
    {
        // The number of groups is told by the association classes, whose own steps may still be to come.
        if (GroupCount(view) is null)
        {
            if (view.Supports(AssociationCommandClass.Id))
            {
                yield return InterviewRequest.For<AssociationGroupingsReport>(new AssociationGroupingsGet());
            }
            else if (view.Supports(MultiChannelAssociationCommandClass.Id))
            {
                yield return InterviewRequest.For<MultiChannelAssociationGroupingsReport>(new MultiChannelAssociationGroupingsGet());
            }
        }

        var count = Math.Min(GroupCount(view) ?? 0, byte.MaxValue);
        for (var number = 1; number <= count; number++)
        {
            var group = (byte)number;
            yield return InterviewRequest.For<AssociationGroupNameReport>(
                new AssociationGroupNameGet(group), report => report.GroupingIdentifier == group);

            // One group at a time: devices answer a question for all groups with one report, with several, or with the first group only.
            yield return InterviewRequest.For<AssociationGroupInfoReport>(
                new AssociationGroupInfoGet(RefreshCache: false, ListMode: false, group),
                report => report.Groups.Any(information => information.GroupingIdentifier == group));
            yield return InterviewRequest.For<AssociationGroupCommandListReport>(
                new AssociationGroupCommandListGet(AllowCache: true, group), report => report.GroupingIdentifier == group);
        }
    }

    private static long? GroupCount(InterviewView view) =>
        view.Read(AssociationCommandClass.GroupCount).AsInteger ?? view.Read(MultiChannelAssociationCommandClass.GroupCount).AsInteger;
}

/// <summary>Association Group Name Get (0x59 0x01).</summary>
/// <remarks>
/// byte 0  group
/// Source: management command class specification, Association Group Name Get.
/// </remarks>
public sealed record AssociationGroupNameGet(byte GroupingIdentifier) : ICommand<AssociationGroupNameGet>
{
    public static CommandId CommandId => new(AssociationGroupInformationCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationGroupNameGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        command = new(group);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(GroupingIdentifier);

    public void Describe(FieldWriter fields) => fields.Number("groupingIdentifier", (long)GroupingIdentifier);
}

/// <summary>Association Group Name Report (0x59 0x02): what the manufacturer calls a group.</summary>
/// <remarks>
/// byte 0    group
/// byte 1    length n of the name (at most 42)
/// byte 2..  name in UTF-8 (n); some devices end it with 00
/// Source: management command class specification, Association Group Name Report.
/// </remarks>
public sealed record AssociationGroupNameReport(byte GroupingIdentifier, byte[] NameBytes)
    : ICommand<AssociationGroupNameReport>, IValueReport
{
    public AssociationGroupNameReport(byte groupingIdentifier, string name)
        : this(groupingIdentifier, Encoding.UTF8.GetBytes(name))
    {
    }

    public static CommandId CommandId => new(AssociationGroupInformationCommandClass.Id, 0x02);

    /// <summary>The name up to the first NUL.</summary>
    public string Name
    {
        get
        {
            var end = NameBytes.AsSpan().IndexOf((byte)0);
            return Encoding.UTF8.GetString(NameBytes, 0, end < 0 ? NameBytes.Length : end);
        }
    }

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationGroupNameReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var length)) return DecodeError.Truncated;
        if (!payload.TryReadBytes(length, out var name)) return DecodeError.Truncated;
        command = new(group, name.ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        var name = NameBytes.AsSpan(0, Math.Min(NameBytes.Length, byte.MaxValue));
        payload.WriteByte(GroupingIdentifier);
        payload.WriteByte((byte)name.Length);
        payload.WriteBytes(name);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("groupingIdentifier", (long)GroupingIdentifier);
        fields.Text("name", Name);
    }

    public void CollectValues(IValueSink values)
    {
        var property = AssociationGroupInformationCommandClass.GroupName(GroupingIdentifier);
        values.Describe(property, new($"Name of group {GroupingIdentifier}"));
        values.Set(property, Value.Of(Name));
    }
}
