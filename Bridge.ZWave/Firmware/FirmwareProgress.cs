using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Firmware;

/// <summary>Where an update stands.</summary>
public enum FirmwareState
{
    /// <summary>The node is asked what it runs, then offered the firmware.</summary>
    Preparing,

    /// <summary>Somebody has to press a button of the device.</summary>
    WaitingForButton,

    /// <summary>The node fetches fragments.</summary>
    Transferring,

    /// <summary>The node has the last fragment and checks the image.</summary>
    Checking,

    /// <summary>The node was told to start the stored firmware.</summary>
    Activating,

    /// <summary>The node restarts with the new firmware.</summary>
    Restarting,

    /// <summary>The node is back and is interviewed again.</summary>
    Interviewing,

    /// <summary>An end: the node runs the new firmware, or said that it needs no restart for it.</summary>
    Done,

    /// <summary>An end: the node has stored the firmware and starts it when told to.</summary>
    WaitingForActivation,

    /// <summary>An end: it did not work; the node runs what it ran before unless the error says otherwise.</summary>
    Failed,

    /// <summary>An end: the user did not want it any more.</summary>
    Aborted,
}

/// <summary>An update as of now.</summary>
/// <param name="Checksum">Of the image.</param>
/// <param name="Fragment">The highest fragment the node has got.</param>
/// <param name="Fragments">How many there are; 0 while that is not known.</param>
/// <param name="Error">Of an end that is no success: the reason.</param>
public sealed record FirmwareProgress(
    NodeId Node, byte Target, ushort Checksum, FirmwareState State, int Fragment = 0, int Fragments = 0, string? Error = null)
{
    /// <summary>After an interruption the node goes on where it ended.</summary>
    public bool CanResume { get; init; }

    /// <summary>0..100 of the transfer.</summary>
    public int Percent => Fragments == 0 ? 0 : (int)(100L * Fragment / Fragments);

    public bool IsEnd => State is FirmwareState.Done or FirmwareState.WaitingForActivation or FirmwareState.Failed or FirmwareState.Aborted;
}
