using System.Collections.Concurrent;
using Bridge.ZWave.Inclusion;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>Watches an inclusion and waits for its events. Patience only bounds a failing test; nothing is waited for by time.</summary>
internal sealed class InclusionWatch
{
    private readonly ConcurrentQueue<InclusionEvent> _events = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly TimeSpan _patience;

    public InclusionWatch(NodeInclusion inclusion, int patienceSeconds = 30)
    {
        _patience = TimeSpan.FromSeconds(patienceSeconds);
        inclusion.Progressed += news =>
        {
            _events.Enqueue(news);
            _news.Release();
        };
    }

    public IReadOnlyList<InclusionEvent> Events => [.. _events];

    /// <summary>Waits until there were so many events of a kind since a place, and gives the last of them; all stay where they are.</summary>
    public async Task<T> UntilAsync<T>(int count = 1, int since = 0)
        where T : InclusionEvent
    {
        while (_events.Skip(since).OfType<T>().Count() < count)
        {
            Assert.True(await _news.WaitAsync(_patience), $"no {typeof(T).Name}; there were {string.Join(", ", _events.Skip(since))}");
        }

        return _events.Skip(since).OfType<T>().ElementAt(count - 1);
    }
}
