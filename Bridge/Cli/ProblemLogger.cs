using Microsoft.Extensions.Logging;

namespace Bridge.Cli;

/// <summary>Writes warnings and errors to standard error, one line each: for verbs whose output is not a log.</summary>
public sealed class ProblemLogger(TextWriter error) : ILogger
{
    private readonly Lock _gate = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel)) return;
        var line = exception is null ? formatter(state, exception) : $"{formatter(state, exception)}: {exception}";
        lock (_gate) error.Write($"zwbridge: {line}\n");
    }
}
