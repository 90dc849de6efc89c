using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>One kind of plug as data: what it says about itself and which of the named behaviours it has. Read from <c>Plugs/*.json</c>.</summary>
public sealed record PlugDefinition
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    public required PlugIdentity Identity { get; init; }

    /// <summary>Classes of the root device and their versions, in the order of the node information frame.</summary>
    public required IReadOnlyList<PlugCommandClass> CommandClasses { get; init; }

    public IReadOnlyList<PlugEndpoint> Endpoints { get; init; } = [];

    /// <summary>How many relays, each with a circuit of its own.</summary>
    public int Relays { get; init; } = 1;

    public required PlugMeter Meter { get; init; }

    public IReadOnlyList<PlugParameter> Parameters { get; init; } = [];

    public IReadOnlyList<PlugGroup> Groups { get; init; } = [];

    public PlugNotification? Notification { get; init; }

    public PlugOverload? Overload { get; init; }

    public PlugZWavePlus? ZWavePlus { get; init; }

    public PlugSecurity? Security { get; init; }

    public PlugFirmware? Firmware { get; init; }

    /// <summary>Local protection states it takes; others are ignored.</summary>
    public IReadOnlyList<byte> ProtectionStates { get; init; } = [];

    /// <summary>When it sends meter reports by itself.</summary>
    public ReportRule Reporting { get; init; }

    public IReadOnlySet<PlugQuirk> Quirks { get; init; } = new HashSet<PlugQuirk>();

    /// <summary>The version of a class anywhere on the plug, 0 when it is not there.</summary>
    public byte VersionOf(CommandClassId commandClass)
    {
        foreach (var supported in CommandClasses.Concat(Endpoints.SelectMany(static endpoint => endpoint.CommandClasses)))
        {
            if (supported.Id == commandClass) return supported.Version;
        }

        return 0;
    }

    /// <summary>The parameter of a role, or null.</summary>
    public PlugParameter? ParameterOf(ParameterRole role) => Parameters.FirstOrDefault(parameter => parameter.Role == role);
}

/// <summary>Who made it and what generation it is.</summary>
/// <param name="Is100kCapable">Speaks 100 kbit/s; else 40.</param>
public sealed record PlugIdentity(
    ushort ManufacturerId,
    ushort ProductTypeId,
    ushort ProductId,
    byte LibraryType,
    VersionNumber ProtocolVersion,
    VersionNumber FirmwareVersion,
    byte? HardwareVersion,
    byte BasicDeviceClass,
    byte GenericDeviceClass,
    byte SpecificDeviceClass,
    bool Is100kCapable,
    IReadOnlyList<byte> SerialNumber);

/// <summary>A class and its version.</summary>
public readonly record struct PlugCommandClass(CommandClassId Id, byte Version);

/// <summary>An endpoint: which relays it switches and measures.</summary>
public sealed record PlugEndpoint(byte Number, IReadOnlyList<int> Relays, IReadOnlyList<PlugCommandClass> CommandClasses);

/// <summary>The meter of every endpoint.</summary>
/// <param name="Rates">1 import, 2 export.</param>
/// <param name="SavesEvery">How much energy a power failure can take at most; null = none.</param>
public sealed record PlugMeter(IReadOnlyList<byte> Rates, IReadOnlyList<PlugScale> Scales, TimeSpan? SavesEvery);

/// <summary>How one scale is reported.</summary>
/// <param name="Size">Bytes of the value; 0 = as few as it fits into.</param>
public sealed record PlugScale(byte Scale, byte Precision, byte Size, DeltaTimeStyle DeltaTime);

/// <summary>What a meter report says about the reading before.</summary>
public enum DeltaTimeStyle
{
    /// <summary>Nothing, the field is missing.</summary>
    Absent,

    /// <summary>Always a delta time of 0.</summary>
    Zero,

    /// <summary>The reading of the report before and the seconds since then.</summary>
    Previous,
}

/// <summary>A configuration parameter.</summary>
/// <param name="States">What the values 0, 1, 2 … of a start state mean; higher ones mean the last.</param>
public sealed record PlugParameter(
    byte Number,
    string Name,
    string Info,
    byte Size,
    long Minimum,
    long Maximum,
    long Default,
    ConfigurationFormat Format,
    ParameterRole Role,
    bool TakesAnyValue,
    bool IsAdvanced,
    IReadOnlyList<StartState> States);

/// <summary>What a relay does when the mains come back.</summary>
public enum StartState
{
    Previous,
    Off,
    On,
}

/// <summary>An association group.</summary>
/// <param name="Relays">Whose reports it gets.</param>
/// <param name="SendsBasicSet">Members are switched along with Basic Set instead of getting reports.</param>
public sealed record PlugGroup(
    byte Number, string Name, byte MaximumNodes, ushort Profile, IReadOnlyList<CommandId> Commands, IReadOnlyList<int> Relays, bool SendsBasicSet);

/// <summary>The notification type of the plug and its events.</summary>
public sealed record PlugNotification(byte Type, IReadOnlyList<byte> Events, bool HasSequenceNumbers);

/// <summary>What happens when a circuit takes too much: the relay opens, and this.</summary>
/// <param name="Type">Alarm or notification type.</param>
/// <param name="Value">Alarm level or notification event.</param>
/// <param name="Watts">The limit, when no parameter sets it.</param>
public sealed record PlugOverload(OverloadKind Kind, byte Type, byte Value, int? Watts);

/// <summary>How an overload is told.</summary>
public enum OverloadKind
{
    /// <summary>Not at all.</summary>
    Silent,

    /// <summary>A version 1 alarm with a level.</summary>
    Alarm,

    /// <summary>A notification state that ends once the relay is closed on a normal load again.</summary>
    Notification,
}

public sealed record PlugZWavePlus(byte Version, byte RoleType, byte NodeType, ushort InstallerIcon, ushort UserIcon);

/// <summary>What it asks for when it is included securely.</summary>
/// <param name="PlainClasses">What it takes and does without encryption even then.</param>
public sealed record PlugSecurity(SecurityClasses Requested, IReadOnlyList<CommandClassId> PlainClasses);

/// <summary>What it tells of its firmware, and how it takes a new one.</summary>
/// <param name="FragmentsAtOnce">How many fragments it asks for at a time.</param>
/// <param name="RestartTime">How long it is away after it took a new one.</param>
public sealed record PlugFirmware(
    ushort Id, ushort Checksum, ushort MaximumFragmentSize, bool IsUpgradable, byte FragmentsAtOnce, TimeSpan RestartTime)
{
    /// <summary>It can store a firmware now and start it later; told since version 7 of the class.</summary>
    public bool SupportsActivation { get; init; }

    /// <summary>It goes on with an interrupted transfer; told since version 8 of the class.</summary>
    public bool SupportsResume { get; init; }
}
