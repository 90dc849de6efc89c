using System.Net;
using StandIns.Broker;
using StandIns.Wire;

namespace MQTTnet.Server;

/// <summary>A broker as the package of this name offers it, as wide as its one user needs.</summary>
/// <remarks>Translates only; the work is done by <see cref="TcpBroker"/>.</remarks>
public class MqttServer : IDisposable
{
    private readonly MqttServerOptions _options;
    private TcpBroker? _broker;

    internal MqttServer(MqttServerOptions options) => _options = options;

    public event Func<ValidatingConnectionEventArgs, Task>? ValidatingConnectionAsync;

    public event Func<ClientConnectedEventArgs, Task>? ClientConnectedAsync;

    public event Func<ClientDisconnectedEventArgs, Task>? ClientDisconnectedAsync;

    public event Func<InterceptingPublishEventArgs, Task>? InterceptingPublishAsync;

    public event Func<LoadingRetainedMessagesEventArgs, Task>? LoadingRetainedMessageAsync;

    public event Func<RetainedMessageChangedEventArgs, Task>? RetainedMessageChangedAsync;

    public event Func<QueueMessageOverwrittenEventArgs, Task>? QueuedApplicationMessageOverwrittenAsync;

    /// <exception cref="System.Net.Sockets.SocketException">The address is taken, not of this machine or not allowed.</exception>
    public async Task StartAsync()
    {
        if (_broker is not null) throw new InvalidOperationException("The MQTT server is already started.");
        var observer = new Observer(this);
        _broker = observer.Broker = new TcpBroker(_options.ToLimits(), TimeProvider.System, observer);
        var loading = new LoadingRetainedMessagesEventArgs();
        await NotifyAsync(LoadingRetainedMessageAsync, loading).ConfigureAwait(false);
        lock (_broker.Core.Gate)
        {
            _broker.Core.Load(loading.LoadedRetainedMessages.Select(message => ApplicationMessages.Kept(message, _broker.Core.Now)));
        }

        var endpoint = _options.DefaultEndpointOptions;
        if (!endpoint.IsEnabled) return;
        foreach (var address in (IPAddress[])[endpoint.Address, endpoint.AddressV6])
        {
            if (!address.Equals(IPAddress.None)) endpoint.Port = _broker.Start(new IPEndPoint(address, endpoint.Port)).Port;
        }
    }

    public async Task StopAsync(MqttServerStopOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Interlocked.Exchange(ref _broker, null) is { } broker) await broker.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        StopAsync(new MqttServerStopOptions()).GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>A handler's answer counts, and so does its fault.</summary>
    private static async ValueTask AskAsync<T>(Func<T, Task>? handlers, T arguments)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers)) await handler(arguments).ConfigureAwait(false);
    }

    /// <summary>As in the library, a handler's fault changes nothing.</summary>
    private static async ValueTask NotifyAsync<T>(Func<T, Task>? handlers, T arguments)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                await handler(arguments).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // The library writes it to its own log, which nobody reads here.
            }
        }
    }

    private sealed class Observer(MqttServer server) : IBrokerObserver
    {
        public TcpBroker? Broker { get; set; }

        private TimeSpan Now => Broker!.Core.Now;

        public async ValueTask<ReasonCode> AdmitAsync(ConnectPacket packet)
        {
            var arguments = new ValidatingConnectionEventArgs(packet);
            await AskAsync(server.ValidatingConnectionAsync, arguments).ConfigureAwait(false);
            return (ReasonCode)arguments.ReasonCode;
        }

        public async ValueTask<PublishDecision> DecideAsync(string clientId, BrokerMessage message)
        {
            if (server.InterceptingPublishAsync is not { } handlers) return new(message);
            var now = Now;
            var arguments = new InterceptingPublishEventArgs(clientId, ApplicationMessages.Shown(message, now));
            await AskAsync(handlers, arguments).ConfigureAwait(false);
            var code = (ReasonCode)arguments.Response.ReasonCode;
            var goesOn = arguments is { ProcessPublish: true, CloseConnection: false };
            var left = goesOn ? ApplicationMessages.Changed(message, arguments.ApplicationMessage, now) : null;
            return new(left, code, arguments.CloseConnection);
        }

        public ValueTask ConnectedAsync(string clientId) =>
            NotifyAsync(server.ClientConnectedAsync, new ClientConnectedEventArgs(clientId));

        public ValueTask DisconnectedAsync(string clientId, ConnectionEnd end) =>
            NotifyAsync(server.ClientDisconnectedAsync, new ClientDisconnectedEventArgs(clientId, (MqttClientDisconnectType)end));

        public ValueTask RetainedChangedAsync(string clientId, BrokerMessage message) => NotifyAsync(
            server.RetainedMessageChangedAsync,
            new RetainedMessageChangedEventArgs(ApplicationMessages.Shown(message, Now)));

        public ValueTask DroppedAsync(string clientId) =>
            NotifyAsync(server.QueuedApplicationMessageOverwrittenAsync, new QueueMessageOverwrittenEventArgs(clientId));
    }
}
