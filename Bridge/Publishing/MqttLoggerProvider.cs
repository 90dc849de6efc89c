using Bridge.Mqtt;
using Microsoft.Extensions.Logging;

namespace Bridge.Publishing;

/// <summary>
/// Puts log lines on <c>bridge/logging</c>: <c>{"level":"warning","message":"…"}</c>, not retained, as many as people can read. Made before there is a broker;
/// what is logged until <see cref="Attach"/> goes nowhere. Any thread may call.
/// </summary>
/// <remarks>
/// A line that is logged while a line is being published is left out, and so are those of the connection itself: a broker in trouble must not be told about
/// it in ever more messages.
/// </remarks>
public sealed class MqttLoggerProvider(TimeProvider time) : ILoggerProvider
{
    /// <summary>At most this many lines in <see cref="Window"/>; how many were left out is told after it.</summary>
    public const int MaximumLines = 30;

    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Longer messages are cut.</summary>
    public const int MaximumLength = 2000;

    [ThreadStatic]
    private static bool s_isPublishing;

    private readonly Lock _gate = new();
    private volatile IMessageSink? _sink;
    private volatile string? _topic;
    private volatile int _minimum = (int)LogLevel.Warning;
    private long _windowBegan;
    private int _lines;
    private int _leftOut;

    /// <summary>Lines below it are left out; may be changed at any time. Lines the host's own filter leaves out never get here.</summary>
    public LogLevel Minimum
    {
        get => (LogLevel)_minimum;
        set => _minimum = (int)value;
    }

    /// <summary>"debug", "info", "warning", "error", "none": the words of <c>bridge/info</c> and <c>bridge/logging</c>.</summary>
    public static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.None => "none",
        _ => "error",
    };

    /// <summary>The level a word means; null: none.</summary>
    public static LogLevel? Level(string word) => word?.Trim().ToLowerInvariant() switch
    {
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "none" => LogLevel.None,
        _ => null,
    };

    /// <summary>From here on lines are published.</summary>
    public void Attach(IMessageSink sink, TopicScheme topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _topic = topics.BridgeLogging;
        _sink = sink;
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName == typeof(MqttConnection).FullName);

    public void Dispose() => _sink = null;

    private bool IsEnabled(LogLevel level) => _sink is not null && level != LogLevel.None && level >= Minimum && !s_isPublishing;

    private void Publish(LogLevel level, string message)
    {
        if (_sink is not { } sink || _topic is not { } topic) return;
        int leftOut;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var isNew = _lines == 0 || time.GetElapsedTime(_windowBegan, now) >= Window;
            if (!isNew && _lines >= MaximumLines)
            {
                _leftOut++;
                return;
            }

            if (isNew) (_windowBegan, _lines) = (now, 0);
            _lines++;
            (leftOut, _leftOut) = (isNew ? _leftOut : 0, isNew ? 0 : _leftOut);
        }

        s_isPublishing = true;
        try
        {
            if (leftOut > 0) sink.Publish(Message(topic, LogLevel.Warning, $"{leftOut} log lines were left out here; the program's own log has them"));
            sink.Publish(Message(topic, level, message.Length > MaximumLength ? message[..MaximumLength] + "…" : message));
        }
        finally
        {
            s_isPublishing = false;
        }
    }

    private static MqttMessage Message(string topic, LogLevel level, string message) => MqttMessages.Passing(topic, JsonPayload.Of(json =>
    {
        json.Member("level", Word(level));
        json.Member("message", message);
    }));

    private sealed class Logger(MqttLoggerProvider provider, bool isSilent) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => !isSilent && provider.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            ArgumentNullException.ThrowIfNull(formatter);
            if (!IsEnabled(logLevel)) return;
            var text = formatter(state, exception);
            provider.Publish(logLevel, exception is null ? text : $"{text} ({exception.GetType().Name}: {exception.Message})");
        }
    }
}
