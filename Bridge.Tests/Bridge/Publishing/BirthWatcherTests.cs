using System.Text;
using Bridge.Mqtt;
using Bridge.Publishing;
using Bridge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.Publishing;

public sealed class BirthWatcherTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly BirthWatcher _watcher;
    private int _published;

    public BirthWatcherTests()
    {
        var publication = new FullPublication(_time, NullLogger.Instance);
        publication.Add("all", _ =>
        {
            _published++;
            return Task.CompletedTask;
        });
        _watcher = new(new("hub/status", "online") { Random = static () => 0.5 }, publication, _time);
    }

    public void Dispose() => _watcher.Dispose();

    [Theory]
    [InlineData("online")]
    [InlineData("Online")]
    [InlineData(" ONLINE\n")]
    public void Birth_publishes_everything_after_a_pause_of_1_to_5_seconds(string payload)
    {
        Receive(payload);
        _time.Advance(2999);
        Assert.Equal(0, _published);
        _time.Advance(1);
        Assert.Equal(1, _published);
    }

    [Theory]
    [InlineData("offline")]
    [InlineData("")]
    [InlineData("onlineonlineonlineonlineonlineonlineonlineonlineonlineonlineonlineonline")]
    public void Anything_else_does_nothing(string payload)
    {
        Receive(payload);
        _time.Advance(10_000);
        Assert.Equal(0, _published);
    }

    [Fact]
    public void Retained_birth_does_nothing_because_everything_was_just_published()
    {
        _watcher.OnMessage(new("hub/status", "online"u8.ToArray()) { Retain = true });
        _time.Advance(10_000);
        Assert.Equal(0, _published);
    }

    [Fact]
    public void Several_births_in_the_pause_are_one_and_a_later_one_counts_again()
    {
        Receive("online");
        Receive("online");
        _time.Advance(10_000);
        Assert.Equal(1, _published);
        Receive("online");
        _time.Advance(10_000);
        Assert.Equal(2, _published);
    }

    [Fact]
    public void Nothing_happens_after_the_end()
    {
        Receive("online");
        _watcher.Dispose();
        _time.Advance(10_000);
        Receive("online");
        Assert.Equal(0, _published);
    }

    private void Receive(string payload) => _watcher.OnMessage(new("hub/status", Encoding.UTF8.GetBytes(payload)));
}
