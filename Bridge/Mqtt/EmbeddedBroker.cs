#pragma warning disable RS0030 // The one file that names MQTTnet.Server (decision 0003).
using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Bridge.Mqtt;

/// <summary>
/// The built-in broker, for those who have none: MQTT 3.1.1 and 5 on one TCP port, by MQTTnet.Server. Retained messages outlive it when it has
/// a file; sessions do not.
/// </summary>
/// <remarks>
/// Members may be called by any thread. The library knows no limit for packets, connections and retained messages: they are kept here, as far
/// as its events reach. A packet is in memory by the time its size is seen.
/// </remarks>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    /// <summary>How long a connection may take to say CONNECT.</summary>
    private static readonly TimeSpan s_connectLimit = TimeSpan.FromSeconds(10);

    private const int ShownCharacters = 64;

    private readonly EmbeddedBrokerSettings _settings;
    private readonly ILogger _logger;
    private readonly BrokerCredentials _credentials;
    private readonly ConnectedClients _clients;
    private readonly RetainedMessageStore _retained;
    private readonly MqttServer _server;
    private readonly MqttServerOptions _options;
    private IReadOnlyList<MqttMessage> _loaded = [];
    private int _isDisposed;

    private EmbeddedBroker(EmbeddedBrokerSettings settings, TimeProvider time, ILogger logger)
    {
        _settings = settings;
        _logger = logger;
        _credentials = new(settings.Username, settings.Password);
        _clients = new(settings.MaximumConnections);
        _retained = new(settings.RetainedFile, settings.MaximumRetained, time, logger);
        _options = Options(settings);
        _server = new MqttServerFactory().CreateMqttServer(_options);
        _server.LoadingRetainedMessageAsync += LoadAsync;
        _server.ValidatingConnectionAsync += ValidateAsync;
        _server.ClientConnectedAsync += ConnectedAsync;
        _server.ClientDisconnectedAsync += DisconnectedAsync;
        _server.InterceptingPublishAsync += PublishingAsync;
        _server.RetainedMessageChangedAsync += RetainedChangedAsync;
        _server.QueuedApplicationMessageOverwrittenAsync += DroppedAsync;
    }

    /// <summary>Where it listens; the port is a real one.</summary>
    public IPEndPoint LocalEndPoint => new(_settings.Listen.Address, _options.DefaultEndpointOptions.Port);

    /// <summary>Clients that are connected now.</summary>
    public int ClientCount => _clients.Count;

    /// <summary>Reads the retained messages of the last run and begins to listen.</summary>
    /// <param name="time">For the file of retained messages.</param>
    /// <exception cref="EmbeddedBrokerException">The address is taken, not of this machine or not allowed.</exception>
    public static async Task<EmbeddedBroker> StartAsync(
        EmbeddedBrokerSettings settings,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var broker = new EmbeddedBroker(settings, time, logger);
        try
        {
            broker._loaded = await broker._retained.LoadAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await broker._server.StartAsync().ConfigureAwait(false);
        }
        catch (Exception cause)
        {
            await broker.DisposeAsync().ConfigureAwait(false);
            if (cause is SocketException fault) throw new EmbeddedBrokerException(WordsOf(fault, settings.Listen), fault);
            throw;
        }

        logger.BrokerListens(broker.LocalEndPoint, broker._loaded.Count);
        broker._loaded = [];
        return broker;
    }

    /// <summary>Says goodbye to every client, publishes their wills, and writes the retained messages.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _server.StopAsync(new MqttServerStopOptions()).ConfigureAwait(false);
        _server.LoadingRetainedMessageAsync -= LoadAsync;
        _server.ValidatingConnectionAsync -= ValidateAsync;
        _server.ClientConnectedAsync -= ConnectedAsync;
        _server.ClientDisconnectedAsync -= DisconnectedAsync;
        _server.InterceptingPublishAsync -= PublishingAsync;
        _server.RetainedMessageChangedAsync -= RetainedChangedAsync;
        _server.QueuedApplicationMessageOverwrittenAsync -= DroppedAsync;
        _server.Dispose();
        await _retained.DisposeAsync().ConfigureAwait(false);
    }

    private static MqttServerOptions Options(EmbeddedBrokerSettings settings)
    {
        var isVersion4 = settings.Listen.AddressFamily == AddressFamily.InterNetwork;
        return new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(isVersion4 ? settings.Listen.Address : IPAddress.None)
            .WithDefaultEndpointBoundIPV6Address(isVersion4 ? IPAddress.None : settings.Listen.Address)
            .WithDefaultEndpointPort(settings.Listen.Port)
            .WithDefaultCommunicationTimeout(s_connectLimit)
            .WithMaxPendingMessagesPerClient(settings.MaximumQueuePerClient)
            .WithPersistentSessions(true)
            .Build();
    }

    private static string WordsOf(SocketException fault, IPEndPoint address) => fault.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"{address} is already in use: another broker probably runs there. "
            + "Set Mqtt:Host to use it, or Mqtt:Embedded:Listen to another port",
        SocketError.AddressNotAvailable =>
            $"the built-in broker cannot listen on {address}: this machine has no such address. "
            + "Set Mqtt:Embedded:Listen to one that it has",
        SocketError.AccessDenied =>
            $"the built-in broker may not listen on {address}: ports below 1024 need a privilege. "
            + "Set Mqtt:Embedded:Listen to a higher port",
        _ => $"the built-in broker cannot listen on {address}: {fault.Message}. "
            + "Set Mqtt:Embedded:Listen to another address, or Mqtt:Host to use another broker",
    };

    private Task LoadAsync(LoadingRetainedMessagesEventArgs arguments)
    {
        foreach (var message in _loaded) arguments.LoadedRetainedMessages.Add(Of(message));
        return Task.CompletedTask;
    }

    private Task ValidateAsync(ValidatingConnectionEventArgs arguments)
    {
        var client = arguments.ClientId ?? "";
        if (!_credentials.Accept(arguments.UserName, arguments.RawPassword))
        {
            arguments.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            if (_clients.IsNew(client, "credentials")) _logger.ClientRefused(Shown(client));
        }
        else if (!_clients.HasRoomFor(client))
        {
            // The only code of "not now" that 3.1.1 has, too.
            arguments.ReasonCode = MqttConnectReasonCode.ServerUnavailable;
            if (_clients.IsNew(client, "connections")) _logger.TooManyClients(Shown(client), _settings.MaximumConnections);
        }

        return Task.CompletedTask;
    }

    private Task ConnectedAsync(ClientConnectedEventArgs arguments)
    {
        _clients.Add(arguments.ClientId);
        _logger.ClientConnected(Shown(arguments.ClientId), _clients.Count);
        return Task.CompletedTask;
    }

    private Task DisconnectedAsync(ClientDisconnectedEventArgs arguments)
    {
        _clients.Remove(arguments.ClientId);
        _logger.ClientDisconnected(Shown(arguments.ClientId), WordsOf(arguments.DisconnectType), _clients.Count);
        return Task.CompletedTask;
    }

    private static string WordsOf(MqttClientDisconnectType type) => type switch
    {
        MqttClientDisconnectType.Clean => "with a goodbye",
        MqttClientDisconnectType.Takeover => "another connection has its client id",
        _ => "without a goodbye",
    };

    private Task PublishingAsync(InterceptingPublishEventArgs arguments)
    {
        var message = arguments.ApplicationMessage;
        // The least that a packet with them has; the library does not tell its size.
        var bytes = message.Payload.Length + Encoding.UTF8.GetByteCount(message.Topic ?? "");
        if (bytes > _settings.MaximumPacketSize)
        {
            arguments.ProcessPublish = false;
            arguments.CloseConnection = true;
            arguments.Response.ReasonCode = MqttPubAckReasonCode.QuotaExceeded;
            if (_clients.IsNew(arguments.ClientId, "size"))
                _logger.PacketTooLarge(Shown(arguments.ClientId), bytes, _settings.MaximumPacketSize);
        }
        else if (message.Retain && !message.Payload.IsEmpty && message.Topic is { } topic && !_retained.HasRoomFor(topic))
        {
            message.Retain = false;
            if (_clients.IsNew("", "retained")) _logger.TooManyRetained(Shown(topic), _settings.MaximumRetained);
        }

        return Task.CompletedTask;
    }

    private Task RetainedChangedAsync(RetainedMessageChangedEventArgs arguments)
    {
        _retained.Set(Of(arguments.ChangedRetainedMessage));
        return Task.CompletedTask;
    }

    private Task DroppedAsync(QueueMessageOverwrittenEventArgs arguments)
    {
        if (_clients.IsNew(arguments.ReceiverClientId, "queue")) _logger.MessagesDropped(Shown(arguments.ReceiverClientId));
        return Task.CompletedTask;
    }

    private static MqttApplicationMessage Of(MqttMessage message) => new()
    {
        Topic = message.Topic,
        Payload = new ReadOnlySequence<byte>(message.Payload),
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)message.QualityOfService,
        Retain = true,
        ContentType = message.ContentType,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData.IsEmpty ? null : message.CorrelationData.ToArray(),
        MessageExpiryInterval = message.ExpirySeconds ?? 0,
        PayloadFormatIndicator = message.IsText ? MqttPayloadFormatIndicator.CharacterData : MqttPayloadFormatIndicator.Unspecified,
        UserProperties = message.UserProperties.Count == 0
            ? null
            : [.. message.UserProperties.Select(static pair => new MqttUserProperty(pair.Key, Encoding.UTF8.GetBytes(pair.Value).AsMemory()))],
    };

    private static MqttMessage Of(MqttApplicationMessage message) => new(message.Topic, message.Payload.ToArray())
    {
        QualityOfService = (MqttQualityOfService)message.QualityOfServiceLevel,
        Retain = true,
        ContentType = message.ContentType,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData,
        ExpirySeconds = message.MessageExpiryInterval == 0 ? null : message.MessageExpiryInterval,
        IsText = message.PayloadFormatIndicator == MqttPayloadFormatIndicator.CharacterData,
        UserProperties = message.UserProperties is not { } properties
            ? []
            : [.. properties.Select(static pair => KeyValuePair.Create(pair.Name, Encoding.UTF8.GetString(pair.ValueBuffer.Span)))],
    };

    /// <summary>What a client calls itself, fit for a log line.</summary>
    private static string Shown(string text)
    {
        var shown = text.Length > ShownCharacters ? text[..ShownCharacters] + "…" : text;
        return new string([.. shown.Select(static character => char.IsControl(character) ? '?' : character)]);
    }
}
