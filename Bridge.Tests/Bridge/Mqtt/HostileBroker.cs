using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Bridge.Tests.Support;

namespace Bridge.Tests.Mqtt;

/// <summary>Says what the test wants, byte by byte. Every connection is handed to the test.</summary>
internal sealed class HostileBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<HostileConnection> _connections = Channel.CreateUnbounded<HostileConnection>();

    public HostileBroker()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public async Task<HostileConnection> NextAsync() =>
        await _connections.Reader.ReadAsync().AsTask().WaitAsync(LinkProbe.Limit, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        while (_connections.Reader.TryRead(out var connection)) await connection.DisposeAsync();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                socket.NoDelay = true;
                _connections.Writer.TryWrite(new HostileConnection(socket));
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }
}

/// <summary>One connection of the link, seen from the other end.</summary>
internal sealed class HostileConnection(Socket socket) : IAsyncDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    public Task SendAsync(string hex) => SendAsync(WireAssert.Bytes(hex));

    public Task SendAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask();

    /// <summary>The next packet of the link.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(LinkProbe.Limit, TimeProvider.System);
        List<byte> packet = [await ReadAsync(limit.Token)];
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            packet.Add(await ReadAsync(limit.Token));
            length |= (packet[^1] & 0x7F) << shift;
            if (packet[^1] < 0x80) break;
        }

        var body = new byte[length];
        await _stream.ReadExactlyAsync(body, limit.Token);
        return [.. packet, .. body];
    }

    /// <summary>Takes the CONNECT and accepts it.</summary>
    public async Task AcceptAsync(string answer = "20 03 00 00 00")
    {
        await ReceiveAsync();
        await SendAsync(answer);
    }

    /// <summary>Waits until the link closed its end.</summary>
    public async Task ClosedAsync()
    {
        using var limit = new CancellationTokenSource(LinkProbe.Limit, TimeProvider.System);
        var buffer = new byte[4096];
        try
        {
            while (await _stream.ReadAsync(buffer, limit.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed with bytes of ours unread.
        }
    }

    /// <summary>Closes with a RST in place of a FIN.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<byte> ReadAsync(CancellationToken cancellationToken)
    {
        var one = new byte[1];
        await _stream.ReadExactlyAsync(one, cancellationToken);
        return one[0];
    }
}
