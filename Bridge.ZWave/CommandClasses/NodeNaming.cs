using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Node Naming and Location (0x77, V1): a name and a place stored in the device.</summary>
public static class NodeNamingCommandClass
{
    public static readonly CommandClassId Id = new(0x77);

    /// <summary>The name. Writeable.</summary>
    public static readonly PropertyId Name = new(Id, "name");

    /// <summary>The place. Writeable.</summary>
    public static readonly PropertyId Location = new(Id, "location");

    public static readonly CommandClassDefinition Definition = new(Id, "NODE_NAMING", ImplementedVersion: 1,
    [
        CommandDefinition.Of<NodeNameSet>("NODE_NAMING_NODE_NAME_SET"),
        CommandDefinition.Of<NodeNameGet>("NODE_NAMING_NODE_NAME_GET"),
        CommandDefinition.Of<NodeNameReport>("NODE_NAMING_NODE_NAME_REPORT"),
        CommandDefinition.Of<NodeLocationSet>("NODE_NAMING_NODE_LOCATION_SET"),
        CommandDefinition.Of<NodeLocationGet>("NODE_NAMING_NODE_LOCATION_GET"),
        CommandDefinition.Of<NodeLocationReport>("NODE_NAMING_NODE_LOCATION_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Name and location", InterviewPhase.Values, static _ =>
            [
                InterviewRequest.For<NodeNameReport>(new NodeNameGet()),
                InterviewRequest.For<NodeLocationReport>(new NodeLocationGet()),
            ])
            {
                RootOnly = true,
            },
        ],
    };

    internal static readonly ValueMetadata NameMetadata = new("Name") { IsWriteable = true };
    internal static readonly ValueMetadata LocationMetadata = new("Location") { IsWriteable = true };
}

/// <summary>Node Name Set (0x77 0x01): store a name in the device.</summary>
/// <remarks>
/// byte 0   bits 2..0 character set: 0 ASCII, 1 OEM extended, 2 UTF-16; the others reserved
/// byte 1.. up to 16 bytes of text
/// Source: application command class specification, Node Name Set.
/// </remarks>
public sealed record NodeNameSet(NodeNameText Text) : ICommand<NodeNameSet>
{
    public static CommandId CommandId => new(NodeNamingCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out NodeNameSet? command)
    {
        command = NodeNameText.TryRead(ref payload, out var text) ? new(text) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => Text.Write(ref payload);

    public void Describe(FieldWriter fields) => Text.Describe(fields);
}

/// <summary>Node Name Get (0x77 0x02): ask for the name. No parameters.</summary>
public sealed record NodeNameGet : EmptyCommand<NodeNameGet>, ICommand<NodeNameGet>
{
    public static CommandId CommandId => new(NodeNamingCommandClass.Id, 0x02);
}

/// <summary>Node Name Report (0x77 0x03): the stored name; empty when there is none.</summary>
/// <remarks>
/// byte 0   bits 2..0 character set: 0 ASCII, 1 OEM extended, 2 UTF-16; the others reserved
/// byte 1.. up to 16 bytes of text
/// Source: application command class specification, Node Name Report.
/// </remarks>
public sealed record NodeNameReport(NodeNameText Text) : ICommand<NodeNameReport>, IValueReport
{
    public static CommandId CommandId => new(NodeNamingCommandClass.Id, 0x03);

    public static DecodeError TryDecode(ref PayloadReader payload, out NodeNameReport? command)
    {
        command = NodeNameText.TryRead(ref payload, out var text) ? new(text) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => Text.Write(ref payload);

    public void Describe(FieldWriter fields) => Text.Describe(fields);

    public void CollectValues(IValueSink values)
    {
        values.Describe(NodeNamingCommandClass.Name, NodeNamingCommandClass.NameMetadata);
        values.Set(NodeNamingCommandClass.Name, Value.Of(Text.Text));
    }
}

/// <summary>Node Location Set (0x77 0x04): store a place in the device.</summary>
/// <remarks>
/// byte 0   bits 2..0 character set: 0 ASCII, 1 OEM extended, 2 UTF-16; the others reserved
/// byte 1.. up to 16 bytes of text
/// Source: application command class specification, Node Location Set.
/// </remarks>
public sealed record NodeLocationSet(NodeNameText Text) : ICommand<NodeLocationSet>
{
    public static CommandId CommandId => new(NodeNamingCommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out NodeLocationSet? command)
    {
        command = NodeNameText.TryRead(ref payload, out var text) ? new(text) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => Text.Write(ref payload);

    public void Describe(FieldWriter fields) => Text.Describe(fields);
}

/// <summary>Node Location Get (0x77 0x05): ask for the place. No parameters.</summary>
public sealed record NodeLocationGet : EmptyCommand<NodeLocationGet>, ICommand<NodeLocationGet>
{
    public static CommandId CommandId => new(NodeNamingCommandClass.Id, 0x05);
}

/// <summary>Node Location Report (0x77 0x06): the stored place; empty when there is none.</summary>
/// <remarks>
/// byte 0   bits 2..0 character set: 0 ASCII, 1 OEM extended, 2 UTF-16; the others reserved
/// byte 1.. up to 16 bytes of text
/// Source: application command class specification, Node Location Report.
/// </remarks>
public sealed record NodeLocationReport(NodeNameText Text) : ICommand<NodeLocationReport>, IValueReport
{
    public static CommandId CommandId => new(NodeNamingCommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out NodeLocationReport? command)
    {
        command = NodeNameText.TryRead(ref payload, out var text) ? new(text) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => Text.Write(ref payload);

    public void Describe(FieldWriter fields) => Text.Describe(fields);

    public void CollectValues(IValueSink values)
    {
        values.Describe(NodeNamingCommandClass.Location, NodeNamingCommandClass.LocationMetadata);
        values.Set(NodeNamingCommandClass.Location, Value.Of(Text.Text));
    }
}
