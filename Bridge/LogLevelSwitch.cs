using Bridge.Publishing;
using Bridge.Requests;
using Microsoft.Extensions.Logging;

namespace Bridge;

/// <summary>How much the program logs, changed while it runs. Any thread may call.</summary>
/// <param name="initial">As set.</param>
public sealed class LogLevelSwitch(LogLevel initial) : IBridgeOptions
{
    private const string Name = "log_level";

    private static readonly string[] s_words =
        [.. new[] { LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error }.Select(MqttLoggerProvider.Word)];

    private volatile int _level = (int)initial;

    /// <summary>Something of <see cref="All"/> has another value.</summary>
    public event Action? Changed;

    /// <summary>Lines below it are left out.</summary>
    public LogLevel Level => (LogLevel)_level;

    /// <summary>The same in the words of MQTT.</summary>
    public string Word => MqttLoggerProvider.Word(Level);

    public IReadOnlyList<BridgeOption> All => [new(Name, Word, s_words)];

    public void Set(string name, string value)
    {
        if (name != Name || MqttLoggerProvider.Level(value) is not { } level) throw new ArgumentException($"'{name}' cannot be '{value}'", nameof(value));
        _level = (int)level;
        Changed?.Invoke();
    }
}
