using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Z-Wave Plus Info (0x5E, V1-V2): what kind of Z-Wave Plus device the node is.</summary>
public static class ZWavePlusInfoCommandClass
{
    public static readonly CommandClassId Id = new(0x5E);

    /// <summary>1 or 2: the generation of the Z-Wave Plus certification.</summary>
    public static readonly PropertyId PlusVersion = new(Id, "plusVersion");

    /// <summary>A <see cref="ZWavePlusRoleType"/>.</summary>
    public static readonly PropertyId RoleType = new(Id, "roleType");

    /// <summary>A <see cref="ZWavePlusNodeType"/>.</summary>
    public static readonly PropertyId NodeType = new(Id, "nodeType");

    /// <summary>The icon an installer sees.</summary>
    public static readonly PropertyId InstallerIconType = new(Id, "installerIconType");

    /// <summary>The icon a user sees.</summary>
    public static readonly PropertyId UserIconType = new(Id, "userIconType");

    public static readonly CommandClassDefinition Definition = new(Id, "ZWAVEPLUS_INFO", ImplementedVersion: 2,
    [
        CommandDefinition.Of<ZWavePlusInfoGet>("ZWAVEPLUS_INFO_GET"),
        CommandDefinition.Of<ZWavePlusInfoReport>("ZWAVEPLUS_INFO_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Z-Wave Plus role", InterviewPhase.Identity,
                static _ => [InterviewRequest.For<ZWavePlusInfoReport>(new ZWavePlusInfoGet())])
            {
                RootOnly = true,
            },
        ],
    };

    internal static readonly ValueMetadata PlusVersionMetadata = new("Z-Wave Plus version");

    internal static readonly ValueMetadata RoleTypeMetadata = new("Role type")
    {
        States = new Dictionary<long, string>
        {
            [(long)ZWavePlusRoleType.CentralStaticController] = "Central Static Controller",
            [(long)ZWavePlusRoleType.SubStaticController] = "Sub Static Controller",
            [(long)ZWavePlusRoleType.PortableController] = "Portable Controller",
            [(long)ZWavePlusRoleType.PortableReportingController] = "Portable Reporting Controller",
            [(long)ZWavePlusRoleType.PortableEndNode] = "Portable End Node",
            [(long)ZWavePlusRoleType.AlwaysOnEndNode] = "Always On End Node",
            [(long)ZWavePlusRoleType.SleepingReportingEndNode] = "Sleeping Reporting End Node",
            [(long)ZWavePlusRoleType.SleepingListeningEndNode] = "Sleeping Listening End Node",
            [(long)ZWavePlusRoleType.NetworkAwareEndNode] = "Network Aware End Node",
        },
    };

    internal static readonly ValueMetadata NodeTypeMetadata = new("Node type")
    {
        States = new Dictionary<long, string>
        {
            [(long)ZWavePlusNodeType.Node] = "Z-Wave Plus Node",
            [(long)ZWavePlusNodeType.IpGateway] = "Z-Wave Plus for IP Gateway",
        },
    };

    internal static readonly ValueMetadata InstallerIconTypeMetadata = new("Installer icon");

    internal static readonly ValueMetadata UserIconTypeMetadata = new("User icon");
}

/// <summary>What part a Z-Wave Plus node plays in the network. Numbers not named here are kept as they come.</summary>
public enum ZWavePlusRoleType : byte
{
    CentralStaticController = 0,
    SubStaticController = 1,
    PortableController = 2,
    PortableReportingController = 3,
    PortableEndNode = 4,
    AlwaysOnEndNode = 5,
    SleepingReportingEndNode = 6,

    /// <summary>A FLiRS node: sleeps, but listens for a beam many times a minute.</summary>
    SleepingListeningEndNode = 7,
    NetworkAwareEndNode = 8,
}

/// <summary>What stands behind a Z-Wave Plus node. Numbers not named here are kept as they come.</summary>
public enum ZWavePlusNodeType : byte
{
    /// <summary>An ordinary device.</summary>
    Node = 0,

    /// <summary>A gateway between Z-Wave and IP networks.</summary>
    IpGateway = 2,
}

/// <summary>Z-Wave Plus Info Get (0x5E 0x01). No parameters.</summary>
public sealed record ZWavePlusInfoGet : EmptyCommand<ZWavePlusInfoGet>, ICommand<ZWavePlusInfoGet>
{
    public static CommandId CommandId => new(ZWavePlusInfoCommandClass.Id, 0x01);
}

/// <summary>Z-Wave Plus Info Report (0x5E 0x02): generation, role and icons of the node.</summary>
/// <remarks>
/// byte 0    Z-Wave Plus version: 1 or 2
/// byte 1    role type
/// byte 2    node type: 0 Z-Wave Plus node, 2 IP gateway
/// byte 3-4  installer icon type                                                                          since V2
/// byte 5-6  user icon type                                                                               since V2
/// Source: management command class specification, Z-Wave Plus Info Report.
/// </remarks>
public sealed record ZWavePlusInfoReport(
    byte PlusVersion,
    ZWavePlusRoleType RoleType,
    ZWavePlusNodeType NodeType,
    ushort? InstallerIconType = null,
    ushort? UserIconType = null) : ICommand<ZWavePlusInfoReport>, IValueReport
{
    public static CommandId CommandId => new(ZWavePlusInfoCommandClass.Id, 0x02);

    public static DecodeError TryDecode(ref PayloadReader payload, out ZWavePlusInfoReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var plusVersion)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var roleType)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var nodeType)) return DecodeError.Truncated;
        ushort? installerIcon = payload.TryReadUInt16(out var installer) ? installer : null;
        ushort? userIcon = payload.TryReadUInt16(out var user) ? user : null;
        command = new(plusVersion, (ZWavePlusRoleType)roleType, (ZWavePlusNodeType)nodeType, installerIcon, userIcon);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(PlusVersion);
        payload.WriteByte((byte)RoleType);
        payload.WriteByte((byte)NodeType);
        if (context.Version < 2 || InstallerIconType is not { } installerIcon) return;
        payload.WriteUInt16(installerIcon);
        if (UserIconType is { } userIcon) payload.WriteUInt16(userIcon);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("zWavePlusVersion", (long)PlusVersion);
        fields.Number("roleType", (long)RoleType);
        fields.Number("nodeType", (long)NodeType);
        fields.Number("installerIconType", (long?)InstallerIconType);
        fields.Number("userIconType", (long?)UserIconType);
    }

    public void CollectValues(IValueSink values)
    {
        values.Describe(ZWavePlusInfoCommandClass.PlusVersion, ZWavePlusInfoCommandClass.PlusVersionMetadata);
        values.Set(ZWavePlusInfoCommandClass.PlusVersion, Value.Of(PlusVersion));
        values.Describe(ZWavePlusInfoCommandClass.RoleType, ZWavePlusInfoCommandClass.RoleTypeMetadata);
        values.Set(ZWavePlusInfoCommandClass.RoleType, Value.Of((long)RoleType));
        values.Describe(ZWavePlusInfoCommandClass.NodeType, ZWavePlusInfoCommandClass.NodeTypeMetadata);
        values.Set(ZWavePlusInfoCommandClass.NodeType, Value.Of((long)NodeType));
        if (InstallerIconType is { } installerIcon)
        {
            values.Describe(ZWavePlusInfoCommandClass.InstallerIconType, ZWavePlusInfoCommandClass.InstallerIconTypeMetadata);
            values.Set(ZWavePlusInfoCommandClass.InstallerIconType, Value.Of(installerIcon));
        }

        if (UserIconType is { } userIcon)
        {
            values.Describe(ZWavePlusInfoCommandClass.UserIconType, ZWavePlusInfoCommandClass.UserIconTypeMetadata);
            values.Set(ZWavePlusInfoCommandClass.UserIconType, Value.Of(userIcon));
        }
    }
}
