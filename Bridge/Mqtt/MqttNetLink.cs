#pragma warning disable RS0030 // The one file that names MQTTnet's client (decision 0003).
using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Bridge.Mqtt;

/// <summary>
/// The link to a broker by MQTTnet. The library takes no account of what the broker can do and of messages it repeats: that is done here. Disposing closes
/// the connection without a goodbye.
/// </summary>
/// <param name="time">Measures the limit for opening and for answers.</param>
public sealed class MqttNetLink(TimeProvider time) : IMqttLink
{
    /// <summary>
    /// A 3.1.1 broker does not tell how many messages it takes at a time. So many all take; with more, some brokers deliver QoS 2 out of order.
    /// </summary>
    private const int WindowOfVersion311 = 20;

    private readonly RepeatedMessages _repeated = new();
    private Connection? _connection;
    private bool _isDisposed;

    public Action<MqttMessage>? Received { get; set; }

    public Action<string>? Lost { get; set; }

    /// <summary>A broker that does not acknowledge for so long is taken for lost.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(30);

    public bool IsConnected => _connection is { State.IsOpen: true };

    public async Task<MqttBrokerLimits> ConnectAsync(MqttConnectRequest request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (IsConnected) throw new InvalidOperationException("the link is connected already");
        if (request.Will is { } will && MqttMessageCheck.FaultOf(will) is { } fault)
            throw new MqttLinkException(MqttLinkFailure.InvalidTopic, $"the will cannot be sent: its {fault}");
        // The loss of the last connection is told before the next one opens.
        if (_connection is { } last) await last.State.Told.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(request.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var (connection, keepAlive) = await OpenAsync(request, either.Token, cancellationToken).ConfigureAwait(false);
        // The library pings by our own keep-alive time, whatever the broker says in CONNACK (3.2.2.3.14).
        if (keepAlive > TimeSpan.Zero && (request.KeepAlive == TimeSpan.Zero || keepAlive < request.KeepAlive))
        {
            await connection.CloseAsync(either.Token).ConfigureAwait(false);
            (connection, _) = await OpenAsync(request with { KeepAlive = keepAlive }, either.Token, cancellationToken).ConfigureAwait(false);
        }

        if (!connection.Limits.SessionPresent) _repeated.Clear();
        _connection = connection;
        if (connection.State.Accept() is { } reason) throw new MqttLinkException(MqttLinkFailure.ConnectionLost, reason);
        return connection.Limits;
    }

    public async Task<IReadOnlyList<string?>> SubscribeAsync(IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellationToken)
    {
        var connection = Current();
        foreach (var subscription in subscriptions) Check(subscription.Filter);
        var isVersion5 = connection.Limits.Protocol == MqttProtocol.Version5;
        var options = new MqttClientSubscribeOptions
        {
            TopicFilters = [.. subscriptions.Select(subscription => new MqttTopicFilter
            {
                Topic = subscription.Filter,
                QualityOfServiceLevel = (MqttQualityOfServiceLevel)subscription.QualityOfService,
                NoLocal = isVersion5 && subscription.NoLocal,
                RetainAsPublished = isVersion5 && subscription.RetainAsPublished,
                RetainHandling = isVersion5 && !subscription.WantsRetained ? MqttRetainHandling.DoNotSendOnSubscribe : MqttRetainHandling.SendAtSubscribe,
            })],
        };
        var result = await connection.CallAsync(client => client.SubscribeAsync(options, CancellationToken.None), cancellationToken).ConfigureAwait(false);
        return [.. result.Items.Select(static item => (int)item.ResultCode < 0x80 ? null : MqttReasonText.Of((int)item.ResultCode))];
    }

    public async Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken)
    {
        var connection = Current();
        foreach (var filter in filters) Check(filter);
        var options = new MqttClientUnsubscribeOptions { TopicFilters = [.. filters] };
        await connection.CallAsync(client => client.UnsubscribeAsync(options, CancellationToken.None), cancellationToken).ConfigureAwait(false);
    }

    public Task PublishAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_connection is not { } connection) return Failed(MqttLinkFailure.ConnectionLost, "there is no connection to a broker");
        if (MqttMessageCheck.FaultOf(message) is { } fault) return Failed(MqttLinkFailure.InvalidTopic, $"the message cannot be sent: its {fault}");
        return MqttMessageCheck.ExcessOf(message, connection.Limits) is { } excess
            ? Failed(MqttLinkFailure.ExceedsLimits, $"the message to {message.Topic} is not sent: {excess}")
            : connection.Window!.PublishAsync(message, cancellationToken);
    }

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { } connection) await connection.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _connection?.Drop("the link was closed", tells: false);
        return ValueTask.CompletedTask;
    }

    private static Task Failed(MqttLinkFailure failure, string reason) => Task.FromException(new MqttLinkException(failure, reason));

    private static void Check(string filter)
    {
        if (MqttMessageCheck.FaultOfFilter(filter) is { } fault) throw new MqttLinkException(MqttLinkFailure.InvalidTopic, "the " + fault);
    }

    private Connection Current()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _connection ?? throw new MqttLinkException(MqttLinkFailure.ConnectionLost, "there is no connection to a broker");
    }

    private async Task<(Connection Connection, TimeSpan KeepAlive)> OpenAsync(
        MqttConnectRequest request,
        CancellationToken limited,
        CancellationToken cancellationToken)
    {
        var connection = new Connection(this, new ConnectionState(time, AnswerLimit));
        try
        {
            // The library may take its time to notice that it shall stop.
            var result = await connection.Client.ConnectAsync(Options(request), limited).WaitAsync(limited).ConfigureAwait(false);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
                throw MqttConnectFailure.Refused(request, (int)result.ResultCode, result.ReasonString);
            connection.Begin(Limits(result, request.Protocol), time, AnswerLimit);
            return (connection, TimeSpan.FromSeconds(result.ServerKeepAlive));
        }
        catch (Exception cause)
        {
            connection.Drop("the connection was not opened", tells: false);
            cancellationToken.ThrowIfCancellationRequested();
            if (cause is MqttLinkException) throw;
            throw limited.IsCancellationRequested ? MqttConnectFailure.NoAnswer(request) : MqttConnectFailure.From(request, cause);
        }
    }

    private static MqttClientOptions Options(MqttConnectRequest request)
    {
        var options = new MqttClientOptions
        {
            ChannelOptions = new MqttClientTcpOptions
            {
                RemoteEndpoint = new DnsEndPoint(request.Host, request.Port),
                TlsOptions = Options(request.Tls),
            },
            ProtocolVersion = request.Protocol == MqttProtocol.Version5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311,
            ClientId = request.ClientId,
            CleanSession = request.CleanStart,
            KeepAlivePeriod = request.KeepAlive,
            Timeout = request.Limit,
        };
        if (request.Username is not null || request.Password is not null)
            options.Credentials = new MqttClientCredentials(request.Username, request.Password is { } password ? Encoding.UTF8.GetBytes(password) : null);
        if (request.Protocol == MqttProtocol.Version5)
        {
            options.SessionExpiryInterval = request.SessionExpirySeconds;
            options.MaximumPacketSize = request.MaximumPacketSize ?? 0;
        }

        if (request.Will is { } will) Add(will, options, request.Protocol);
        return options;
    }

    private static MqttClientTlsOptions Options(MqttTls? tls)
    {
        var options = new MqttClientTlsOptions { UseTls = tls is not null };
        if (tls is null) return options;
        // The runtime's own default: few private authorities publish what they revoked.
        options.RevocationMode = X509RevocationMode.NoCheck;
        options.TargetHost = tls.ServerName;
        options.TrustChain = tls.Authorities;
        if (tls.ClientCertificate is { } certificate) options.ClientCertificatesProvider = new DefaultMqttCertificatesProvider([certificate]);
        return options;
    }

    private static void Add(MqttMessage will, MqttClientOptions options, MqttProtocol protocol)
    {
        options.WillTopic = will.Topic;
        options.WillPayload = will.Payload.ToArray();
        options.WillQualityOfServiceLevel = (MqttQualityOfServiceLevel)will.QualityOfService;
        options.WillRetain = will.Retain;
        if (protocol != MqttProtocol.Version5) return;
        options.WillContentType = will.ContentType;
        options.WillResponseTopic = will.ResponseTopic;
        options.WillCorrelationData = will.CorrelationData.IsEmpty ? null : will.CorrelationData.ToArray();
        options.WillMessageExpiryInterval = Expiry(will);
        options.WillPayloadFormatIndicator = Format(will);
        options.WillUserProperties = Properties(will);
    }

    private static MqttBrokerLimits Limits(MqttClientConnectResult result, MqttProtocol protocol)
    {
        var limits = new MqttBrokerLimits(protocol) { SessionPresent = result.IsSessionPresent };
        // A 3.1.1 broker tells nothing of the following.
        return protocol != MqttProtocol.Version5 ? limits : limits with
        {
            MaximumPacketSize = result.MaximumPacketSize is > 0 ? result.MaximumPacketSize : null,
            MaximumQualityOfService = (MqttQualityOfService)result.MaximumQoS,
            RetainAvailable = result.RetainAvailable,
            ReceiveMaximum = result.ReceiveMaximum is { } maximum and > 0 ? maximum : ushort.MaxValue,
        };
    }

    private static MqttApplicationMessage Message(MqttMessage message, MqttProtocol protocol)
    {
        var translated = new MqttApplicationMessage
        {
            Topic = message.Topic,
            Payload = new ReadOnlySequence<byte>(message.Payload),
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)message.QualityOfService,
            Retain = message.Retain,
        };
        if (protocol != MqttProtocol.Version5) return translated;
        translated.ContentType = message.ContentType;
        translated.ResponseTopic = message.ResponseTopic;
        translated.CorrelationData = message.CorrelationData.IsEmpty ? null : message.CorrelationData.ToArray();
        translated.MessageExpiryInterval = Expiry(message);
        translated.PayloadFormatIndicator = Format(message);
        translated.UserProperties = Properties(message);
        return translated;
    }

    private static MqttMessage Message(MqttApplicationMessage message) => new(message.Topic, message.Payload.ToArray())
    {
        QualityOfService = (MqttQualityOfService)message.QualityOfServiceLevel,
        Retain = message.Retain,
        IsDuplicate = message.Dup,
        ContentType = message.ContentType,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData,
        IsText = message.PayloadFormatIndicator == MqttPayloadFormatIndicator.CharacterData,
        ExpirySeconds = message.MessageExpiryInterval == 0 ? null : message.MessageExpiryInterval,
        UserProperties = message.UserProperties is not { } properties
            ? []
            : [.. properties.Select(static property => KeyValuePair.Create(property.Name, Encoding.UTF8.GetString(property.ValueBuffer.Span)))],
    };

    /// <summary>The library's 0 is "never": what expires at once gets a second.</summary>
    private static uint Expiry(MqttMessage message) => message.ExpirySeconds is { } seconds ? Math.Max(1, seconds) : 0;

    private static MqttPayloadFormatIndicator Format(MqttMessage message) =>
        message.IsText ? MqttPayloadFormatIndicator.CharacterData : MqttPayloadFormatIndicator.Unspecified;

    private static List<MqttUserProperty>? Properties(MqttMessage message) => message.UserProperties.Count == 0
        ? null
        : [.. message.UserProperties.Select(static property => new MqttUserProperty(property.Key, Encoding.UTF8.GetBytes(property.Value).AsMemory()))];

    /// <summary>One connection of the library's client, from before it opens to its end.</summary>
    private sealed class Connection
    {
        private readonly MqttNetLink _link;

        public Connection(MqttNetLink link, ConnectionState state)
        {
            (_link, State) = (link, state);
            Client = new MqttClientFactory().CreateMqttClient();
            Client.ApplicationMessageReceivedAsync += ReceivedAsync;
            Client.DisconnectedAsync += DisconnectedAsync;
        }

        public IMqttClient Client { get; }

        public ConnectionState State { get; }

        public MqttBrokerLimits Limits { get; private set; } = new(MqttProtocol.Version311);

        public PublishWindow? Window { get; private set; }

        public void Begin(MqttBrokerLimits limits, TimeProvider time, TimeSpan answerLimit)
        {
            Limits = limits;
            var size = limits.Protocol == MqttProtocol.Version5 ? limits.ReceiveMaximum : WindowOfVersion311;
            Window = new PublishWindow(size, SendAsync, time, answerLimit, Stalled);
        }

        /// <summary>Subscribes or unsubscribes.</summary>
        public Task<T> CallAsync<T>(Func<IMqttClient, Task<T>> start, CancellationToken cancellationToken) =>
            State.CallAsync(() => start(Client), reason => Drop(reason, tells: true), cancellationToken);

        public async Task CloseAsync(CancellationToken cancellationToken)
        {
            const string reason = "the link was disconnected";
            if (!State.TryEnd(reason)) return;
            try
            {
                await Client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception cause) when (cause is not OperationCanceledException)
            {
                // It broke meanwhile: there is nobody to say goodbye to.
            }
            finally
            {
                await FinishAsync(reason, tells: false).ConfigureAwait(false);
            }
        }

        /// <summary>Ends the connection without a goodbye.</summary>
        public void Drop(string reason, bool tells)
        {
            if (State.TryEnd(reason)) _ = Task.Run(() => FinishAsync(reason, tells));
        }

        private void Stalled() => Drop("the broker did not acknowledge a message in time", tells: true);

        private async Task FinishAsync(string reason, bool tells)
        {
            Client.ApplicationMessageReceivedAsync -= ReceivedAsync;
            Client.DisconnectedAsync -= DisconnectedAsync;
            Client.Dispose();
            Window?.Fail(reason);
            Window?.Dispose();
            await State.FailCallsAsync().ConfigureAwait(false);
            if (tells && State.IsAccepted) _link.Lost?.Invoke(reason);
            State.SetTold();
        }

        private async Task SendAsync(MqttMessage message)
        {
            MqttClientPublishResult result;
            try
            {
                result = await Client.PublishAsync(Message(message, Limits.Protocol), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception cause)
            {
                throw State.LostBy(cause);
            }

            if (result.IsSuccess) return;
            var words = MqttReasonText.Of((int)result.ReasonCode, result.ReasonString);
            throw new MqttLinkException(MqttLinkFailure.Refused, $"the broker refused the message to {message.Topic}: {words}");
        }

        private Task ReceivedAsync(MqttApplicationMessageReceivedEventArgs arguments)
        {
            var message = Message(arguments.ApplicationMessage);
            var isRepeated = message.QualityOfService == MqttQualityOfService.ExactlyOnce && _link._repeated.IsRepeated(arguments.PacketIdentifier, message);
            if (!isRepeated) _link.Received?.Invoke(message);
            return Task.CompletedTask;
        }

        private async Task DisconnectedAsync(MqttClientDisconnectedEventArgs arguments)
        {
            if (!arguments.ClientWasConnected) return;
            var reason = WordsOf(arguments);
            if (State.TryEnd(reason)) await FinishAsync(reason, tells: true).ConfigureAwait(false);
        }

        private static string WordsOf(MqttClientDisconnectedEventArgs arguments)
        {
            if ((int)arguments.Reason != 0) return $"the broker said goodbye: {MqttReasonText.Of((int)arguments.Reason, arguments.ReasonString)}";
            return arguments.Exception is { } cause ? $"the connection broke: {MqttConnectFailure.Words(cause)}" : "the broker closed the connection";
        }
    }
}
