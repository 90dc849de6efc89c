using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>One bridge with the three plugs for all tests of a class, which come one after another and leave it as they found it.</summary>
public sealed class SharedBench : IAsyncLifetime
{
    internal BridgeBench Bridge { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Bridge = await BridgeBench.StartAsync();
        // The relay of this plug may switch again at once.
        await Bridge.Observer.AskAsync("zwbridge/node_3/set/relay_delay", "0");
    }

    public ValueTask DisposeAsync() => Bridge.DisposeAsync();
}
