using System.Globalization;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>A three-part version; 0.0.0 means that the node does not use the field.</summary>
public readonly record struct SoftwareVersion(byte Major, byte Minor, byte Patch)
{
    public bool IsUsed => this != default;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");
}

/// <summary>Version Capabilities Get (0x86 0x15, since V3). No parameters.</summary>
public sealed record VersionCapabilitiesGet : EmptyCommand<VersionCapabilitiesGet>, ICommand<VersionCapabilitiesGet>
{
    public static CommandId CommandId => new(VersionCommandClass.Id, 0x15);
}

/// <summary>Version Capabilities Report (0x86 0x16, since V3): which of the version questions the node answers.</summary>
/// <remarks>
/// byte 0  bit 0 Version Get, bit 1 Version Command Class Get, bit 2 Version Z-Wave Software Get, others reserved
/// Source: management command class specification, Version Capabilities Report.
/// </remarks>
public sealed record VersionCapabilitiesReport(bool SupportsVersion, bool SupportsCommandClass, bool SupportsZWaveSoftware)
    : ICommand<VersionCapabilitiesReport>, IValueReport
{
    private const byte VersionBit = 0x01;
    private const byte CommandClassBit = 0x02;
    private const byte ZWaveSoftwareBit = 0x04;
    private static readonly ValueMetadata s_metadata = new("Reports Z-Wave software versions");

    public static CommandId CommandId => new(VersionCommandClass.Id, 0x16);

    public static DecodeError TryDecode(ref PayloadReader payload, out VersionCapabilitiesReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var bits)) return DecodeError.Truncated;
        command = new((bits & VersionBit) != 0, (bits & CommandClassBit) != 0, (bits & ZWaveSoftwareBit) != 0);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte((byte)(
        (SupportsVersion ? VersionBit : 0)
        | (SupportsCommandClass ? CommandClassBit : 0)
        | (SupportsZWaveSoftware ? ZWaveSoftwareBit : 0)));

    public void Describe(FieldWriter fields)
    {
        fields.Flag("version", SupportsVersion);
        fields.Flag("commandClass", SupportsCommandClass);
        fields.Flag("zWaveSoftware", SupportsZWaveSoftware);
    }

    public void CollectValues(IValueSink values)
    {
        values.Describe(VersionCommandClass.SupportsZWaveSoftware, s_metadata);
        values.Set(VersionCommandClass.SupportsZWaveSoftware, Value.Of(SupportsZWaveSoftware));
    }
}

/// <summary>Version Z-Wave Software Get (0x86 0x17, since V3). No parameters.</summary>
public sealed record VersionZWaveSoftwareGet : EmptyCommand<VersionZWaveSoftwareGet>, ICommand<VersionZWaveSoftwareGet>
{
    public static CommandId CommandId => new(VersionCommandClass.Id, 0x17);
}

/// <summary>Version Z-Wave Software Report (0x86 0x18, since V3): what the node's software is built from.</summary>
/// <remarks>
/// byte 0-2    SDK version
/// byte 3-5    application framework API version
/// byte 6-7    application framework build number
/// byte 8-10   host interface version
/// byte 11-12  host interface build number
/// byte 13-15  Z-Wave protocol version
/// byte 16-17  Z-Wave protocol build number
/// byte 18-20  application version
/// byte 21-22  application build number
/// A version of 00 00 00 is unused. Source: management command class specification, Version Z-Wave Software Report.
/// </remarks>
public sealed record VersionZWaveSoftwareReport(
    SoftwareVersion SdkVersion,
    SoftwareVersion ApplicationFrameworkApiVersion,
    ushort ApplicationFrameworkBuildNumber,
    SoftwareVersion HostInterfaceVersion,
    ushort HostInterfaceBuildNumber,
    SoftwareVersion ZWaveProtocolVersion,
    ushort ZWaveProtocolBuildNumber,
    SoftwareVersion ApplicationVersion,
    ushort ApplicationBuildNumber) : ICommand<VersionZWaveSoftwareReport>, IValueReport
{
    private static readonly ValueMetadata s_sdkMetadata = new("SDK version");
    private static readonly ValueMetadata s_frameworkMetadata = new("Application framework version");
    private static readonly ValueMetadata s_hostInterfaceMetadata = new("Host interface version");
    private static readonly ValueMetadata s_protocolMetadata = new("Z-Wave protocol version with patch number");
    private static readonly ValueMetadata s_applicationMetadata = new("Application version");

    public static CommandId CommandId => new(VersionCommandClass.Id, 0x18);

    public static DecodeError TryDecode(ref PayloadReader payload, out VersionZWaveSoftwareReport? command)
    {
        command = null;
        if (!TryReadVersion(ref payload, out var sdk)) return DecodeError.Truncated;
        if (!TryReadVersion(ref payload, out var framework)) return DecodeError.Truncated;
        if (!payload.TryReadUInt16(out var frameworkBuild)) return DecodeError.Truncated;
        if (!TryReadVersion(ref payload, out var hostInterface)) return DecodeError.Truncated;
        if (!payload.TryReadUInt16(out var hostInterfaceBuild)) return DecodeError.Truncated;
        if (!TryReadVersion(ref payload, out var protocol)) return DecodeError.Truncated;
        if (!payload.TryReadUInt16(out var protocolBuild)) return DecodeError.Truncated;
        if (!TryReadVersion(ref payload, out var application)) return DecodeError.Truncated;
        if (!payload.TryReadUInt16(out var applicationBuild)) return DecodeError.Truncated;
        command = new(
            sdk, framework, frameworkBuild, hostInterface, hostInterfaceBuild, protocol, protocolBuild, application, applicationBuild);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        WriteVersion(ref payload, SdkVersion);
        WriteVersion(ref payload, ApplicationFrameworkApiVersion);
        payload.WriteUInt16(ApplicationFrameworkBuildNumber);
        WriteVersion(ref payload, HostInterfaceVersion);
        payload.WriteUInt16(HostInterfaceBuildNumber);
        WriteVersion(ref payload, ZWaveProtocolVersion);
        payload.WriteUInt16(ZWaveProtocolBuildNumber);
        WriteVersion(ref payload, ApplicationVersion);
        payload.WriteUInt16(ApplicationBuildNumber);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Text("sdkVersion", SdkVersion.ToString());
        fields.Text("applicationFrameworkApiVersion", ApplicationFrameworkApiVersion.ToString());
        fields.Number("applicationFrameworkBuildNumber", (long)ApplicationFrameworkBuildNumber);
        fields.Text("hostInterfaceVersion", HostInterfaceVersion.ToString());
        fields.Number("hostInterfaceBuildNumber", (long)HostInterfaceBuildNumber);
        fields.Text("zWaveProtocolVersion", ZWaveProtocolVersion.ToString());
        fields.Number("zWaveProtocolBuildNumber", (long)ZWaveProtocolBuildNumber);
        fields.Text("applicationVersion", ApplicationVersion.ToString());
        fields.Number("applicationBuildNumber", (long)ApplicationBuildNumber);
    }

    public void CollectValues(IValueSink values)
    {
        Collect(values, VersionCommandClass.SdkVersion, s_sdkMetadata, SdkVersion);
        Collect(values, VersionCommandClass.ApplicationFrameworkVersion, s_frameworkMetadata, ApplicationFrameworkApiVersion);
        Collect(values, VersionCommandClass.HostInterfaceVersion, s_hostInterfaceMetadata, HostInterfaceVersion);
        Collect(values, VersionCommandClass.ZWaveProtocolVersion, s_protocolMetadata, ZWaveProtocolVersion);
        Collect(values, VersionCommandClass.ApplicationVersion, s_applicationMetadata, ApplicationVersion);
    }

    private static void Collect(IValueSink values, PropertyId property, ValueMetadata metadata, SoftwareVersion version)
    {
        if (!version.IsUsed) return;
        values.Describe(property, metadata);
        values.Set(property, Value.Of(version.ToString()));
    }

    private static bool TryReadVersion(ref PayloadReader payload, out SoftwareVersion version)
    {
        version = default;
        if (!payload.TryReadBytes(3, out var bytes)) return false;
        version = new(bytes[0], bytes[1], bytes[2]);
        return true;
    }

    private static void WriteVersion(ref PayloadWriter payload, SoftwareVersion version)
    {
        payload.WriteByte(version.Major);
        payload.WriteByte(version.Minor);
        payload.WriteByte(version.Patch);
    }
}
