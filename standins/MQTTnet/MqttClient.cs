using System.Buffers;
using System.Text;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using StandIns.Client;
using StandIns.Wire;

namespace MQTTnet;

internal sealed class MqttClient : IMqttClient
{
    private ClientConnection? _connection;
    private bool _isDisposed;

    public event Func<MqttApplicationMessageReceivedEventArgs, Task>? ApplicationMessageReceivedAsync;

    public event Func<MqttClientDisconnectedEventArgs, Task>? DisconnectedAsync;

    public async Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_connection is { IsOpen: true }) throw new InvalidOperationException("The client is connected already.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (!cancellationToken.CanBeCanceled) limit.CancelAfter(options.Timeout);
        var connection = new ClientConnection(MessageReceived, Ended);
        _connection = connection;
        try
        {
            var answer = await connection.OpenAsync(ClientOptions.Target(options), ClientOptions.Connect(options), limit.Token).ConfigureAwait(false);
            return ClientOptions.Result(answer, options.ProtocolVersion);
        }
        catch (ConnectionFault fault)
        {
            throw Translated(fault);
        }
    }

    public async Task DisconnectAsync(MqttClientDisconnectOptions options, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_connection is { } connection) await connection.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken)
    {
        var connection = Current();
        try
        {
            var packet = Packet(applicationMessage);
            if (packet.QualityOfService == QualityOfService.AtMostOnce)
            {
                await connection.SendAsync(packet).WaitAsync(cancellationToken).ConfigureAwait(false);
                return new MqttClientPublishResult(0, null);
            }

            var answer = (AcknowledgementPacket)await connection.PublishAsync(packet).WaitAsync(cancellationToken).ConfigureAwait(false);
            return new MqttClientPublishResult((MqttClientPublishReasonCode)answer.ReasonCode, answer.ReasonString);
        }
        catch (ConnectionFault fault)
        {
            throw Translated(fault);
        }
    }

    public async Task<MqttClientSubscribeResult> SubscribeAsync(MqttClientSubscribeOptions options, CancellationToken cancellationToken)
    {
        var connection = Current();
        try
        {
            var answer = await connection.SubscribeAsync([.. options.TopicFilters.Select(Subscription)], cancellationToken).ConfigureAwait(false);
            return new MqttClientSubscribeResult(
                [.. answer.ReasonCodes.Select(static code => new MqttClientSubscribeResultItem((MqttClientSubscribeResultCode)code))]);
        }
        catch (ConnectionFault fault)
        {
            throw Translated(fault);
        }
    }

    public async Task<MqttClientUnsubscribeResult> UnsubscribeAsync(MqttClientUnsubscribeOptions options, CancellationToken cancellationToken)
    {
        var connection = Current();
        try
        {
            await connection.UnsubscribeAsync(options.TopicFilters, cancellationToken).ConfigureAwait(false);
            return new MqttClientUnsubscribeResult();
        }
        catch (ConnectionFault fault)
        {
            throw Translated(fault);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _connection?.Abort("the client was disposed");
    }

    private static MqttCommunicationException Translated(ConnectionFault fault) => new(fault.Message, fault.InnerException);

    private static PublishPacket Packet(MqttApplicationMessage message) => new(message.Topic, Memory(message.Payload))
    {
        QualityOfService = (QualityOfService)message.QualityOfServiceLevel,
        Retain = message.Retain,
        IsText = message.PayloadFormatIndicator == MqttPayloadFormatIndicator.CharacterData ? true : null,
        ExpirySeconds = message.MessageExpiryInterval == 0 ? null : message.MessageExpiryInterval,
        ContentType = message.ContentType,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData is { Length: > 0 } data ? data : default(ReadOnlyMemory<byte>?),
        UserProperties = ClientOptions.Properties(message.UserProperties),
    };

    private static ReadOnlyMemory<byte> Memory(ReadOnlySequence<byte> payload) => payload.IsSingleSegment ? payload.First : payload.ToArray();

    private static MqttApplicationMessage Message(PublishPacket packet) => new()
    {
        Topic = packet.Topic,
        Payload = new ReadOnlySequence<byte>(packet.Payload),
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)packet.QualityOfService,
        Retain = packet.Retain,
        Dup = packet.IsDuplicate,
        PayloadFormatIndicator = packet.IsText == true ? MqttPayloadFormatIndicator.CharacterData : MqttPayloadFormatIndicator.Unspecified,
        MessageExpiryInterval = packet.ExpirySeconds ?? 0,
        ContentType = packet.ContentType,
        ResponseTopic = packet.ResponseTopic,
        CorrelationData = packet.CorrelationData?.ToArray(),
        UserProperties = packet.UserProperties.Count == 0
            ? null
            : [.. packet.UserProperties.Select(static property => new MqttUserProperty(property.Name, Encoding.UTF8.GetBytes(property.Value)))],
    };

    private static Subscription Subscription(MqttTopicFilter filter) => new(filter.Topic)
    {
        QualityOfService = (QualityOfService)filter.QualityOfServiceLevel,
        NoLocal = filter.NoLocal,
        RetainAsPublished = filter.RetainAsPublished,
        RetainHandling = (RetainHandling)filter.RetainHandling,
    };

    private ClientConnection Current()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _connection is { IsOpen: true } connection ? connection : throw new MqttCommunicationException("The MQTT client is not connected.");
    }

    private void MessageReceived(PublishPacket packet) =>
        _ = ApplicationMessageReceivedAsync?.Invoke(new MqttApplicationMessageReceivedEventArgs(Message(packet), packet.PacketId));

    private void Ended(ConnectionEnd end)
    {
        // As in the library: on a thread of its own, so that a handler may connect again.
        var handler = DisconnectedAsync;
        if (handler is null) return;
        var exception = end.Fault is { } fault ? Translated(fault) : null;
        var arguments = new MqttClientDisconnectedEventArgs(end.WasOpen, (MqttClientDisconnectReason)end.Reason, end.ReasonString, exception);
        _ = Task.Run(() => handler(arguments));
    }
}
