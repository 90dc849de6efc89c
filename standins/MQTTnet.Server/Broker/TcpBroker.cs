using System.Net;
using System.Net.Sockets;
using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>An MQTT broker for 3.1.1 and 5.0 on a TCP port.</summary>
internal sealed class TcpBroker(BrokerLimits limits, TimeProvider time, IBrokerObserver observer) : IAsyncDisposable
{
    private const int Backlog = 128;
    private static readonly TimeSpan s_pauseAfterFault = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<ClientSocket, Task> _clients = [];
    private readonly List<(Socket Listener, Task Accepting)> _listeners = [];

    public BrokerCore Core { get; } = new(limits, time, observer);

    /// <summary>Open connections, those without a CONNECT included.</summary>
    public int ConnectionCount
    {
        get
        {
            lock (_clients) return _clients.Count;
        }
    }

    /// <summary>Begins to listen; may be called for several addresses.</summary>
    /// <returns>Where: the port is chosen when 0 is asked for.</returns>
    /// <exception cref="SocketException">The address is taken, not of this machine or not allowed.</exception>
    public IPEndPoint Start(IPEndPoint address)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(address);
            listener.Listen(Backlog);
        }
        catch (SocketException)
        {
            listener.Dispose();
            throw;
        }

        _listeners.Add((listener, AcceptAsync(listener)));
        return (IPEndPoint)listener.LocalEndPoint!;
    }

    /// <summary>Says goodbye to every client and publishes their wills; returns when all connections are closed.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (var (listener, accepting) in _listeners)
        {
            listener.Dispose();
            await accepting.ConfigureAwait(false);
        }

        lock (Core.Gate) Core.EndAll(ReasonCode.ServerShuttingDown);
        await Core.FlushAsync().ConfigureAwait(false);
        KeyValuePair<ClientSocket, Task>[] clients;
        lock (_clients) clients = [.. _clients];
        // Those that have not said CONNECT have nothing to be told.
        foreach (var (client, _) in clients.Where(static client => client.Key.Connection.Session is null)) client.Dispose();
        var all = Task.WhenAll(clients.Select(static client => client.Value));
        await Task.WhenAny(all, Task.Delay(limits.GoodbyeLimit, time)).ConfigureAwait(false);
        foreach (var (client, _) in clients) client.Dispose();
        await all.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested) await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Begin(await listener.AcceptAsync(_stop.Token).ConfigureAwait(false));
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that was gone before it was accepted, or no more descriptors: others may come.
                if (!await PauseAsync().ConfigureAwait(false)) return;
            }
        }
    }

    private void Begin(Socket socket)
    {
        lock (_clients)
        {
            if (_clients.Count >= limits.Connections)
            {
                socket.Dispose();
                return;
            }
        }

        socket.NoDelay = true;
        var client = new ClientSocket(socket, Core, observer);
        lock (_clients) _clients.Add(client, Task.Run(() => ServeAsync(client)));
    }

    private async Task ServeAsync(ClientSocket client)
    {
        await client.ServeAsync().ConfigureAwait(false);
        lock (_clients) _clients.Remove(client);
    }

    private async Task<bool> PauseAsync()
    {
        try
        {
            await Task.Delay(s_pauseAfterFault, time, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
