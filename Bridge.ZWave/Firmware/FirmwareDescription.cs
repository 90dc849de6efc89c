using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Firmware;

/// <summary>One firmware of a node.</summary>
/// <param name="Number">0 is the Z-Wave chip's.</param>
/// <param name="Checksum">CRC-16 of the image it runs; known of target 0 only.</param>
public sealed record FirmwareTarget(byte Number, ushort FirmwareId, bool IsUpgradable, ushort? Checksum);

/// <summary>What a node tells of its firmware and how it takes a new one.</summary>
/// <param name="Version">Of its Firmware Update Meta Data class.</param>
public sealed record FirmwareDescription(NodeId Node, byte Version, ushort ManufacturerId, IReadOnlyList<FirmwareTarget> Targets)
{
    /// <summary>From here on it can be told to store a firmware now and start it later.</summary>
    private const byte FirstWithActivation = 4;

    private const byte FirstTellingActivation = 7;

    /// <summary>Null: it does not say.</summary>
    public byte? HardwareVersion { get; init; }

    /// <summary>The largest fragment it takes, in bytes; null: it does not say.</summary>
    public ushort? MaximumFragmentSize { get; init; }

    /// <summary>Null: it does not say.</summary>
    public FirmwareCapabilities? Capabilities { get; init; }

    /// <summary>It goes on with an interrupted transfer where that ended.</summary>
    public bool SupportsResume => Capabilities?.SupportsResume == true;

    /// <summary>It can store a firmware now and start it later.</summary>
    public bool SupportsActivation => Version >= FirstTellingActivation ? Capabilities?.SupportsActivation == true : Version >= FirstWithActivation;

    public FirmwareTarget? Find(int target) => Targets.FirstOrDefault(known => known.Number == target);

    internal static FirmwareDescription Of(NodeId node, byte version, FirmwareMetaDataReport report)
    {
        var chip = new FirmwareTarget(
            0, report.Firmware0Id, report.Upgradable is null or FirmwareMetaDataReport.CanBeUpgraded, report.Firmware0Checksum);
        // The flag speaks of the chip alone: what is told of further targets is there to be updated.
        var further = (report.FurtherFirmwareIds ?? []).Select(static (id, index) => new FirmwareTarget((byte)(index + 1), id, IsUpgradable: true, null));
        return new(node, version, report.ManufacturerId, [chip, .. further])
        {
            HardwareVersion = report.HardwareVersion,
            MaximumFragmentSize = report.MaximumFragmentSize is > 0 and var size ? size : null,
            Capabilities = report.Capabilities,
        };
    }
}
