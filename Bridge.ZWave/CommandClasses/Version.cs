using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Version (0x86, V1-V3): versions of the firmware and of every command class.</summary>
public static class VersionCommandClass
{
    public static readonly CommandClassId Id = new(0x86);

    /// <summary>What kind of protocol library the node runs.</summary>
    public static readonly PropertyId LibraryType = new(Id, "libraryType");

    /// <summary>"7.15".</summary>
    public static readonly PropertyId ProtocolVersion = new(Id, "protocolVersion");

    /// <summary>The version of firmware 0, which is the one that talks to us: "1.2".</summary>
    public static readonly PropertyId FirmwareVersion = new(Id, "firmwareVersion");

    public static readonly PropertyId HardwareVersion = new(Id, "hardwareVersion");

    /// <summary>The versions of all firmware targets, firmware 0 first: "1.2, 3.4".</summary>
    public static readonly PropertyId FirmwareVersions = new(Id, "firmwareVersions");

    /// <summary>True when the node answers Version Z-Wave Software Get.</summary>
    public static readonly PropertyId SupportsZWaveSoftware = new(Id, "zWaveSoftware");

    /// <summary>"7.15.4"; absent when the node does not use the field. So are the other four.</summary>
    public static readonly PropertyId SdkVersion = new(Id, "sdkVersion");

    public static readonly PropertyId ApplicationFrameworkVersion = new(Id, "applicationFrameworkVersion");

    public static readonly PropertyId HostInterfaceVersion = new(Id, "hostInterfaceVersion");

    /// <summary>The protocol version with its patch number, which <see cref="ProtocolVersion"/> lacks.</summary>
    public static readonly PropertyId ZWaveProtocolVersion = new(Id, "zWaveProtocolVersion");

    public static readonly PropertyId ApplicationVersion = new(Id, "applicationVersion");

    /// <summary>Asks the version of each class: of Version itself first, because it decides what else may be asked.</summary>
    public static readonly InterviewStep ClassVersionsStep = new("Command class versions", InterviewPhase.Versions, AskClassVersions)
    {
        RootOnly = true,
    };

    public static readonly CommandClassDefinition Definition = new(Id, "VERSION", ImplementedVersion: 3,
    [
        CommandDefinition.Of<VersionGet>("VERSION_GET"),
        CommandDefinition.Of<VersionReport>("VERSION_REPORT"),
        CommandDefinition.Of<VersionCommandClassGet>("VERSION_COMMAND_CLASS_GET"),
        CommandDefinition.Of<VersionCommandClassReport>("VERSION_COMMAND_CLASS_REPORT"),
        CommandDefinition.Of<VersionCapabilitiesGet>("VERSION_CAPABILITIES_GET"),
        CommandDefinition.Of<VersionCapabilitiesReport>("VERSION_CAPABILITIES_REPORT"),
        CommandDefinition.Of<VersionZWaveSoftwareGet>("VERSION_ZWAVE_SOFTWARE_GET"),
        CommandDefinition.Of<VersionZWaveSoftwareReport>("VERSION_ZWAVE_SOFTWARE_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Firmware version", InterviewPhase.Versions, static _ => [InterviewRequest.For<VersionReport>(new VersionGet())])
            {
                RootOnly = true,
            },
            ClassVersionsStep,
            new("Software versions", InterviewPhase.Versions, AskSoftwareVersions)
            {
                MinimumVersion = 3,
                RootOnly = true,
            },
        ],
    };

    internal static readonly ValueMetadata LibraryTypeMetadata = new("Library type");

    internal static readonly ValueMetadata ProtocolVersionMetadata = new("Z-Wave protocol version");

    internal static readonly ValueMetadata FirmwareVersionMetadata = new("Firmware version");

    internal static readonly ValueMetadata HardwareVersionMetadata = new("Hardware version");

    internal static readonly ValueMetadata FirmwareVersionsMetadata = new("Firmware versions of all targets");

    /// <summary>The version of a class as the node reported it; 0 for "not supported".</summary>
    public static PropertyId ClassVersion(CommandClassId commandClass) => new(Id, "commandClassVersion", commandClass.Value);

    private static IEnumerable<InterviewRequest> AskClassVersions(InterviewView view)
    {
        if (view.Supports(Id)) yield return AskClassVersion(Id);
        foreach (var commandClass in view.SupportedClasses.Order())
        {
            // The field is one byte wide: two-byte classes and the mark between supported and controlled classes do not fit in it.
            if (commandClass == Id || commandClass.Value is >= CommandClassId.FirstExtended or CommandClassId.SupportControlMark) continue;
            yield return AskClassVersion(commandClass);
        }
    }

    private static InterviewRequest AskClassVersion(CommandClassId commandClass) =>
        InterviewRequest.For<VersionCommandClassReport>(
            new VersionCommandClassGet(commandClass), report => report.RequestedCommandClass == commandClass);

    private static IEnumerable<InterviewRequest> AskSoftwareVersions(InterviewView view)
    {
        yield return InterviewRequest.For<VersionCapabilitiesReport>(new VersionCapabilitiesGet());
        if (view.Read(SupportsZWaveSoftware).AsBoolean != true) yield break;
        yield return InterviewRequest.For<VersionZWaveSoftwareReport>(new VersionZWaveSoftwareGet());
    }
}

/// <summary>Version Command Class Get (0x86 0x13): ask for the version of one class.</summary>
/// <remarks>
/// byte 0  the class; only one-byte classes can be asked for
/// Source: management command class specification, Version Command Class Get.
/// </remarks>
public sealed record VersionCommandClassGet(CommandClassId RequestedCommandClass) : ICommand<VersionCommandClassGet>
{
    public static CommandId CommandId => new(VersionCommandClass.Id, 0x13);

    public static DecodeError TryDecode(ref PayloadReader payload, out VersionCommandClassGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var requested)) return DecodeError.Truncated;
        command = new(new CommandClassId(requested));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteCommandClass(RequestedCommandClass);

    public void Describe(FieldWriter fields) => fields.Number("requestedCommandClass", (long)RequestedCommandClass.Value);
}

/// <summary>Version Command Class Report (0x86 0x14): the version of one class.</summary>
/// <remarks>
/// byte 0  the class asked for
/// byte 1  its version; 0 = not supported (of a class the node lists: a fault of the device)
/// Source: management command class specification, Version Command Class Report.
/// </remarks>
public sealed record VersionCommandClassReport(CommandClassId RequestedCommandClass, byte CommandClassVersion)
    : ICommand<VersionCommandClassReport>, IValueReport
{
    public static CommandId CommandId => new(VersionCommandClass.Id, 0x14);

    public static DecodeError TryDecode(ref PayloadReader payload, out VersionCommandClassReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var requested)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var version)) return DecodeError.Truncated;
        command = new(new CommandClassId(requested), version);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteCommandClass(RequestedCommandClass);
        payload.WriteByte(CommandClassVersion);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("requestedCommandClass", (long)RequestedCommandClass.Value);
        fields.Number("commandClassVersion", (long)CommandClassVersion);
    }

    public void CollectValues(IValueSink values)
    {
        var property = VersionCommandClass.ClassVersion(RequestedCommandClass);
        values.Describe(property, new($"Version of class {RequestedCommandClass}"));
        values.Set(property, Value.Of(CommandClassVersion));
    }
}
