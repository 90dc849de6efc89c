using Bridge.Mqtt;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Mqtt;

/// <summary>The link's contract with a real Mosquitto.</summary>
public sealed class MosquittoLinkTests : MqttLinkContract
{
    // It closes without a DISCONNECT.
    protected override string TakeoverWords => "the broker closed the connection";

    protected override async Task<ITestBroker> StartAsync(TestBrokerSettings settings)
    {
        return new Running(await MosquittoBroker.StartAsync(new() { Username = settings.Username, Password = settings.Password }));
    }

    [Fact]
    public async Task A_message_larger_than_the_broker_takes_is_not_sent_and_the_largest_is()
    {
        await using var broker = await MosquittoBroker.StartAsync(new() { Lines = ["max_packet_size 1000"] });
        await using var probe = NewProbe();
        var limits = await probe.Link.ConnectAsync(Request(broker.Port), CancellationToken.None);
        Assert.Equal(1000u, limits.MaximumPacketSize);
        await probe.SubscribeAsync(new MqttSubscription("a"));
        // 1 + 2 fixed header, 2 + 1 topic, 2 identifier, 1 properties: 9 beside the payload
        await FailsAsync(MqttLinkFailure.ExceedsLimits, "1001 bytes", probe.PublishAsync("a", new string('x', 992)));
        await probe.PublishAsync("a", new string('x', 991));
        Assert.Equal(991, (await probe.NextAsync()).Payload.Length);
    }

    [Fact]
    public async Task A_broker_without_retained_messages_and_with_a_lower_quality_says_so_and_is_not_sent_more()
    {
        await using var broker = await MosquittoBroker.StartAsync(new() { Lines = ["retain_available false", "max_qos 1"] });
        await using var probe = NewProbe();
        var limits = await probe.Link.ConnectAsync(Request(broker.Port), CancellationToken.None);
        Assert.Equal((false, MqttQualityOfService.AtLeastOnce), (limits.RetainAvailable, limits.MaximumQualityOfService));
        await FailsAsync(MqttLinkFailure.ExceedsLimits, "keeps no retained", probe.PublishAsync("a", "b", retain: true));
        await FailsAsync(
            MqttLinkFailure.ExceedsLimits,
            "it has QoS 2",
            probe.PublishAsync("a", "b", MqttQualityOfService.ExactlyOnce));
        await probe.PublishAsync("a", "b");
    }

    [Fact]
    public async Task A_shorter_keep_alive_of_the_broker_is_kept()
    {
        await using var broker = await MosquittoBroker.StartAsync(new() { Lines = ["max_keepalive 11"] });
        await using var probe = NewProbe();
        await probe.Link.ConnectAsync(Request(broker.Port), CancellationToken.None);
        // the second CONNECT: (protocol 5, clean start 1, keep-alive 11)
        await broker.LoggedAsync("p5, c1, k11");
    }

    private sealed class Running(MosquittoBroker broker) : ITestBroker
    {
        public int Port => broker.Port;

        public Task KillAsync() => broker.KillAsync();

        public Task RestartAsync() => broker.RestartAsync();

        public async Task<bool> TryFreezeAsync()
        {
            await broker.FreezeAsync();
            return true;
        }

        public async ValueTask DisposeAsync() => await broker.DisposeAsync();
    }
}
