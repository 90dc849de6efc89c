using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.Naming;

/// <summary>Log lines about names. Event ids: 470.</summary>
internal static partial class NamingLog
{
    [LoggerMessage(471, LogLevel.Warning, "The file of names {File} cannot be read ({Reason}); it was renamed to {Aside}. Nodes are called by their numbers")]
    public static partial void NamesSetAside(this ILogger logger, string file, string aside, string reason);

    [LoggerMessage(472, LogLevel.Error, "The file of names {File} cannot be read: {Reason}. It is left alone; nodes are called by their numbers")]
    public static partial void NamesUnreadable(this ILogger logger, string file, string reason);

    [LoggerMessage(473, LogLevel.Error, "Names could not be written: {Reason}. They count until the next start")]
    public static partial void NamesNotWritten(this ILogger logger, string reason);

    [LoggerMessage(474, LogLevel.Warning, "The remembered name of node {Node} cannot be used: {Fault}. It is called by its number")]
    public static partial void NameLeftOut(this ILogger logger, NodeId node, string fault);

    [LoggerMessage(475, LogLevel.Warning, "The new node {Node} cannot be called as wanted: {Fault}. It is called by its number")]
    public static partial void NewNameRefused(this ILogger logger, NodeId node, string fault);
}
