using System.Net;
using System.Net.Sockets;
using System.Text;
using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt.Broker;

/// <summary>A client that sends what it is told, byte for byte, and shows what comes back.</summary>
internal sealed class RawMqttClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly PacketDecoder _decoder = new(PacketSource.Broker);
    private byte[] _received = [];

    private RawMqttClient(Socket socket, ProtocolLevel level)
    {
        _socket = socket;
        _decoder.Level = level;
    }

    public ProtocolLevel Level => _decoder.Level;

    /// <summary>Opens the line and says nothing.</summary>
    public static async Task<RawMqttClient> OpenAsync(IPEndPoint broker, ProtocolLevel level = ProtocolLevel.Version5)
    {
        var socket = new Socket(broker.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(broker, TestContext.Current.CancellationToken);
        return new(socket, level);
    }

    /// <summary>Opens the line, says CONNECT and gives the answer.</summary>
    public static async Task<(RawMqttClient Client, ConnAckPacket Answer)> ConnectAsync(IPEndPoint broker, ConnectPacket connect)
    {
        var client = await OpenAsync(broker, connect.Level);
        await client.SendAsync(connect);
        return (client, Assert.IsType<ConnAckPacket>(await client.NextAsync()));
    }

    /// <summary>Opens the line and is accepted.</summary>
    public static async Task<RawMqttClient> ConnectedAsync(IPEndPoint broker, string clientId, ProtocolLevel level = ProtocolLevel.Version5)
    {
        var (client, answer) = await ConnectAsync(broker, new ConnectPacket(level, clientId));
        Assert.Equal(ReasonCode.Success, answer.ReasonCode);
        return client;
    }

    public Task SendAsync(Packet packet) => SendAsync(PacketEncoder.ToArray(packet, Level));

    /// <summary>Sends spaced hex.</summary>
    public Task SendAsync(string hex) => SendAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, TestContext.Current.CancellationToken)..];
    }

    /// <summary>The next packet; fails when the line is closed.</summary>
    public async Task<Packet> NextAsync() => await NextOrEndAsync() ?? throw new InvalidOperationException("the broker closed the connection");

    public async Task<T> NextAsync<T>()
        where T : Packet => Assert.IsType<T>(await NextAsync());

    /// <summary>The next packet; null: the broker closed the line.</summary>
    public async Task<Packet?> NextOrEndAsync()
    {
        while (true)
        {
            var result = _decoder.Decode(_received);
            if (result.Status == DecodeStatus.Complete)
            {
                _received = _received[result.Consumed..];
                return result.Packet;
            }

            Assert.True(result.Status == DecodeStatus.NeedMore, $"the broker sent what is no packet: {result.Fault}, {Convert.ToHexString(_received)}");
            if (!await ReceiveAsync()) return null;
        }
    }

    /// <summary>The next bytes are these, in spaced hex.</summary>
    public async Task ExpectAsync(string hex)
    {
        var expected = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        while (_received.Length < expected.Length && await ReceiveAsync())
        {
        }

        Assert.Equal(Spaced(expected), Spaced(_received.AsSpan(0, Math.Min(expected.Length, _received.Length))));
        _received = _received[expected.Length..];
    }

    /// <summary>The broker closes the line, and sends nothing before.</summary>
    public async Task ExpectEndAsync()
    {
        while (await ReceiveAsync())
        {
        }

        Assert.Equal("", Spaced(_received));
    }

    /// <summary>The broker says DISCONNECT with this reason (MQTT 5), then closes.</summary>
    public async Task ExpectDisconnectAsync(ReasonCode reason)
    {
        Assert.Equal(reason, (await NextAsync<DisconnectPacket>()).ReasonCode);
        await ExpectEndAsync();
    }

    /// <summary>Nothing waits for this client: a ping is answered and nothing came before the answer.</summary>
    public async Task ExpectNothingAsync()
    {
        await SendAsync("C0 00");
        Assert.IsType<PingRespPacket>(await NextAsync());
    }

    /// <summary>Subscribes and takes the answer.</summary>
    public async Task SubscribeAsync(string filter, QualityOfService quality = QualityOfService.ExactlyOnce)
    {
        await SendAsync(new SubscribePacket(1, [new Subscription(filter) { QualityOfService = quality }]));
        Assert.Equal([(ReasonCode)quality], (await NextAsync<SubAckPacket>()).ReasonCodes);
    }

    /// <summary>Publishes with QoS 1 and takes the answer: whoever is subscribed has the message queued by then.</summary>
    public async Task<ReasonCode> PublishAsync(PublishPacket packet)
    {
        await SendAsync(packet with { QualityOfService = QualityOfService.AtLeastOnce, PacketId = 77 });
        var answer = await NextAsync<AcknowledgementPacket>();
        Assert.Equal((PacketType.PubAck, 77), (answer.Type, answer.PacketId));
        return answer.ReasonCode;
    }

    public Task<ReasonCode> PublishAsync(string topic, string text, bool retain = false) =>
        PublishAsync(new PublishPacket(topic, Encoding.UTF8.GetBytes(text)) { Retain = retain });

    /// <summary>The text of the next packet, which is a PUBLISH.</summary>
    public async Task<string> NextTextAsync() => Encoding.UTF8.GetString((await NextAsync<PublishPacket>()).Payload.Span);

    /// <summary>Reads and forgets everything until the end.</summary>
    public async Task DiscardAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // That is the end.
        }
    }

    /// <summary>Says goodbye and waits until the broker closed.</summary>
    public async Task DisconnectAsync()
    {
        await SendAsync("E0 00");
        await ExpectEndAsync();
        Dispose();
    }

    /// <summary>The line breaks.</summary>
    public void Dispose() => _socket.Dispose();

    private static string Spaced(ReadOnlySpan<byte> bytes) => string.Join(' ', bytes.ToArray().Select(static value => $"{value:X2}"));

    private async Task<bool> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            var count = await _socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, TestContext.Current.CancellationToken)
                .AsTask().WaitAsync(s_patience, TimeProvider.System);
            _received = [.. _received, .. buffer.AsSpan(0, count)];
            return count > 0;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return false;
        }
    }
}
