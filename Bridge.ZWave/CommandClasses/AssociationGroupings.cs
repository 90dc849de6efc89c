using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Association Groupings Get (0x85 0x05): ask how many groups there are. No parameters.</summary>
public sealed record AssociationGroupingsGet : EmptyCommand<AssociationGroupingsGet>, ICommand<AssociationGroupingsGet>
{
    public static CommandId CommandId => new(AssociationCommandClass.Id, 0x05);
}

/// <summary>Association Groupings Report (0x85 0x06): how many groups there are.</summary>
/// <remarks>
/// byte 0  number of groups
/// Source: management command class specification, Association Groupings Report.
/// </remarks>
public sealed record AssociationGroupingsReport(byte SupportedGroupings) : ICommand<AssociationGroupingsReport>, IValueReport
{
    public static CommandId CommandId => new(AssociationCommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationGroupingsReport? command)
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
        values.Describe(AssociationCommandClass.GroupCount, AssociationCommandClass.GroupCountMetadata);
        values.Set(AssociationCommandClass.GroupCount, Value.Of(SupportedGroupings));
    }
}

/// <summary>
/// Association Specific Group Get (0x85 0x0B, since V2): ask which group the button pressed last stands for. No parameters.
/// </summary>
public sealed record AssociationSpecificGroupGet : EmptyCommand<AssociationSpecificGroupGet>, ICommand<AssociationSpecificGroupGet>
{
    public static CommandId CommandId => new(AssociationCommandClass.Id, 0x0B);
}

/// <summary>Association Specific Group Report (0x85 0x0C, since V2): the group of the button pressed last.</summary>
/// <remarks>
/// byte 0  group; 00 = the device cannot tell
/// Source: management command class specification, Association Specific Group Report.
/// </remarks>
public sealed record AssociationSpecificGroupReport(byte Group) : ICommand<AssociationSpecificGroupReport>
{
    public static CommandId CommandId => new(AssociationCommandClass.Id, 0x0C);

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationSpecificGroupReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        command = new(group);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(Group);

    public void Describe(FieldWriter fields) => fields.Number("group", (long)Group);
}
