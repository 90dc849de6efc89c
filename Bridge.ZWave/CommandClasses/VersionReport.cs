using System.Globalization;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>A version and its sub version, both plain decimal numbers: 04 05 is "4.5", what a manual may print as 4.05.</summary>
public readonly record struct VersionNumber(byte Version, byte SubVersion)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version}.{SubVersion}");
}

/// <summary>Version Get (0x86 0x11). No parameters.</summary>
public sealed record VersionGet : EmptyCommand<VersionGet>, ICommand<VersionGet>
{
    public static CommandId CommandId => new(VersionCommandClass.Id, 0x11);
}

/// <summary>Version Report (0x86 0x12): versions of the protocol, of the firmware and of the hardware.</summary>
/// <remarks>
/// byte 0    library type
/// byte 1-2  Z-Wave protocol version, sub version
/// byte 3-4  firmware 0 version, sub version
/// byte 5    hardware version                                                                             since V2
/// byte 6    n, number of further firmware targets                                                        since V2
/// byte 7..  n times version, sub version                                                                 since V2
/// A report with byte 5 but without byte 6 is read as V1. Source: management command class specification, Version Report.
/// </remarks>
public sealed record VersionReport(
    byte LibraryType,
    VersionNumber ProtocolVersion,
    VersionNumber Firmware0Version,
    byte? HardwareVersion = null,
    VersionNumber[]? FirmwareTargets = null) : ICommand<VersionReport>, IValueReport
{
    public static CommandId CommandId => new(VersionCommandClass.Id, 0x12);

    public static DecodeError TryDecode(ref PayloadReader payload, out VersionReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var libraryType)) return DecodeError.Truncated;
        if (!TryReadVersion(ref payload, out var protocol)) return DecodeError.Truncated;
        if (!TryReadVersion(ref payload, out var firmware)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var hardware) || !payload.TryReadByte(out var count))
        {
            command = new(libraryType, protocol, firmware);
            return DecodeError.None;
        }

        if (payload.Remaining < count * 2) return DecodeError.Truncated;
        var targets = new VersionNumber[count];
        for (var index = 0; index < count; index++)
        {
            if (!TryReadVersion(ref payload, out targets[index])) return DecodeError.Truncated;
        }

        command = new(libraryType, protocol, firmware, hardware, targets);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(LibraryType);
        WriteVersion(ref payload, ProtocolVersion);
        WriteVersion(ref payload, Firmware0Version);
        if (context.Version < 2 || HardwareVersion is not { } hardware) return;
        var targets = FirmwareTargets ?? [];
        payload.WriteByte(hardware);
        payload.WriteByte((byte)targets.Length);
        foreach (var target in targets) WriteVersion(ref payload, target);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("zWaveLibraryType", (long)LibraryType);
        fields.Number("zWaveProtocolVersion", (long)ProtocolVersion.Version);
        fields.Number("zWaveProtocolSubVersion", (long)ProtocolVersion.SubVersion);
        fields.Number("firmware0Version", (long)Firmware0Version.Version);
        fields.Number("firmware0SubVersion", (long)Firmware0Version.SubVersion);
        if (HardwareVersion is not { } hardware) return;
        var targets = FirmwareTargets ?? [];
        fields.Number("hardwareVersion", (long)hardware);
        fields.Number("numberOfFirmwareTargets", (long)targets.Length);
        fields.BeginList("firmwareTargets");
        foreach (var target in targets)
        {
            fields.BeginElement();
            fields.Number("version", (long)target.Version);
            fields.Number("subVersion", (long)target.SubVersion);
            fields.EndObject();
        }

        fields.EndList();
    }

    public void CollectValues(IValueSink values)
    {
        values.Describe(VersionCommandClass.LibraryType, VersionCommandClass.LibraryTypeMetadata);
        values.Set(VersionCommandClass.LibraryType, Value.Of(LibraryType));
        values.Describe(VersionCommandClass.ProtocolVersion, VersionCommandClass.ProtocolVersionMetadata);
        values.Set(VersionCommandClass.ProtocolVersion, Value.Of(ProtocolVersion.ToString()));
        values.Describe(VersionCommandClass.FirmwareVersion, VersionCommandClass.FirmwareVersionMetadata);
        values.Set(VersionCommandClass.FirmwareVersion, Value.Of(Firmware0Version.ToString()));
        if (HardwareVersion is not { } hardware) return;
        values.Describe(VersionCommandClass.HardwareVersion, VersionCommandClass.HardwareVersionMetadata);
        values.Set(VersionCommandClass.HardwareVersion, Value.Of(hardware));
        values.Describe(VersionCommandClass.FirmwareVersions, VersionCommandClass.FirmwareVersionsMetadata);
        values.Set(VersionCommandClass.FirmwareVersions, Value.Of(string.Join(", ", [Firmware0Version, .. FirmwareTargets ?? []])));
    }

    private static bool TryReadVersion(ref PayloadReader payload, out VersionNumber version)
    {
        version = default;
        if (!payload.TryReadByte(out var major) || !payload.TryReadByte(out var minor)) return false;
        version = new(major, minor);
        return true;
    }

    private static void WriteVersion(ref PayloadWriter payload, VersionNumber version)
    {
        payload.WriteByte(version.Version);
        payload.WriteByte(version.SubVersion);
    }
}
