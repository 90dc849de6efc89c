using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Bridge.Tests.Support;

/// <summary>Stands between a client and a server on loopback and hands bytes on, until it stands still or is cut.</summary>
internal sealed class CuttableLine : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<int> _target;
    private readonly ConcurrentBag<Socket> _ends = [];
    private volatile bool _isFrozen;

    /// <param name="port">0: any.</param>
    /// <param name="target">The server's port.</param>
    public CuttableLine(int port, Func<int> target)
    {
        _target = target;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Bytes that come from here on are swallowed.</summary>
    public void Freeze() => _isFrozen = true;

    /// <summary>Closes everything.</summary>
    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var end in _ends) end.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptAsync();
                var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                near.NoDelay = true;
                _ends.Add(near);
                _ends.Add(far);
                await far.ConnectAsync(IPAddress.Loopback, _target());
                _ = PumpAsync(near, far);
                _ = PumpAsync(far, near);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory()) is var count and > 0)
            {
                for (var rest = buffer.AsMemory(0, count); !rest.IsEmpty && !_isFrozen;) rest = rest[await to.SendAsync(rest)..];
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut at one end: the other one shall know.
            from.Dispose();
            to.Dispose();
        }
    }
}
