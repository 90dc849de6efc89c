using System.Net.Sockets;
using StandIns.Broker;
using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt.Broker;

/// <summary>Whatever several clients send at a time, right or damaged, the broker lives, stays small and serves the others.</summary>
// It measures the memory of the whole program: alone.
[Collection(nameof(Bridge.Tests.EndToEnd.StormTests))]
public sealed class StormTests
{
    private const int Clients = 4;
    private const int Connections = 60;
    private const int PacketsEach = 60;
    private static readonly TimeSpan s_patienceWithOneSelf = TimeSpan.FromMilliseconds(500);

    private static readonly string[] s_topics = ["a", "a/b", "a//b", "$x/y", "deep/er/and/deeper", "é"];
    private static readonly string[] s_filters = ["a", "#", "a/#", "+/+", "a/+/b", "$share/g/a/#", "$x/+", "deep/+/and/#"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Storm(int seed)
    {
        await using var host = BrokerHost.Start(new() { RetainedMessages = 20, QueuedMessages = 100, Sessions = 30, QueuedBytes = 1 << 20, RetainedBytes = 1 << 20 });
        using var reader = await host.ConnectAsync("good reader");
        await reader.SubscribeAsync("good", QualityOfService.AtMostOnce);
        using var writer = await host.ConnectAsync("good writer");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var storm = Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(() => RageAsync(host, new Random((seed * 1000) + number)))));
        for (var count = 0; !storm.IsCompleted || count < 50; count++)
        {
            await writer.PublishAsync("good", $"{count}");
            Assert.Equal($"{count}", await reader.NextTextAsync());
        }

        await storm;
        await reader.ExpectNothingAsync();
        lock (host.Broker.Core.Gate)
        {
            Assert.InRange(host.Broker.Core.RetainedCount, 0, 20);
            Assert.InRange(host.Broker.Core.SessionCount, 2, 30);
        }

        // 20 MB: retained messages, queues and sessions are bounded to much less.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20 << 20);
    }

    private static async Task RageAsync(BrokerHost host, Random random)
    {
        for (var round = 0; round < Connections; round++)
        {
            var level = random.Next(2) == 0 ? ProtocolLevel.Version311 : ProtocolLevel.Version5;
            using var client = await RawMqttClient.OpenAsync(host.Address, level);
            // Some read nothing; the broker stops reading from them when it has much to say.
            if (random.Next(4) != 0) _ = client.DiscardAsync();
            try
            {
                if (random.Next(20) != 0) await client.SendAsync(Connect(random, level));
                for (var count = random.Next(PacketsEach); count > 0; count--)
                {
                    var bytes = PacketEncoder.ToArray(Any(random), level);
                    if (random.Next(15) == 0) Damage(bytes, random);
                    await client.SendAsync(random.Next(30) == 0 ? bytes.AsMemory(0, random.Next(bytes.Length)) : bytes)
                        .WaitAsync(s_patienceWithOneSelf, TimeProvider.System);
                }
            }
            catch (Exception exception) when (exception is SocketException or TimeoutException)
            {
                // Thrown out, or not read from, as it deserves.
            }
        }
    }

    private static ConnectPacket Connect(Random random, ProtocolLevel level) => new(level, $"storm {random.Next(40)}")
    {
        CleanStart = random.Next(2) == 0,
        SessionExpirySeconds = (uint)random.Next(3) * 100,
        ReceiveMaximum = (ushort)random.Next(1, 20),
        MaximumPacketSize = random.Next(3) == 0 ? (uint)random.Next(20, 2000) : null,
        Will = random.Next(3) == 0 ? new WillMessage("a/b", "gone"u8.ToArray()) { Retain = random.Next(2) == 0, DelaySeconds = (uint)random.Next(3) } : null,
    };

    private static Packet Any(Random random)
    {
        var id = (ushort)random.Next(1, 10);
        return random.Next(12) switch
        {
            0 or 1 => new SubscribePacket(id, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Subscription(Of(random, s_filters)) { QualityOfService = (QualityOfService)random.Next(3) })]),
            2 => new UnsubscribePacket(id, [Of(random, s_filters)]),
            3 => new AcknowledgementPacket(PacketType.PubAck, id),
            4 => new AcknowledgementPacket(PacketType.PubRec, id),
            5 => new AcknowledgementPacket(PacketType.PubRel, id),
            6 => new AcknowledgementPacket(PacketType.PubComp, id),
            7 => PingReqPacket.Instance,
            8 => random.Next(10) == 0 ? new DisconnectPacket() : PingReqPacket.Instance,
            _ => Publish(random, id),
        };
    }

    private static PublishPacket Publish(Random random, ushort id)
    {
        var quality = (QualityOfService)random.Next(3);
        var topic = random.Next(10) == 0 ? $"many/{random.Next(1000)}" : Of(random, s_topics);
        return new PublishPacket(topic, new byte[random.Next(20) == 0 ? random.Next(50_000) : random.Next(100)])
        {
            QualityOfService = quality,
            PacketId = quality == QualityOfService.AtMostOnce ? (ushort)0 : id,
            Retain = random.Next(3) == 0,
            ExpirySeconds = random.Next(4) == 0 ? (uint)random.Next(3) : null,
            TopicAlias = random.Next(10) == 0 ? (ushort)random.Next(1, 40) : null,
        };
    }

    private static void Damage(byte[] bytes, Random random)
    {
        for (var count = random.Next(1, 4); count > 0; count--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
    }

    private static string Of(Random random, string[] texts) => texts[random.Next(texts.Length)];
}
