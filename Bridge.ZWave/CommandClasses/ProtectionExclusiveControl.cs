using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Protection Exclusive Control Set (0x75 0x06): the one node that may go on controlling. Since V2.</summary>
/// <remarks>
/// byte 0  node id; 0 = nobody. Source: application command class specification, Protection Exclusive Control Set.
/// </remarks>
public sealed record ProtectionExclusiveControlSet(NodeId Node) : ICommand<ProtectionExclusiveControlSet>
{
    public static CommandId CommandId => new(ProtectionCommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out ProtectionExclusiveControlSet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var node)) return DecodeError.Truncated;
        command = new(new NodeId(node));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte((byte)Node.Value);

    public void Describe(FieldWriter fields) => fields.Number("nodeId", (long)Node.Value);
}

/// <summary>Protection Exclusive Control Get (0x75 0x07): ask who may go on controlling. No parameters. Since V2.</summary>
public sealed record ProtectionExclusiveControlGet : EmptyCommand<ProtectionExclusiveControlGet>, ICommand<ProtectionExclusiveControlGet>
{
    public static CommandId CommandId => new(ProtectionCommandClass.Id, 0x07);
}

/// <summary>Protection Exclusive Control Report (0x75 0x08): as <see cref="ProtectionExclusiveControlSet"/>. Since V2.</summary>
public sealed record ProtectionExclusiveControlReport(NodeId Node) : ICommand<ProtectionExclusiveControlReport>, IValueReport
{
    public static CommandId CommandId => new(ProtectionCommandClass.Id, 0x08);

    public static DecodeError TryDecode(ref PayloadReader payload, out ProtectionExclusiveControlReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var node)) return DecodeError.Truncated;
        command = new(new NodeId(node));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte((byte)Node.Value);

    public void Describe(FieldWriter fields) => fields.Number("nodeId", (long)Node.Value);

    public void CollectValues(IValueSink values)
    {
        values.Describe(ProtectionCommandClass.ExclusiveControlNode, ProtectionCommandClass.ExclusiveControlNodeMetadata);
        values.Set(ProtectionCommandClass.ExclusiveControlNode, Value.Of((long)Node.Value));
    }
}
