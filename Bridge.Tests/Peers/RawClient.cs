using System.Net;
using System.Net.Sockets;
using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>A host that is only a socket: says bytes, reads bytes, acknowledges nothing by itself.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly TcpClient _client = new() { NoDelay = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RawClient> ConnectAsync(MockNetwork network)
    {
        var client = new RawClient();
        await client._client.ConnectAsync(IPAddress.Loopback, network.Port, Token);
        await network.Peer.NextEventAsync("connected");
        return client;
    }

    /// <summary>Bytes as they are.</summary>
    public ValueTask SayAsync(string hex) => _client.GetStream().WriteAsync(WireAssert.Bytes(hex), Token);

    /// <summary>A REQ frame around these bytes (function id and payload).</summary>
    public ValueTask RequestAsync(string hex)
    {
        var bytes = WireAssert.Bytes(hex);
        return _client.GetStream().WriteAsync(new DataFrame(FrameType.Request, new(bytes[0]), bytes.AsMemory(1)).ToBytes(), Token);
    }

    /// <summary>The next byte: ACK, NAK or CAN.</summary>
    public async Task<string> ReadByteAsync() => Hex.Spaced(await ReadAsync(1));

    /// <summary>The next data frame, from its type byte to the last byte of its payload; it is acknowledged.</summary>
    public async Task<string> ReadFrameAsync()
    {
        var head = await ReadAsync(2);
        Assert.Equal(DataFrame.StartOfFrame, head[0]);
        var rest = await ReadAsync(head[1]);
        Assert.Equal(DataFrame.Checksum([head[1], .. rest[..^1]]), rest[^1]);
        await SayAsync("06");
        return Hex.Spaced(rest.AsSpan(0, rest.Length - 1));
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _client.GetStream().ReadExactlyAsync(bytes, Token).AsTask().WaitAsync(Limit, TimeProvider.System, Token);
        return bytes;
    }
}
