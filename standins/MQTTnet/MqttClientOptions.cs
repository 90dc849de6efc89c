using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

public sealed class MqttClientOptions
{
    public IMqttClientChannelOptions? ChannelOptions { internal get; set; }

    public bool CleanSession { internal get; set; } = true;

    public string ClientId { internal get; set; } = Guid.NewGuid().ToString("N");

    public IMqttClientCredentialsProvider? Credentials { internal get; set; }

    public TimeSpan KeepAlivePeriod { internal get; set; } = TimeSpan.FromSeconds(15);

    public uint MaximumPacketSize { internal get; set; }

    public MqttProtocolVersion ProtocolVersion { internal get; set; } = MqttProtocolVersion.V500;

    public uint SessionExpiryInterval { internal get; set; }

    public TimeSpan Timeout { internal get; set; } = TimeSpan.FromSeconds(100);

    public string? WillContentType { internal get; set; }

    public byte[]? WillCorrelationData { internal get; set; }

    public uint WillMessageExpiryInterval { internal get; set; }

    public byte[]? WillPayload { internal get; set; }

    public MqttPayloadFormatIndicator WillPayloadFormatIndicator { internal get; set; }

    public MqttQualityOfServiceLevel WillQualityOfServiceLevel { internal get; set; }

    public string? WillResponseTopic { internal get; set; }

    public bool WillRetain { internal get; set; }

    public string? WillTopic { internal get; set; }

    public List<MqttUserProperty>? WillUserProperties { internal get; set; }
}

public interface IMqttClientChannelOptions;

public sealed class MqttClientTcpOptions : IMqttClientChannelOptions
{
    public EndPoint? RemoteEndpoint { internal get; set; }

    public MqttClientTlsOptions TlsOptions { internal get; set; } = new();
}

public sealed class MqttClientTlsOptions
{
    public bool UseTls { internal get; set; }

    public IMqttClientCertificatesProvider? ClientCertificatesProvider { internal get; set; }

    public X509RevocationMode RevocationMode { internal get; set; } = X509RevocationMode.Online;

    public string? TargetHost { internal get; set; }

    public X509Certificate2Collection? TrustChain { internal get; set; }
}

public interface IMqttClientCertificatesProvider;

public sealed class DefaultMqttCertificatesProvider(X509Certificate2Collection certificates) : IMqttClientCertificatesProvider
{
    internal X509Certificate2Collection Certificates => certificates;
}

public interface IMqttClientCredentialsProvider;

public sealed class MqttClientCredentials(string? userName, byte[]? password = null) : IMqttClientCredentialsProvider
{
    internal string? UserName => userName;

    internal byte[]? Password => password;
}
