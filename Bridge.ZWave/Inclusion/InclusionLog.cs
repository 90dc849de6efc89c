using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Inclusion;

/// <summary>Log lines of inclusion and exclusion. Never a PIN, a DSK or a key.</summary>
internal static partial class InclusionLog
{
    [LoggerMessage(2101, LogLevel.Information, "Node {NodeId} joined the network with {Security}")]
    public static partial void NodeJoined(this ILogger logger, int nodeId, string security);

    [LoggerMessage(2102, LogLevel.Error, "Node {NodeId} did not get the keys it was to get and is not kept: {Reason}")]
    public static partial void BootstrapFailed(this ILogger logger, int nodeId, string reason);

    [LoggerMessage(2103, LogLevel.Error,
        "Node {NodeId} is not kept but could not be removed ({Reason}). It is not shown. Exclude it with its button, or cut its power and remove it by number")]
    public static partial void NodeLeftBehind(this ILogger logger, int nodeId, string reason);

    [LoggerMessage(2104, LogLevel.Error, "{Activity} failed: {Reason}")]
    public static partial void ProcedureFailed(this ILogger logger, InclusionActivity activity, string reason);

    [LoggerMessage(2105, LogLevel.Information, "Node {NodeId} was excluded")]
    public static partial void NodeExcluded(this ILogger logger, int nodeId);

    [LoggerMessage(2106, LogLevel.Information, "Node {NodeId} did not answer any more and was removed")]
    public static partial void FailedNodeRemoved(this ILogger logger, int nodeId);

    [LoggerMessage(2107, LogLevel.Warning, "Node {NodeId} says it was reset, but it still answers: it stays")]
    public static partial void ResetNodeAnswers(this ILogger logger, int nodeId);

    [LoggerMessage(2108, LogLevel.Warning, "Node {NodeId} was reset and could not be removed: {Reason}")]
    public static partial void ResetNodeStays(this ILogger logger, int nodeId, string reason);

    [LoggerMessage(2109, LogLevel.Warning, "Node {NodeId} has no routes to the controller of its own: {Reason}")]
    public static partial void NoReturnRoute(this ILogger logger, int nodeId, string reason);

    [LoggerMessage(2110, LogLevel.Error, "The provisioning list could not be written: {Reason}")]
    public static partial void ProvisioningNotWritten(this ILogger logger, string reason);

    [LoggerMessage(2111, LogLevel.Debug, "The module could not be told to {What}: {Reason}")]
    public static partial void ModuleNotTold(this ILogger logger, string what, string reason);
}
