using Bridge.Mqtt;

namespace Bridge.Discovery;

/// <summary>The way to a broker for the moment in which what it has kept is looked through.</summary>
public interface IDiscoverySweepLink
{
    /// <summary>Subscribes, in a way that the broker sends what it has kept; disposing what comes back unsubscribes.</summary>
    /// <param name="filters">With wildcards.</param>
    /// <param name="received">Called on any thread for each message of these filters; does not block and does not fail.</param>
    /// <param name="cancellationToken">The connection is gone, or the program stops.</param>
    Task<IAsyncDisposable> SubscribeAsync(IReadOnlyList<string> filters, Action<MqttMessage> received, CancellationToken cancellationToken);
}
