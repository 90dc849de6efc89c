using System.Globalization;
using System.Net.Sockets;

namespace Bridge.ZWave.Serial;

/// <summary>The byte stream of a module behind a TCP port (ser2net, a remote stick, a simulator).</summary>
public sealed class TcpTransport(string host, int port, TimeProvider time) : ITransport
{
    /// <summary>For connecting. Elapses: opening fails and is tried again later.</summary>
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    // A peer that vanished without a word (power cut, cable) is noticed after 10 s + 3 x 3 s without an answer.
    private const int KeepAliveSeconds = 10;
    private const int KeepAliveIntervalSeconds = 3;
    private const int KeepAliveProbes = 3;

    public string Name { get; } = string.Create(
        CultureInfo.InvariantCulture, $"tcp://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}");

    public async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Frames are a few bytes: none may wait for more.
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
            using var limit = new CancellationTokenSource(ConnectLimit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await socket.ConnectAsync(host, port, either.Token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException($"{Name}: {exception.Message}; is the serial server running and reachable?", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new IOException($"{Name}: no answer within {ConnectLimit.TotalSeconds:0} s; is the address right and the way not blocked?", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
