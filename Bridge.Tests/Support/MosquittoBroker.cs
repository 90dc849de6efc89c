using System.Net;
using System.Net.Sockets;

namespace Bridge.Tests.Support;

/// <summary>
/// A real Mosquitto on a free loopback port with a configuration of its own: in packages mode and with Docker in a container, else the program. It can be
/// stopped, started again on the same port, frozen and killed.
/// </summary>
internal sealed class MosquittoBroker : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly IMosquittoHost _host;
    private MosquittoSettings _settings;

    private MosquittoBroker(IMosquittoHost host, MosquittoSettings settings) => (_host, _settings) = (host, settings);

    public int Port { get; private set; }

    public static async Task<MosquittoBroker> StartAsync(MosquittoSettings? settings = null)
    {
        var broker = new MosquittoBroker(NewHost(), settings ?? new MosquittoSettings());
        try
        {
            // Somebody else may take the free port before it does.
            for (var attempt = 1; ; attempt++)
            {
                broker.Port = FreePort();
                if (await broker.TryStartAsync()) return broker;
                if (attempt == Attempts) throw new InvalidOperationException("mosquitto does not start: " + await broker._host.LogAsync());
            }
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again on the same port, with what it kept if it keeps anything.</summary>
    /// <param name="settings">Other settings than before; null: the same.</param>
    public async Task RestartAsync(MosquittoSettings? settings = null)
    {
        await StopAsync();
        _settings = settings ?? _settings;
        if (!await TryStartAsync()) throw new InvalidOperationException("mosquitto does not start again: " + await _host.LogAsync());
    }

    /// <summary>Ends it in order: it says goodbye and keeps what it keeps.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <summary>Ends it at once.</summary>
    public Task KillAsync() => _host.KillAsync();

    /// <summary>It does nothing from here on; its connections stay.</summary>
    public Task FreezeAsync() => _host.FreezeAsync();

    public Task ThawAsync() => _host.ThawAsync();

    /// <summary>Waits until it has written this, so many times.</summary>
    public async Task LoggedAsync(string text, int times = 1)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        while (await _host.LogAsync() is var log && log.Split(text).Length <= times)
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"mosquitto did not write '{text}': {log}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

#if PACKAGES
    private static IMosquittoHost NewHost() => (IMosquittoHost?)MosquittoContainer.TryCreate() ?? new MosquittoProcess();
#else
    private static MosquittoProcess NewHost() => new();
#endif

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> TryStartAsync()
    {
        await File.WriteAllTextAsync(_folder["mosquitto.conf"], _settings.Configuration(_host, _folder, Port));
        return await _host.StartAsync(_folder, Port, _settings.IsVerbose);
    }
}
