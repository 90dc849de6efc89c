using System.Net;
using Bridge.Mqtt;
using Bridge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.Mqtt;

/// <summary>The link's contract with the built-in broker; its end by force is played by a line in between.</summary>
public sealed class EmbeddedBrokerLinkTests : MqttLinkContract
{
    protected override async Task<ITestBroker> StartAsync(TestBrokerSettings settings)
    {
        var running = new Running(settings);
        await running.RestartAsync();
        return running;
    }

    private sealed class Running(TestBrokerSettings settings) : ITestBroker
    {
        private EmbeddedBroker? _broker;
        private CuttableLine? _line;

        public int Port { get; private set; }

        public async Task KillAsync()
        {
            if (_line is not null) await _line.DisposeAsync();
            if (_broker is not null) await _broker.DisposeAsync();
            (_line, _broker) = (null, null);
        }

        public async Task RestartAsync()
        {
            await KillAsync();
            var broker = _broker = await EmbeddedBroker.StartAsync(
                new EmbeddedBrokerSettings(new IPEndPoint(IPAddress.Loopback, 0)) { Username = settings.Username, Password = settings.Password },
                TimeProvider.System,
                NullLogger.Instance,
                CancellationToken.None);
            _line = new CuttableLine(Port, () => broker.LocalEndPoint.Port);
            Port = _line.Port;
        }

        public Task<bool> TryFreezeAsync()
        {
            _line!.Freeze();
            return Task.FromResult(true);
        }

        public async ValueTask DisposeAsync() => await KillAsync();
    }
}
