using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Simulation;

/// <summary>A simulated controller behind a TCP port, for one client after another: a new client takes the place of the one before.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly SimulatedController _controller;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    private SimulatorServer(SimulatedController controller, TcpListener listener)
    {
        (_controller, _listener) = (controller, listener);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, with the port it was given.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Begins to listen.</summary>
    /// <param name="endpoint">Port 0 takes a free one. Use the loopback address unless others in the network may have the controller.</param>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static SimulatorServer Start(SimulatedController controller, IPEndPoint endpoint, ILogger logger)
    {
        var listener = new TcpListener(endpoint);
        try
        {
            listener.Start();
        }
        catch (SocketException exception)
        {
            listener.Dispose();
            throw new IOException($"cannot listen on {endpoint}: {exception.Message}", exception);
        }

        var server = new SimulatorServer(controller, listener);
        SimulationLog.Listening(logger, server.Endpoint.ToString());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) return;
        await _end.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = Task.CompletedTask;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(_end.Token).ConfigureAwait(false);
                socket.NoDelay = true;
                var before = serving;
                serving = Task.WhenAll(before, _controller.ServeAsync(new NetworkStream(socket, ownsSocket: true), _end.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                break;
            }
            catch (SocketException)
            {
                // This client was gone before it was there; the next one is welcome.
            }
        }

        await serving.ConfigureAwait(false);
    }
}
