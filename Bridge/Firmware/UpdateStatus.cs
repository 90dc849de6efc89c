using Bridge.ZWave.Firmware;

namespace Bridge.Firmware;

/// <summary>The firmware of a node as users see it: what runs, what there is, what is going on.</summary>
/// <param name="InstalledVersion">Of the Z-Wave chip's firmware.</param>
/// <param name="LatestVersion">Of the newest file for it, when that is newer; else what runs.</param>
/// <param name="State">A word of <see cref="Word"/>, <c>idle</c> or <c>interrupted</c>.</param>
/// <param name="File">Of the update under way or the last one; without one: the file that would be installed.</param>
public sealed record UpdateStatus(string InstalledVersion, string LatestVersion, string State, string? File)
{
    /// <summary>There is nothing to tell.</summary>
    public const string Idle = "idle";

    /// <summary>The program ended in the middle of an update.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Null: nobody knows what the device is called.</summary>
    public string? Title { get; init; }

    public bool IsInProgress { get; init; }

    /// <summary>0..100 while fragments are fetched; else null.</summary>
    public int? Percent { get; init; }

    public string? Error { get; init; }

    /// <summary>The next update with the same image goes on where the last one ended.</summary>
    public bool IsResumable { get; init; }

    /// <summary>A state as users read it.</summary>
    public static string Word(FirmwareState state) => state switch
    {
        FirmwareState.Preparing => "preparing",
        FirmwareState.WaitingForButton => "waiting_for_button",
        FirmwareState.Transferring => "transferring",
        FirmwareState.Checking => "checking",
        FirmwareState.Activating => "activating",
        FirmwareState.Restarting => "restarting",
        FirmwareState.Interviewing => "interviewing",
        FirmwareState.Done => "done",
        FirmwareState.WaitingForActivation => "waiting_for_activation",
        FirmwareState.Failed => "failed",
        FirmwareState.Aborted => "aborted",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
