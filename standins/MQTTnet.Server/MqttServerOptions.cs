using System.Net;
using StandIns.Broker;

namespace MQTTnet.Server;

public sealed class MqttServerOptions
{
    internal MqttServerOptions()
    {
    }

    public MqttServerTcpEndpointOptions DefaultEndpointOptions { get; } = new();

    /// <summary>Null: this build's broker has its own.</summary>
    internal TimeSpan? CommunicationTimeout { get; set; }

    internal int? PendingMessages { get; set; }

    internal bool PersistentSessions { get; set; }

    internal BrokerLimits ToLimits()
    {
        var limits = new BrokerLimits { KeepsSessions = PersistentSessions };
        return limits with
        {
            ConnectLimit = CommunicationTimeout ?? limits.ConnectLimit,
            QueuedMessages = PendingMessages ?? limits.QueuedMessages,
        };
    }
}

public abstract class MqttServerTcpEndpointBaseOptions
{
    private protected MqttServerTcpEndpointBaseOptions()
    {
    }

    /// <summary>Where it listens, once started.</summary>
    public int Port { get; internal set; }

    internal IPAddress Address { get; set; } = IPAddress.Any;

    internal IPAddress AddressV6 { get; set; } = IPAddress.IPv6Any;

    internal bool IsEnabled { get; set; }
}

public sealed class MqttServerTcpEndpointOptions : MqttServerTcpEndpointBaseOptions
{
    internal MqttServerTcpEndpointOptions()
    {
    }
}

public class MqttServerOptionsBuilder
{
    private readonly MqttServerOptions _options = new();

    public MqttServerOptions Build() => _options;

    public MqttServerOptionsBuilder WithDefaultEndpoint() => With(options => options.DefaultEndpointOptions.IsEnabled = true);

    /// <summary><see cref="IPAddress.None"/>: not on IPv4.</summary>
    public MqttServerOptionsBuilder WithDefaultEndpointBoundIPAddress(IPAddress value) =>
        With(options => options.DefaultEndpointOptions.Address = value);

    /// <summary><see cref="IPAddress.None"/>: not on IPv6.</summary>
    public MqttServerOptionsBuilder WithDefaultEndpointBoundIPV6Address(IPAddress value) =>
        With(options => options.DefaultEndpointOptions.AddressV6 = value);

    public MqttServerOptionsBuilder WithDefaultEndpointPort(int value) => With(options => options.DefaultEndpointOptions.Port = value);

    public MqttServerOptionsBuilder WithDefaultCommunicationTimeout(TimeSpan value) =>
        With(options => options.CommunicationTimeout = value);

    public MqttServerOptionsBuilder WithMaxPendingMessagesPerClient(int value) => With(options => options.PendingMessages = value);

    public MqttServerOptionsBuilder WithPersistentSessions(bool value = true) => With(options => options.PersistentSessions = value);

    private MqttServerOptionsBuilder With(Action<MqttServerOptions> change)
    {
        change(_options);
        return this;
    }
}
