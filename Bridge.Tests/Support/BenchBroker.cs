using System.Net;
using Bridge.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.Support;

/// <summary>Which broker a <see cref="BridgeBench"/> talks to.</summary>
public enum BrokerKind
{
    Mosquitto,
    Embedded,
}

/// <summary>A broker that can be stopped and started again on the same port; it forgets everything then.</summary>
internal abstract class BenchBroker : IAsyncDisposable
{
    public abstract int Port { get; }

    public static async Task<BenchBroker> StartAsync(BrokerKind kind, MosquittoSettings? settings = null)
    {
        if (kind == BrokerKind.Mosquitto) return new Mosquitto(await MosquittoBroker.StartAsync(settings));
        var embedded = new Embedded();
        await embedded.RestartAsync();
        return embedded;
    }

    /// <summary>A Mosquitto that the test itself holds and disposes of.</summary>
    public static BenchBroker Of(MosquittoBroker broker) => new Mosquitto(broker);

    public abstract Task StopAsync();

    public abstract Task RestartAsync();

    public abstract ValueTask DisposeAsync();

    private sealed class Mosquitto(MosquittoBroker broker) : BenchBroker
    {
        public override int Port => broker.Port;

        public override Task StopAsync() => broker.StopAsync();

        public override Task RestartAsync() => broker.RestartAsync();

        public override ValueTask DisposeAsync() => broker.DisposeAsync();
    }

    private sealed class Embedded : BenchBroker
    {
        private EmbeddedBroker? _broker;
        private int _port;

        public override int Port => _port;

        public override async Task StopAsync()
        {
            if (_broker is not null) await _broker.DisposeAsync();
            _broker = null;
        }

        public override async Task RestartAsync()
        {
            await StopAsync();
            _broker = await EmbeddedBroker.StartAsync(
                new(new IPEndPoint(IPAddress.Loopback, _port)), TimeProvider.System, NullLogger.Instance, CancellationToken.None);
            _port = _broker.LocalEndPoint.Port;
        }

        public override async ValueTask DisposeAsync() => await StopAsync();
    }
}
