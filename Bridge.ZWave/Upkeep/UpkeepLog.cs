using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Upkeep;

/// <summary>Log lines of heal, backup and restore. Event ids: 2100.</summary>
internal static partial class UpkeepLog
{
    [LoggerMessage(2100, LogLevel.Information, "Heal of {Nodes} node(s) began")]
    public static partial void HealBegan(this ILogger logger, int nodes);

    [LoggerMessage(2101, LogLevel.Information,
        "Heal is over: {Healed} healed, {Partly} partly, {Failed} failed, {Skipped} skipped, {Cancelled} not reached before it was cancelled")]
    public static partial void HealEnded(this ILogger logger, int healed, int partly, int failed, int skipped, int cancelled);

    [LoggerMessage(2102, LogLevel.Warning, "Node {NodeId}: heal {Outcome}: {Reasons}")]
    public static partial void NodeHealFaults(this ILogger logger, int nodeId, NodeHealOutcome outcome, string reasons);

    [LoggerMessage(2110, LogLevel.Information, "Backup of the controller's memory ({Reason}): {File}, {Size} bytes")]
    public static partial void BackupMade(this ILogger logger, NvmBackupReason reason, string file, int size);

    [LoggerMessage(2111, LogLevel.Warning, "No backup of the controller's memory ({Reason}): {Fault}")]
    public static partial void BackupFailed(this ILogger logger, NvmBackupReason reason, string fault);

    [LoggerMessage(2112, LogLevel.Warning, "The controller's memory was not closed in good order: {Fault}. A reset follows")]
    public static partial void MemoryNotClosed(this ILogger logger, string fault);

    [LoggerMessage(2113, LogLevel.Warning, "The controller's receiver could not be switched on: {Fault}. A reset follows")]
    public static partial void ReceiverNotOn(this ILogger logger, string fault);

    [LoggerMessage(2114, LogLevel.Warning, "An old backup could not be deleted: {Fault}")]
    public static partial void BackupNotDeleted(this ILogger logger, string fault);

    [LoggerMessage(2115, LogLevel.Warning, "The controller's memory was restored from {File}, {Size} bytes; what was in it before is in {Before}")]
    public static partial void Restored(this ILogger logger, string file, int size, string before);

    [LoggerMessage(2116, LogLevel.Error, "The controller's memory was not restored from {File}: {Fault}")]
    public static partial void RestoreFailed(this ILogger logger, string file, string fault);
}
