namespace Bridge.ZWave.Firmware;

/// <summary>Every waiting time of an update and what happens when it is over.</summary>
public sealed record FirmwareTimeouts
{
    /// <summary>A node that was offered a firmware has this long to answer.</summary>
    public TimeSpan RequestReport { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Somebody has this long to press the button of a device that asks for it.</summary>
    public TimeSpan Button { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A node that took the offer has this long to ask for the first fragment.</summary>
    public TimeSpan FirstGet { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A node may be silent this long between two questions for fragments; then the update has failed.</summary>
    public TimeSpan NextGet { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two fragments the air is left to others this long.</summary>
    public TimeSpan FragmentPause { get; init; } = TimeSpan.FromMilliseconds(35);

    /// <summary>A node that has the last fragment has this long to check the image and say how it went.</summary>
    public TimeSpan Status { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A node whose update is aborted has this long to say so; then it is left alone.</summary>
    public TimeSpan Abort { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A node told to activate a firmware has this long to answer.</summary>
    public TimeSpan Activation { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A restart takes this long when the node does not say.</summary>
    public TimeSpan Restart { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A node that says more than this is looked for earlier.</summary>
    public TimeSpan LongestRestart { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A node that does not answer after its restart is asked again after this pause …</summary>
    public TimeSpan PingPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>… for this long; then the update counts as failed, though the firmware was stored.</summary>
    public TimeSpan Return { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Progress is told at most this often.</summary>
    public TimeSpan Progress { get; init; } = TimeSpan.FromSeconds(1);
}
