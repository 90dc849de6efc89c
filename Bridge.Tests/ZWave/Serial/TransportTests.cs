using System.Net;
using System.Net.Sockets;
using Bridge.ZWave.Serial;
using Xunit;

namespace Bridge.Tests.ZWave.Serial;

public sealed class TransportTests
{
    [Fact]
    public async Task Tcp_line_carries_bytes_both_ways_and_ends_with_the_peer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var transport = new TcpTransport("127.0.0.1", port, TimeProvider.System);
        Assert.Equal($"tcp://127.0.0.1:{port}", transport.Name);
        await using var host = await transport.OpenAsync(CancellationToken.None);
        using var module = await listener.AcceptSocketAsync();
        await host.WriteAsync(new byte[] { 0x01, 0x03 });
        var received = new byte[2];
        Assert.Equal(2, await module.ReceiveAsync(received));
        await module.SendAsync(new byte[] { 0x06 });
        Assert.Equal(1, await host.ReadAsync(received));
        module.Shutdown(SocketShutdown.Both);
        Assert.Equal(0, await host.ReadAsync(received));
    }

    [Fact]
    public async Task Tcp_line_sends_small_frames_at_once_and_notices_a_vanished_peer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var transport = new TcpTransport("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, TimeProvider.System);
        await using var host = Assert.IsType<NetworkStream>(await transport.OpenAsync(CancellationToken.None));
        Assert.True(host.Socket.NoDelay);
        Assert.Equal(1, host.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(10, host.Socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(3, host.Socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        Assert.Equal(3, host.Socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
    }

    [Fact]
    public async Task Tcp_port_nobody_listens_on_is_an_io_fault_that_names_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var fault = await Assert.ThrowsAsync<IOException>(() => new TcpTransport("127.0.0.1", port, TimeProvider.System).OpenAsync(CancellationToken.None));
        Assert.Contains($"tcp://127.0.0.1:{port}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_line_ends_on_both_sides_when_it_is_pulled_and_works_again_when_plugged_in()
    {
        var transport = new MemoryTransport("memory");
        var host = await transport.OpenAsync(CancellationToken.None);
        var module = await transport.AcceptAsync();
        var reading = host.ReadAsync(new byte[1]);
        transport.IsPlugged = false;
        Assert.Equal(0, await reading);
        Assert.Equal(0, await module.ReadAsync(new byte[1]));
        await Assert.ThrowsAsync<IOException>(() => module.WriteAsync(new byte[1]).AsTask());
        await Assert.ThrowsAsync<IOException>(() => transport.OpenAsync(CancellationToken.None));
        transport.IsPlugged = true;
        await using var again = await transport.OpenAsync(CancellationToken.None);
        await using var moduleAgain = await transport.AcceptAsync();
        await again.WriteAsync(new byte[] { 0x15 });
        var received = new byte[4];
        Assert.Equal(1, await moduleAgain.ReadAsync(received));
        Assert.Equal(0x15, received[0]);
    }

    [Fact]
    public async Task Memory_line_keeps_what_was_written_before_the_other_end_closed()
    {
        var (left, right) = DuplexStream.CreatePair();
        await left.WriteAsync(new byte[] { 1, 2, 3 });
        await left.DisposeAsync();
        var received = new byte[8];
        Assert.Equal(3, await right.ReadAsync(received));
        Assert.Equal(0, await right.ReadAsync(received));
    }
}

public sealed class TransportAddressTests
{
    [Theory]
    [InlineData("/dev/serial/by-id/usb-0658_0200-if00", TransportKind.SerialPort)]
    [InlineData(" /dev/ttyACM0 ", TransportKind.SerialPort)]
    [InlineData("COM3", TransportKind.SerialPort)]
    [InlineData(@"\\.\COM12", TransportKind.SerialPort)]
    [InlineData("simulator", TransportKind.Simulator)]
    [InlineData("Simulator", TransportKind.Simulator)]
    [InlineData("tcp://stick.local:3333", TransportKind.Tcp)]
    public void Address_tells_its_kind(string text, TransportKind kind)
    {
        Assert.True(TransportAddress.TryParse(text, out var address, out var fault), fault);
        Assert.Equal(kind, address.Kind);
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:5555", "127.0.0.1", 5555)]
    [InlineData("TCP://stick:3333/", "stick", 3333)]
    [InlineData("tcp://[::1]:65535", "::1", 65535)]
    public void Tcp_address_has_host_and_port(string text, string host, int port)
    {
        Assert.True(TransportAddress.TryParse(text, out var address, out var fault), fault);
        Assert.Equal((host, port), (address.Host, address.Port));
    }

    [Theory]
    [InlineData(null, "no port is given")]
    [InlineData("  ", "no port is given")]
    [InlineData("tcp://stick", "port number is missing")]
    [InlineData("tcp://[::1]", "port number is missing")]
    [InlineData("tcp://:3333", "host is missing")]
    [InlineData("tcp://a b:3333", "not a host name")]
    [InlineData("tcp://::1:3333", "needs brackets")]
    [InlineData("tcp://stick:0", "not a port number")]
    [InlineData("tcp://stick:65536", "not a port number")]
    [InlineData("tcp://stick:usb", "not a port number")]
    [InlineData("tcp:stick:3333", "two slashes are missing")]
    [InlineData("http://stick:3333", "only tcp:// is known")]
    [InlineData("ttyACM0", "did you mean /dev/ttyACM0")]
    [InlineData("COM", "neither a path nor an address")]
    [InlineData("/dev/tty\u0000", "control character")]
    public void Faulty_address_is_refused_with_the_reason(string? text, string reason)
    {
        Assert.False(TransportAddress.TryParse(text, out _, out var fault));
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }
}
