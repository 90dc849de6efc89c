using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Firmware Update Meta Data (0x7A, V1-V8): which firmware a node runs, and how it takes a new one over the air.</summary>
public static class FirmwareUpdateMetaDataCommandClass
{
    public static readonly CommandClassId Id = new(0x7A);

    /// <summary>Firmware ids: the Z-Wave chip's first, then those of further targets.</summary>
    public static readonly PropertyId FirmwareIds = new(Id, "firmwareIds");

    /// <summary>The manufacturer id a new firmware must carry.</summary>
    public static readonly PropertyId FirmwareManufacturerId = new(Id, "firmwareManufacturerId");

    /// <summary>False when the chip's firmware cannot be replaced over the air.</summary>
    public static readonly PropertyId IsUpgradable = new(Id, "firmwareUpgradable");

    /// <summary>The most bytes of firmware the node takes in one fragment.</summary>
    public static readonly PropertyId MaximumFragmentSize = new(Id, "maxFragmentSize");

    /// <summary>The hardware version a new firmware must fit.</summary>
    public static readonly PropertyId HardwareVersion = new(Id, "hardwareVersion");

    public static readonly CommandClassDefinition Definition = new(Id, "FIRMWARE_UPDATE_MD", ImplementedVersion: 8,
    [
        CommandDefinition.Of<FirmwareMetaDataGet>("FIRMWARE_MD_GET"),
        CommandDefinition.Of<FirmwareMetaDataReport>("FIRMWARE_MD_REPORT"),
        CommandDefinition.Of<FirmwareUpdateRequestGet>("FIRMWARE_UPDATE_MD_REQUEST_GET"),
        CommandDefinition.Of<FirmwareUpdateRequestReport>("FIRMWARE_UPDATE_MD_REQUEST_REPORT"),
        CommandDefinition.Of<FirmwareFragmentGet>("FIRMWARE_UPDATE_MD_GET"),
        CommandDefinition.Of<FirmwareFragmentReport>("FIRMWARE_UPDATE_MD_REPORT"),
        CommandDefinition.Of<FirmwareUpdateStatusReport>("FIRMWARE_UPDATE_MD_STATUS_REPORT"),
        CommandDefinition.Of<FirmwareActivationSet>("FIRMWARE_UPDATE_ACTIVATION_SET"),
        CommandDefinition.Of<FirmwareActivationStatusReport>("FIRMWARE_UPDATE_ACTIVATION_STATUS_REPORT"),
        CommandDefinition.Of<FirmwarePrepareGet>("FIRMWARE_UPDATE_MD_PREPARE_GET"),
        CommandDefinition.Of<FirmwarePrepareReport>("FIRMWARE_UPDATE_MD_PREPARE_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Firmware", InterviewPhase.Manufacturer, static _ =>
                [InterviewRequest.For<FirmwareMetaDataReport>(new FirmwareMetaDataGet())])
            {
                RootOnly = true,
            },
        ],
    };

    internal static readonly ValueMetadata FirmwareIdsMetadata = new("Firmware ids");
    internal static readonly ValueMetadata FirmwareManufacturerIdMetadata = new("Manufacturer id of the firmware");
    internal static readonly ValueMetadata IsUpgradableMetadata = new("Firmware can be updated");
    internal static readonly ValueMetadata MaximumFragmentSizeMetadata = new("Largest firmware fragment") { Unit = "B" };
    internal static readonly ValueMetadata HardwareVersionMetadata = new("Hardware version");
}

/// <summary>Firmware Meta Data Get (0x7A 0x01): ask which firmware the node runs. No parameters.</summary>
public sealed record FirmwareMetaDataGet : EmptyCommand<FirmwareMetaDataGet>, ICommand<FirmwareMetaDataGet>
{
    public static CommandId CommandId => new(FirmwareUpdateMetaDataCommandClass.Id, 0x01);
}

/// <summary>What a node can do during an update (Firmware Meta Data Report, the last byte).</summary>
/// <param name="ContinuesToFunction">It works on while it takes the firmware.                              since V6</param>
/// <param name="SupportsActivation">It can store the firmware now and start it later.                      since V7</param>
/// <param name="SupportsNonSecure">It takes fragments without encryption, which is faster.                 since V8</param>
/// <param name="SupportsResume">It goes on with an interrupted transfer where that ended.                  since V8</param>
public readonly record struct FirmwareCapabilities(
    bool ContinuesToFunction, bool SupportsActivation = false, bool SupportsNonSecure = false, bool SupportsResume = false)
{
    private const byte ContinuesFlag = 0x01;
    private const byte ActivationFlag = 0x02;
    private const byte NonSecureFlag = 0x04;
    private const byte ResumeFlag = 0x08;

    internal static FirmwareCapabilities FromByte(byte flags) => new(
        (flags & ContinuesFlag) != 0, (flags & ActivationFlag) != 0, (flags & NonSecureFlag) != 0, (flags & ResumeFlag) != 0);

    internal byte ToByte(byte version)
    {
        var flags = ContinuesToFunction ? ContinuesFlag : 0;
        if (version >= 7 && SupportsActivation) flags |= ActivationFlag;
        if (version >= 8 && SupportsNonSecure) flags |= NonSecureFlag;
        if (version >= 8 && SupportsResume) flags |= ResumeFlag;
        return (byte)flags;
    }
}

/// <summary>Firmware Meta Data Report (0x7A 0x02): which firmware the node runs, and how it can be updated.</summary>
/// <remarks>
/// bytes 0..1   manufacturer id
/// bytes 2..3   firmware 0 id: the Z-Wave chip's firmware
/// bytes 4..5   firmware 0 checksum, CRC-16 of the image
/// byte 6       upgradable: FF firmware 0 can be updated, 00 not                                          since V3
/// byte 7       n, further firmware targets                                                               since V3
/// bytes 8..9   largest fragment, in bytes                                                                since V3
/// bytes 10..   n ids of two bytes                                                                        since V3
/// next byte    hardware version                                                                          since V5
/// next byte    bit 0 keeps working during the update (V6), bit 1 activation (V7), bit 2 transfer without encryption,
///              bit 3 resume (V8); the others reserved                                                    since V6
/// Source: application command class specification, Firmware Meta Data Report.
/// </remarks>
public sealed record FirmwareMetaDataReport(ushort ManufacturerId, ushort Firmware0Id, ushort Firmware0Checksum)
    : ICommand<FirmwareMetaDataReport>, IValueReport
{
    /// <summary><see cref="Upgradable"/>: firmware 0 can be updated.</summary>
    public const byte CanBeUpgraded = 0xFF;

    public static CommandId CommandId => new(FirmwareUpdateMetaDataCommandClass.Id, 0x02);

    public byte? Upgradable { get; init; }

    /// <summary>How many targets there are besides firmware 0.</summary>
    public byte? FurtherTargets { get; init; }

    public ushort? MaximumFragmentSize { get; init; }

    /// <summary>Ids of the further targets; target 1 first.</summary>
    public IReadOnlyList<ushort>? FurtherFirmwareIds { get; init; }

    public byte? HardwareVersion { get; init; }

    public FirmwareCapabilities? Capabilities { get; init; }

    public static DecodeError TryDecode(ref PayloadReader payload, out FirmwareMetaDataReport? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var manufacturer) || !payload.TryReadUInt16(out var firmware) ||
            !payload.TryReadUInt16(out var checksum))
        {
            return DecodeError.Truncated;
        }

        byte? furtherTargets = null;
        ushort? maximumFragmentSize = null;
        ushort[]? ids = null;
        // Each field stands only behind all those before it.
        byte? upgradable = payload.TryReadByte(out var first) ? first : null;
        if (payload.TryReadByte(out var targets)) furtherTargets = targets;
        if (payload.TryReadUInt16(out var fragmentSize))
        {
            if (payload.Remaining < 2 * targets) return DecodeError.Truncated;
            maximumFragmentSize = fragmentSize;
            ids = targets == 0 ? [] : new ushort[targets];
            for (var index = 0; index < ids.Length; index++) payload.TryReadUInt16(out ids[index]);
        }

        command = new(manufacturer, firmware, checksum)
        {
            Upgradable = upgradable,
            FurtherTargets = furtherTargets,
            MaximumFragmentSize = maximumFragmentSize,
            FurtherFirmwareIds = ids,
            HardwareVersion = ids is not null && payload.TryReadByte(out var hardwareVersion) ? hardwareVersion : null,
            Capabilities = ids is not null && payload.TryReadByte(out var flags) ? FirmwareCapabilities.FromByte(flags) : null,
        };
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ManufacturerId);
        payload.WriteUInt16(Firmware0Id);
        payload.WriteUInt16(Firmware0Checksum);
        if (context.Version < 3 || Upgradable is not { } upgradable) return;
        payload.WriteByte(upgradable);
        if ((FurtherFirmwareIds is { } ids ? (byte)ids.Count : FurtherTargets) is not { } targets) return;
        payload.WriteByte(targets);
        if (MaximumFragmentSize is not { } fragmentSize || FurtherFirmwareIds is null) return;
        payload.WriteUInt16(fragmentSize);
        foreach (var id in FurtherFirmwareIds) payload.WriteUInt16(id);
        if (context.Version < 5 || HardwareVersion is not { } hardwareVersion) return;
        payload.WriteByte(hardwareVersion);
        if (context.Version >= 6 && Capabilities is { } capabilities) payload.WriteByte(capabilities.ToByte(context.Version));
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("manufacturerId", (long)ManufacturerId);
        fields.Number("firmware0Id", (long)Firmware0Id);
        fields.Number("firmware0Checksum", (long)Firmware0Checksum);
        fields.Number("firmwareUpgradable", (long?)Upgradable);
        fields.Number("numberOfFirmwareTargets", (long?)FurtherTargets);
        fields.Number("maxFragmentSize", (long?)MaximumFragmentSize);
        if (FurtherFirmwareIds is { } ids) fields.Numbers("firmwareIds", ids.Select(static id => (int)id));
        fields.Number("hardwareVersion", (long?)HardwareVersion);
        if (Capabilities is not { } capabilities) return;
        fields.Flag("continuesToFunction", capabilities.ContinuesToFunction);
        fields.Flag("activation", capabilities.SupportsActivation);
        fields.Flag("nonSecure", capabilities.SupportsNonSecure);
        fields.Flag("resume", capabilities.SupportsResume);
    }

    public void CollectValues(IValueSink values)
    {
        Tell(FirmwareUpdateMetaDataCommandClass.FirmwareManufacturerId,
            FirmwareUpdateMetaDataCommandClass.FirmwareManufacturerIdMetadata, Value.Of((long)ManufacturerId));
        Tell(FirmwareUpdateMetaDataCommandClass.FirmwareIds, FirmwareUpdateMetaDataCommandClass.FirmwareIdsMetadata,
            Value.Of([Firmware0Id, .. (FurtherFirmwareIds ?? []).Select(static id => (int)id)]));
        // Before V3 there was no way to say no.
        Tell(FirmwareUpdateMetaDataCommandClass.IsUpgradable, FirmwareUpdateMetaDataCommandClass.IsUpgradableMetadata,
            Value.Of(Upgradable is null or CanBeUpgraded));
        if (MaximumFragmentSize is { } size)
        {
            Tell(FirmwareUpdateMetaDataCommandClass.MaximumFragmentSize,
                FirmwareUpdateMetaDataCommandClass.MaximumFragmentSizeMetadata, Value.Of((long)size));
        }

        if (HardwareVersion is { } version)
        {
            Tell(FirmwareUpdateMetaDataCommandClass.HardwareVersion,
                FirmwareUpdateMetaDataCommandClass.HardwareVersionMetadata, Value.Of((long)version));
        }

        void Tell(PropertyId property, ValueMetadata metadata, Value value)
        {
            values.Describe(property, metadata);
            values.Set(property, value);
        }
    }
}
