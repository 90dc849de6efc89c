using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Firmware;

/// <summary>Log lines of updates.</summary>
internal static partial class FirmwareLog
{
    [LoggerMessage(2601, LogLevel.Information, "Node {NodeId}: firmware update of target {Target} begins ({Length} bytes in {Fragments} fragments)")]
    public static partial void UpdateBegins(this ILogger logger, int nodeId, byte target, int length, int fragments);

    [LoggerMessage(2602, LogLevel.Information, "Node {NodeId}: firmware update of target {Target} ended: {Outcome}")]
    public static partial void UpdateEnded(this ILogger logger, int nodeId, byte target, string outcome);

    [LoggerMessage(2603, LogLevel.Warning, "Node {NodeId}: firmware update of target {Target} failed: {Reason}")]
    public static partial void UpdateFailed(this ILogger logger, int nodeId, byte target, string reason);
}
