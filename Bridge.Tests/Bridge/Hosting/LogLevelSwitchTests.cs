using Bridge.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Bridge.Tests.Hosting;

public sealed class LogLevelSwitchTests
{
    [Fact]
    public void Level_is_one_of_four_words_and_changes_are_told()
    {
        var level = new LogLevelSwitch(LogLevel.Information);
        var changes = 0;
        level.Changed += () => changes++;
        var option = Assert.Single(level.All);
        Assert.Equal(("log_level", "info"), (option.Name, option.Value));
        Assert.Equal(["debug", "info", "warning", "error"], option.Allowed);
        level.Set("log_level", "error");
        Assert.Equal((LogLevel.Error, "error", 1), (level.Level, level.Word, changes));
        Assert.Throws<ArgumentException>(() => level.Set("log_level", "loud"));
        Assert.Throws<ArgumentException>(() => level.Set("colour", "error"));
    }

    [Fact]
    public void Host_logs_from_the_level_of_the_settings_on_and_from_another_one_when_it_is_changed()
    {
        using var host = BridgeServices.Build(["--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Special=Error"], AppContext.BaseDirectory);
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Bridge.Something");
        var special = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Special.Thing");
        Assert.Equal((false, true), (logger.IsEnabled(LogLevel.Information), logger.IsEnabled(LogLevel.Warning)));
        host.Services.GetRequiredService<LogLevelSwitch>().Set("log_level", "debug");
        Assert.True(logger.IsEnabled(LogLevel.Debug));
        // What was set for one category stays.
        Assert.Equal((false, true), (special.IsEnabled(LogLevel.Warning), special.IsEnabled(LogLevel.Error)));
    }

    [Theory]
    [InlineData(LogLevel.Trace, "debug")]
    [InlineData(LogLevel.Critical, "error")]
    [InlineData(LogLevel.None, "none")]
    public void Levels_without_a_word_of_their_own_have_the_next_one(LogLevel level, string word) => Assert.Equal(word, MqttLoggerProvider.Word(level));
}
