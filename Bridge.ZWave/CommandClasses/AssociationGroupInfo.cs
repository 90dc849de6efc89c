using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>What a group is for.</summary>
/// <param name="GroupingIdentifier">The group.</param>
/// <param name="Mode">0.</param>
/// <param name="Profile">
/// 0000 none, 0001 lifeline, 20nn control key nn, 31nn sensor type, 32nn meter type, 71nn notification type, 6Bnn irrigation.
/// </param>
/// <param name="EventCode">0.</param>
public readonly record struct AssociationGroupDescription(byte GroupingIdentifier, byte Mode, ushort Profile, ushort EventCode);

/// <summary>Association Group Info Get (0x59 0x03): ask what one group is for, or all.</summary>
/// <remarks>
/// byte 0  bit 7 refresh the cache of a group that may change, bit 6 list mode (all groups), others reserved
/// byte 1  group; ignored in list mode
/// Source: management command class specification, Association Group Info Get.
/// </remarks>
public sealed record AssociationGroupInfoGet(bool RefreshCache, bool ListMode, byte GroupingIdentifier) : ICommand<AssociationGroupInfoGet>
{
    private const byte RefreshCacheBit = 0x80;
    private const byte ListModeBit = 0x40;

    public static CommandId CommandId => new(AssociationGroupInformationCommandClass.Id, 0x03);

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationGroupInfoGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var flags)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        command = new((flags & RefreshCacheBit) != 0, (flags & ListModeBit) != 0, group);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)((RefreshCache ? RefreshCacheBit : 0) | (ListMode ? ListModeBit : 0)));
        payload.WriteByte(GroupingIdentifier);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("refreshCache", RefreshCache);
        fields.Flag("listMode", ListMode);
        fields.Number("groupingIdentifier", (long)GroupingIdentifier);
    }
}

/// <summary>Association Group Info Report (0x59 0x04): what groups are for.</summary>
/// <remarks>
/// byte 0    bit 7 list mode, bit 6 dynamic (groups may change), bits 5..0 number n of groups in this report
/// byte 1..  n times: group, mode (0), profile (2 bytes), reserved (0), event code (2 bytes, 0)
/// Source: management command class specification, Association Group Info Report.
/// </remarks>
public sealed record AssociationGroupInfoReport(bool ListMode, bool DynamicInfo, AssociationGroupDescription[] Groups)
    : ICommand<AssociationGroupInfoReport>, IValueReport
{
    private const byte ListModeBit = 0x80;
    private const byte DynamicInfoBit = 0x40;
    private const byte CountMask = 0x3F;
    private const int GroupLength = 7;

    public static CommandId CommandId => new(AssociationGroupInformationCommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationGroupInfoReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var flags)) return DecodeError.Truncated;
        var groups = new AssociationGroupDescription[flags & CountMask];
        if (payload.Remaining < groups.Length * GroupLength) return DecodeError.Truncated;
        for (var index = 0; index < groups.Length; index++)
        {
            if (!TryReadGroup(ref payload, out groups[index])) return DecodeError.Truncated;
        }

        command = new((flags & ListModeBit) != 0, (flags & DynamicInfoBit) != 0, groups);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        var groups = Groups.AsSpan(0, Math.Min(Groups.Length, CountMask));
        payload.WriteByte((byte)((ListMode ? ListModeBit : 0) | (DynamicInfo ? DynamicInfoBit : 0) | groups.Length));
        foreach (var group in groups)
        {
            payload.WriteByte(group.GroupingIdentifier);
            payload.WriteByte(group.Mode);
            payload.WriteUInt16(group.Profile);
            payload.WriteByte(0);
            payload.WriteUInt16(group.EventCode);
        }
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("listMode", ListMode);
        fields.Flag("dynamicInfo", DynamicInfo);
        fields.BeginList("groups");
        foreach (var group in Groups)
        {
            fields.BeginElement();
            fields.Number("groupingIdentifier", (long)group.GroupingIdentifier);
            fields.Number("mode", (long)group.Mode);
            fields.Number("profile", (long)group.Profile);
            fields.Number("eventCode", (long)group.EventCode);
            fields.EndObject();
        }

        fields.EndList();
    }

    public void CollectValues(IValueSink values)
    {
        foreach (var group in Groups)
        {
            var property = AssociationGroupInformationCommandClass.GroupProfile(group.GroupingIdentifier);
            values.Describe(property, new($"Profile of group {group.GroupingIdentifier}"));
            values.Set(property, Value.Of(group.Profile));
        }
    }

    private static bool TryReadGroup(ref PayloadReader payload, out AssociationGroupDescription group)
    {
        group = default;
        if (!payload.TryReadByte(out var identifier)) return false;
        if (!payload.TryReadByte(out var mode)) return false;
        if (!payload.TryReadUInt16(out var profile)) return false;
        if (!payload.TryReadByte(out _)) return false;
        if (!payload.TryReadUInt16(out var eventCode)) return false;
        group = new(identifier, mode, profile, eventCode);
        return true;
    }
}
