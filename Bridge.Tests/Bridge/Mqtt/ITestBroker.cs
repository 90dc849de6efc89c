namespace Bridge.Tests.Mqtt;

/// <summary>A broker that the link's contract is tested against.</summary>
public interface ITestBroker : IAsyncDisposable
{
    int Port { get; }

    /// <summary>Ends at once, connections and all.</summary>
    Task KillAsync();

    /// <summary>Ends and starts again on the same port.</summary>
    Task RestartAsync();

    /// <summary>Answers nothing from here on; connections stay. False: it cannot.</summary>
    Task<bool> TryFreezeAsync();
}

/// <summary>How a <see cref="ITestBroker"/> is set up.</summary>
public sealed record TestBrokerSettings
{
    /// <summary>Only this user may connect.</summary>
    public string? Username { get; init; }

    public string? Password { get; init; }
}
