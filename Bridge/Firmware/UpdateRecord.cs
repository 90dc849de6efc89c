using Bridge.ZWave.Firmware;
using Bridge.ZWave.Wire;

namespace Bridge.Firmware;

/// <summary>An update as it is remembered: one that runs, did not work, waits to be activated, or was interrupted.</summary>
/// <param name="Checksum">Of the image.</param>
public sealed record UpdateRecord(NodeId Node, byte Target, ushort Checksum, FirmwareState State)
{
    /// <summary>Name of the file; null: the image came in a request.</summary>
    public string? File { get; init; }

    public string? Error { get; init; }

    /// <summary>The program ended while it ran.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>The node goes on with it where it ended.</summary>
    public bool CanResume { get; init; }

    /// <summary>0..100; not written to the file.</summary>
    public int Percent { get; init; }

    public bool IsRunning => !IsInterrupted && State is not (FirmwareState.Failed or FirmwareState.WaitingForActivation);

    /// <summary>The next update with the same image goes on where this one ended.</summary>
    public bool IsResumable => CanResume && (IsInterrupted || State == FirmwareState.Failed);
}
