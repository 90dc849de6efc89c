namespace Bridge.ZWave.Upkeep;

/// <summary>What a backup is made for.</summary>
public enum NvmBackupReason
{
    /// <summary>Somebody asked for it.</summary>
    Request,

    /// <summary>A node is about to be included: by itself, as the settings say.</summary>
    Inclusion,

    /// <summary>A node is about to be excluded: the same.</summary>
    Exclusion,

    /// <summary>A node that does not answer is about to be replaced: the same.</summary>
    Replacement,
}

/// <summary>How a backup ended.</summary>
public enum NvmBackupOutcome
{
    /// <summary>There is a file.</summary>
    Made,

    /// <summary>An automatic one: switched off, or the last one is young enough.</summary>
    NotNeeded,

    /// <summary>There is none, and why. The module works as before.</summary>
    Failed,

    Cancelled,
}

/// <summary>How a backup ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="File">Its whole path; null: none was made.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Reason">Why there is none, in words.</param>
/// <param name="Code">The same for programs.</param>
public sealed record NvmBackupResult(
    NvmBackupOutcome Outcome, string? File = null, int SizeBytes = 0, string? Reason = null, ZWaveErrorCode Code = ZWaveErrorCode.None);

/// <summary>Where a backup or a restore stands.</summary>
/// <param name="Work">What is done: "reading", "writing", "checking".</param>
/// <param name="Done">Bytes so far.</param>
/// <param name="Total">Bytes in all.</param>
public sealed record NvmProgress(string Work, int Done, int Total);

/// <summary>Where backups are kept and when they are made by themselves.</summary>
/// <param name="Directory">The folder; made when it is not there.</param>
public sealed record NvmBackupOptions(string Directory)
{
    /// <summary>How many of a network are kept; older ones are deleted.</summary>
    public int Keep { get; init; } = 10;

    /// <summary>Before nodes are included, excluded and replaced.</summary>
    public bool IsAutomatic { get; init; } = true;

    /// <summary>An automatic one is left out when the last one, of whatever reason, is younger than this.</summary>
    public TimeSpan AutomaticPause { get; init; } = TimeSpan.FromHours(1);
}
