using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Commands;

/// <summary>One bench for tests that leave it as it was. Its clock stands still, so that what is logged in a second is up to the test.</summary>
public sealed class SharedCommandBench : IAsyncLifetime
{
    internal ManualTimeProvider Time { get; } = new();

    internal CommandBench Value { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Value = await CommandBench.StartAsync(Time);

    public ValueTask DisposeAsync() => Value.DisposeAsync();
}
