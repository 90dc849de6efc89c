using System.Globalization;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Firmware;

/// <summary>A firmware for a node.</summary>
/// <param name="Node">Which.</param>
/// <param name="Image">What.</param>
public sealed record FirmwareOrder(NodeId Node, FirmwareImage Image)
{
    /// <summary>Numbers of fragments have 15 bits.</summary>
    private const int MaximumFragments = 0x7FFF;

    /// <summary>Which of the node's firmwares; 0 is the Z-Wave chip's.</summary>
    public byte Target { get; init; }

    /// <summary>What the user or the name of the file says it is for; null: nobody said, the node's own is taken.</summary>
    public ushort? ManufacturerId { get; init; }

    /// <summary>As <see cref="ManufacturerId"/>.</summary>
    public ushort? FirmwareId { get; init; }

    /// <summary>As <see cref="ManufacturerId"/>.</summary>
    public byte? HardwareVersion { get; init; }

    /// <summary>The node stores it and starts it when told to.</summary>
    public bool ActivatesLater { get; init; }

    /// <summary>An earlier transfer of this image was interrupted: go on where it ended, if the node can, else from the beginning.</summary>
    public bool Resumes { get; init; }

    /// <summary>Send it also to a node that says it runs this very image.</summary>
    public bool AllowsSame { get; init; }

    /// <summary>Everything that speaks against it. Nothing has been sent by then.</summary>
    internal IReadOnlyList<string> FaultsFor(FirmwareDescription node, int fragmentSize)
    {
        List<string> faults = [];
        if (node.Find(Target) is not { } target)
        {
            faults.Add($"there is no firmware target {Target}; the node has {string.Join(", ", node.Targets.Select(static known => known.Number))}");
        }
        else
        {
            if (!target.IsUpgradable) faults.Add($"the node says that firmware target {Target} cannot be updated");
            if (FirmwareId is { } id && id != target.FirmwareId)
            {
                faults.Add($"the image is for firmware id {id:x4}; target {Target} has {target.FirmwareId:x4}");
            }

            if (target.Checksum == Image.Checksum && !AllowsSame) faults.Add($"the node runs this image already (checksum {Image.Checksum:x4})");
        }

        if (ManufacturerId is { } manufacturer && manufacturer != node.ManufacturerId)
        {
            faults.Add($"the image is for manufacturer {manufacturer:x4}; the node has {node.ManufacturerId:x4}");
        }

        if (HardwareVersion is { } hardware && node.HardwareVersion is { } own && hardware != own)
        {
            faults.Add($"the image is for hardware version {hardware}; the node has {own}");
        }

        if (ActivatesLater && !node.SupportsActivation) faults.Add("the node cannot store a firmware to start it later");
        if (Image.FragmentsOf(fragmentSize) > MaximumFragments)
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"the image has {Image.Length} bytes; with fragments of {fragmentSize} bytes the node takes {MaximumFragments * fragmentSize} at most"));
        }

        return faults;
    }
}
