using Bridge.Discovery;
using Bridge.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Bridge.Tests.Discovery;

public sealed class TemplateWatcherTests : IDisposable
{
    private const string Ping = """{"match": {"kind": "ping"}, "component": "button", "payload": {"name": "NAME"}}""";

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly Lines _log = new();
    private int _changes;

    public TemplateWatcherTests() => Directory.CreateDirectory(_folder["ours"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_is_read_once_it_was_left_alone_for_a_second()
    {
        using var watcher = Watch();
        Write("theirs", Ping);
        _time.Advance(5000);
        Assert.Empty(watcher.Catalog.Templates);
        _time.Advance(1000);
        Assert.Single(watcher.Catalog.Templates);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void A_file_that_is_still_written_is_waited_for()
    {
        using var watcher = Watch();
        Write("theirs", Ping);
        _time.Advance(5000);
        Write("theirs", Ping.Replace("NAME", "Another name", StringComparison.Ordinal));
        _time.Advance(1000);
        Assert.Equal(0, _changes);
        _time.Advance(1000);
        Assert.Equal("Another name", (string?)Assert.Single(watcher.Catalog.Templates).Payload["name"]);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void A_changed_and_a_deleted_file_are_noticed()
    {
        Write("ours", Ping);
        using var watcher = Watch();
        Write("ours", Ping.Replace("NAME", "N", StringComparison.Ordinal));
        _time.Advance(6000);
        Assert.Equal("N", (string?)Assert.Single(watcher.Catalog.Templates).Payload["name"]);
        File.Delete(_folder.File("ours", "ping.json"));
        _time.Advance(6000);
        Assert.Empty(watcher.Catalog.Templates);
        Assert.Equal(2, _changes);
    }

    [Fact]
    public void Without_a_change_nothing_happens()
    {
        Write("ours", Ping);
        using var watcher = Watch();
        var catalog = watcher.Catalog;
        _time.Advance(60_000);
        Assert.Same(catalog, watcher.Catalog);
        Assert.Equal(0, _changes);
        Assert.Empty(_log.All);
    }

    [Fact]
    public void A_broken_change_is_told_once_and_changes_nothing()
    {
        Write("theirs", Ping);
        using var watcher = Watch();
        Write("theirs", "{");
        _time.Advance(60_000);
        Assert.Single(watcher.Catalog.Templates);
        Assert.Equal(0, _changes);
        Assert.Contains("ping.json: not JSON", Assert.Single(_log.All), StringComparison.Ordinal);
        // Mended again.
        Write("theirs", Ping.Replace("NAME", "N", StringComparison.Ordinal));
        _time.Advance(6000);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void A_fault_at_the_start_leaves_out_the_file_and_is_told()
    {
        Write("ours", Ping);
        Write("theirs", "{");
        using var watcher = Watch();
        Assert.Single(watcher.Catalog.Templates);
        Assert.Contains("ping.json: not JSON", Assert.Single(_log.All), StringComparison.Ordinal);
    }

    [Fact]
    public void After_its_end_nothing_is_looked_at()
    {
        var watcher = Watch();
        watcher.Dispose();
        Write("theirs", Ping);
        _time.Advance(60_000);
        Assert.Equal(0, _changes);
    }

    private TemplateWatcher Watch()
    {
        TemplateWatcher watcher = new(_folder["ours"], _folder["theirs"], _time, _log);
        watcher.Changed += () => _changes++;
        return watcher;
    }

    private void Write(string folder, string text)
    {
        Directory.CreateDirectory(_folder[folder]);
        File.WriteAllText(_folder.File(folder, "ping.json"), text);
    }

    private sealed class Lines : ILogger
    {
        private readonly List<string> _all = [];

        public IEnumerable<string> All => _all.Where(static line => line.StartsWith("Warning", StringComparison.Ordinal));

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _all.Add($"{logLevel} {formatter(state, exception)}");
    }
}
