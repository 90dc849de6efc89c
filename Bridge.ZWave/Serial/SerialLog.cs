using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Serial;

/// <summary>Log lines of the line and its session: event ids 1000 to 1099. A cause that repeats is one line with a count.</summary>
internal static partial class SerialLog
{
    [LoggerMessage(1000, LogLevel.Information, "{Line}: open")]
    public static partial void LineOpen(ILogger logger, string line);

    [LoggerMessage(1001, LogLevel.Warning, "{Line}: lost ({Fault}), reopening until it is back")]
    public static partial void LineLost(ILogger logger, string line, string fault);

    [LoggerMessage(1002, LogLevel.Debug, "{Line}: cannot be opened ({Fault}), next try in {PauseSeconds} s")]
    public static partial void LineStillLost(ILogger logger, string line, string fault, double pauseSeconds);

    [LoggerMessage(1003, LogLevel.Error, "{Line}: the controller does not acknowledge anything ({Fault})")]
    public static partial void LineJammed(ILogger logger, string line, string fault);

    [LoggerMessage(1004, LogLevel.Information, "{Line}: the controller acknowledges again")]
    public static partial void LineAnswersAgain(ILogger logger, string line);

    [LoggerMessage(1005, LogLevel.Warning, "{Line}: {Count} bytes of noise, last {Bytes} ({Repeats} such events since the last report)")]
    public static partial void Noise(ILogger logger, string line, int count, string bytes, long repeats);

    [LoggerMessage(1006, LogLevel.Warning, "{Line}: wrong checksum in {Bytes} ({Repeats} such frames since the last report)")]
    public static partial void BadChecksum(ILogger logger, string line, string bytes, long repeats);

    [LoggerMessage(1007, LogLevel.Debug, "{Line}: answer nobody waits for: {Frame} ({Repeats} such frames since the last report)")]
    public static partial void UnknownAnswer(ILogger logger, string line, DataFrame frame, long repeats);

    [LoggerMessage(1008, LogLevel.Error, "A handler of controller frames failed, function {Function} ({Repeats} failures since the last report)")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, FunctionId function, long repeats);

    [LoggerMessage(1009, LogLevel.Trace, "{Line} < {Frame}")]
    public static partial void FrameReceived(ILogger logger, string line, DataFrame frame);

    [LoggerMessage(1010, LogLevel.Trace, "{Line} > {Bytes}")]
    public static partial void FrameSent(ILogger logger, string line, string bytes);

    [LoggerMessage(1011, LogLevel.Critical, "{Line}: the session ended by a fault of its own")]
    public static partial void SessionFailed(ILogger logger, Exception exception, string line);
}
