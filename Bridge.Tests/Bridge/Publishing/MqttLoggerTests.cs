using Bridge.Mqtt;
using Bridge.Publishing;
using Bridge.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Bridge.Tests.Publishing;

public sealed class MqttLoggerTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingSink _sink = new();
    private readonly MqttLoggerProvider _provider;
    private readonly ILogger _logger;

    public MqttLoggerTests()
    {
        _provider = new(_time);
        _logger = _provider.CreateLogger("Bridge.Test");
    }

    public void Dispose() => _provider.Dispose();

    [Fact]
    public void Warnings_and_errors_are_published_and_not_retained()
    {
        Attach();
        Log(LogLevel.Information, "info");
        Log(LogLevel.Warning, "warning");
        _logger.Log(LogLevel.Error, default, "error", new InvalidOperationException("broken"), static (text, _) => text);
        Assert.Equal(
            [
                "base/bridge/logging {\"level\":\"warning\",\"message\":\"warning\"}",
                "base/bridge/logging {\"level\":\"error\",\"message\":\"error (InvalidOperationException: broken)\"}",
            ],
            _sink.Lines);
        Assert.All(_sink.Messages, static message => Assert.Equal((false, MqttQualityOfService.AtMostOnce), (message.Retain, message.QualityOfService)));
    }

    [Fact]
    public void Level_may_be_changed_while_running()
    {
        Attach();
        _provider.Minimum = LogLevel.Debug;
        Log(LogLevel.Debug, "debug");
        _provider.Minimum = LogLevel.None;
        Log(LogLevel.Critical, "critical");
        Assert.Single(_sink.Lines);
    }

    [Theory]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData(" Info ", LogLevel.Information)]
    [InlineData("warning", LogLevel.Warning)]
    [InlineData("error", LogLevel.Error)]
    [InlineData("none", LogLevel.None)]
    public void Levels_have_words(string word, LogLevel level)
    {
        Assert.Equal(level, MqttLoggerProvider.Level(word));
        Assert.Equal(word.Trim().ToLowerInvariant(), MqttLoggerProvider.Word(level));
        Assert.Null(MqttLoggerProvider.Level("loud"));
    }

    [Fact]
    public void What_is_logged_before_there_is_a_broker_goes_nowhere()
    {
        Log(LogLevel.Error, "early");
        Attach();
        Assert.Empty(_sink.Lines);
    }

    [Fact]
    public void Flood_is_cut_and_counted()
    {
        Attach();
        for (var line = 0; line < 100; line++) Log(LogLevel.Warning, $"{line}");
        Assert.Equal(MqttLoggerProvider.MaximumLines, _sink.Take().Count);
        _time.Advance(MqttLoggerProvider.Window);
        Log(LogLevel.Warning, "later");
        Assert.Equal(2, _sink.Lines.Count);
        Assert.Contains("70 log lines were left out", _sink.Lines[0], StringComparison.Ordinal);
        Assert.Contains("later", _sink.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Line_that_is_logged_while_one_is_published_is_left_out()
    {
        var sink = new LoggingSink(_logger);
        _provider.Attach(sink, new("base"));
        Log(LogLevel.Warning, "one");
        Assert.Equal(1, sink.Count);
    }

    [Fact]
    public void Lines_of_the_connection_itself_are_left_out()
    {
        Attach();
        _provider.CreateLogger(typeof(MqttConnection).FullName!).Log(LogLevel.Error, default, "of the connection", null, static (text, _) => text);
        Assert.Empty(_sink.Lines);
    }

    [Fact]
    public void Long_line_is_cut()
    {
        Attach();
        Log(LogLevel.Warning, new string('x', 10_000));
        Assert.InRange(Assert.Single(_sink.Messages).Payload.Length, MqttLoggerProvider.MaximumLength, MqttLoggerProvider.MaximumLength + 100);
    }

    private void Attach() => _provider.Attach(_sink, new("base"));

    private void Log(LogLevel level, string text) => _logger.Log(level, default, text, null, static (line, _) => line);

    private sealed class LoggingSink(ILogger logger) : IMessageSink
    {
        public int Count { get; private set; }

        public void Publish(MqttMessage message)
        {
            Count++;
            logger.Log(LogLevel.Error, default, "while publishing", null, static (text, _) => text);
        }
    }
}
