using Bridge.ZWave.Serial;

namespace Bridge.Tests.Support;

/// <summary>A line a test holds the other end of; it may be pulled and plugged in again, and counts how often it was tried.</summary>
internal sealed class FakeTransport : ITransport
{
    private readonly MemoryTransport _line = new("fake");
    private int _tries;

    public string Name => _line.Name;

    /// <summary>How often somebody tried to open it.</summary>
    public int Tries => Volatile.Read(ref _tries);

    public Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _tries);
        return _line.OpenAsync(cancellationToken);
    }

    /// <summary>The controller at the other end of the next line that is opened.</summary>
    public async Task<FakeController> AcceptAsync() => new(await _line.AcceptAsync());

    public void Pull() => _line.IsPlugged = false;

    public void Plug() => _line.IsPlugged = true;
}
