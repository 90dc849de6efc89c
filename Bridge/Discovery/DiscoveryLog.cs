using Microsoft.Extensions.Logging;

namespace Bridge.Discovery;

/// <summary>The log lines of discovery. Event ids: 1500.</summary>
internal static partial class DiscoveryLog
{
    [LoggerMessage(1500, LogLevel.Information, "Discovery: cleared {Topic}, which an earlier run had announced")]
    public static partial void StaleCleared(this ILogger logger, string topic);

    [LoggerMessage(1501, LogLevel.Warning,
        "Discovery: more than {Limit} documents are kept below {Prefix}; those beyond are not looked through for old ones of ours")]
    public static partial void SweepFull(this ILogger logger, int limit, string prefix);

    [LoggerMessage(1502, LogLevel.Warning, "Discovery template left out: {Fault}")]
    public static partial void TemplateLeftOut(this ILogger logger, TemplateFault fault);

    [LoggerMessage(1503, LogLevel.Warning, "Discovery templates have changed and have faults, the ones before stay in use: {Faults}")]
    public static partial void TemplatesBroken(this ILogger logger, string faults);

    [LoggerMessage(1504, LogLevel.Information, "Discovery templates have changed: {Count} read")]
    public static partial void TemplatesRead(this ILogger logger, int count);
}
