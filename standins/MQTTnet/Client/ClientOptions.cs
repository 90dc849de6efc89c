using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using StandIns.Wire;

namespace StandIns.Client;

/// <summary>Where a connection goes, and how it is encrypted.</summary>
internal sealed record ConnectionTarget(EndPoint EndPoint)
{
    /// <summary>Null: not encrypted.</summary>
    public TlsTarget? Tls { get; init; }
}

/// <summary>How the broker's certificate is checked, and which one is shown.</summary>
/// <param name="ServerName">What the certificate must say.</param>
/// <param name="Authorities">Null: those of the system.</param>
internal sealed record TlsTarget(
    string ServerName,
    X509Certificate2Collection? Authorities,
    X509Certificate2Collection? Certificates,
    X509RevocationMode Revocation);

/// <summary>The library's options as packets, and its results from packets.</summary>
internal static class ClientOptions
{
    public static ConnectionTarget Target(MqttClientOptions options)
    {
        if (options.ChannelOptions is not MqttClientTcpOptions { RemoteEndpoint: { } endPoint } channel)
            throw new ArgumentException("ChannelOptions are not set.", nameof(options));
        var tls = channel.TlsOptions;
        if (!tls.UseTls) return new ConnectionTarget(endPoint);
        var name = string.IsNullOrEmpty(tls.TargetHost) ? (endPoint as DnsEndPoint)?.Host ?? "" : tls.TargetHost;
        var certificates = (tls.ClientCertificatesProvider as DefaultMqttCertificatesProvider)?.Certificates;
        return new ConnectionTarget(endPoint)
        {
            Tls = new TlsTarget(name, tls.TrustChain is { Count: > 0 } ? tls.TrustChain : null, certificates, tls.RevocationMode),
        };
    }

    public static ConnectPacket Connect(MqttClientOptions options)
    {
        var isVersion5 = options.ProtocolVersion == MqttProtocolVersion.V500;
        var credentials = options.Credentials as MqttClientCredentials;
        return new ConnectPacket(isVersion5 ? ProtocolLevel.Version5 : ProtocolLevel.Version311, options.ClientId)
        {
            CleanStart = options.CleanSession,
            KeepAliveSeconds = (ushort)options.KeepAlivePeriod.TotalSeconds,
            Username = credentials?.UserName,
            Password = credentials?.Password is { } password ? password : default(ReadOnlyMemory<byte>?),
            SessionExpirySeconds = options.SessionExpiryInterval == 0 ? null : options.SessionExpiryInterval,
            MaximumPacketSize = options.MaximumPacketSize == 0 ? null : options.MaximumPacketSize,
            Will = string.IsNullOrEmpty(options.WillTopic) ? null : Will(options, options.WillTopic),
        };
    }

    public static MqttClientConnectResult Result(ConnAckPacket answer, MqttProtocolVersion version)
    {
        if (version != MqttProtocolVersion.V500)
        {
            return new MqttClientConnectResult
            {
                ResultCode = (MqttClientConnectResultCode)answer.ReasonCode,
                IsSessionPresent = answer.SessionPresent,
                RetainAvailable = true,
            };
        }

        return new MqttClientConnectResult
        {
            ResultCode = (MqttClientConnectResultCode)answer.ReasonCode,
            ReasonString = answer.ReasonString,
            IsSessionPresent = answer.SessionPresent,
            MaximumPacketSize = answer.MaximumPacketSize,
            MaximumQoS = (MqttQualityOfServiceLevel)(answer.MaximumQualityOfService ?? QualityOfService.ExactlyOnce),
            ReceiveMaximum = answer.ReceiveMaximum,
            RetainAvailable = answer.RetainAvailable ?? true,
            ServerKeepAlive = answer.ServerKeepAliveSeconds ?? 0,
        };
    }

    public static IReadOnlyList<UserProperty> Properties(List<MqttUserProperty>? properties) => properties is null
        ? []
        : [.. properties.Select(static property => new UserProperty(property.Name, Encoding.UTF8.GetString(property.ValueBuffer.Span)))];

    private static WillMessage Will(MqttClientOptions options, string topic) => new(topic, options.WillPayload ?? [])
    {
        QualityOfService = (QualityOfService)options.WillQualityOfServiceLevel,
        Retain = options.WillRetain,
        IsText = options.WillPayloadFormatIndicator == MqttPayloadFormatIndicator.CharacterData ? true : null,
        ExpirySeconds = options.WillMessageExpiryInterval == 0 ? null : options.WillMessageExpiryInterval,
        ContentType = options.WillContentType,
        ResponseTopic = options.WillResponseTopic,
        CorrelationData = options.WillCorrelationData is { Length: > 0 } data ? data : default(ReadOnlyMemory<byte>?),
        UserProperties = Properties(options.WillUserProperties),
    };
}
