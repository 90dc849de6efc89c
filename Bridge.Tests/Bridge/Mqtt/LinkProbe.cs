using System.Text;
using System.Threading.Channels;
using Bridge.Mqtt;

namespace Bridge.Tests.Mqtt;

/// <summary>A link with everything it said kept, to be waited for.</summary>
internal sealed class LinkProbe : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Channel<MqttMessage> _received = Channel.CreateUnbounded<MqttMessage>();
    private readonly Channel<string> _lost = Channel.CreateUnbounded<string>();

    public LinkProbe(IMqttLink link)
    {
        Link = link;
        link.Received = message => _received.Writer.TryWrite(message);
        link.Lost = reason => _lost.Writer.TryWrite(reason);
    }

    public IMqttLink Link { get; }

    /// <summary>Losses told and not read yet.</summary>
    public int LossCount => _lost.Reader.Count;

    public int ReceivedCount => _received.Reader.Count;

    public async Task<MqttMessage> NextAsync() => await _received.Reader.ReadAsync().AsTask().WaitAsync(Limit, TimeProvider.System);

    /// <summary>The next message as topic, blank, payload.</summary>
    public async Task<string> NextTextAsync() => TextOf(await NextAsync());

    public async Task<string> LostAsync() => await _lost.Reader.ReadAsync().AsTask().WaitAsync(Limit, TimeProvider.System);

    public Task<IReadOnlyList<string?>> SubscribeAsync(params MqttSubscription[] subscriptions) =>
        Link.SubscribeAsync(subscriptions, CancellationToken.None).WaitAsync(Limit, TimeProvider.System);

    public Task PublishAsync(string topic, string payload, MqttQualityOfService quality = MqttQualityOfService.AtLeastOnce, bool retain = false) =>
        PublishAsync(new MqttMessage(topic, Encoding.UTF8.GetBytes(payload)) { QualityOfService = quality, Retain = retain });

    public Task PublishAsync(MqttMessage message) => Link.PublishAsync(message, CancellationToken.None).WaitAsync(Limit, TimeProvider.System);

    public static string TextOf(MqttMessage message) => $"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}";

    public ValueTask DisposeAsync() => Link.DisposeAsync();
}
