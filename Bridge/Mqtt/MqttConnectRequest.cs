using System.Security.Cryptography.X509Certificates;

namespace Bridge.Mqtt;

/// <summary>Which MQTT is spoken.</summary>
public enum MqttProtocol : byte
{
    Version311 = 4,
    Version5 = 5,
}

/// <summary>Everything one CONNECT says, and where it goes.</summary>
/// <param name="Host">Name or address of the broker.</param>
/// <param name="Port">1883 plain, 8883 with TLS, by custom.</param>
/// <param name="ClientId">Ours; never empty.</param>
public sealed record MqttConnectRequest(string Host, int Port, string ClientId)
{
    public MqttProtocol Protocol { get; init; } = MqttProtocol.Version5;

    public string? Username { get; init; }

    /// <summary>Never logged; <see cref="ToString"/> leaves it out.</summary>
    public string? Password { get; init; }

    /// <summary>The broker publishes this when we vanish. Its properties count as for any message.</summary>
    public MqttMessage? Will { get; init; }

    /// <summary>The broker takes us for dead after one and a half times this without a packet.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long opening the connection and the CONNACK may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>True: the broker starts with nothing of us (Clean Start, and the session ends with the connection).</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>How long the broker keeps our session after the connection ended (MQTT 5; 0 = not at all).</summary>
    public uint SessionExpirySeconds { get; init; }

    /// <summary>The largest packet we take (MQTT 5); null: any.</summary>
    public uint? MaximumPacketSize { get; init; }

    /// <summary>Null: not encrypted.</summary>
    public MqttTls? Tls { get; init; }

    public override string ToString() => $"{Host}:{Port} as {ClientId}";
}

/// <summary>How the broker's certificate is checked, and which one we show.</summary>
public sealed record MqttTls
{
    /// <summary>Authorities to trust instead of the system's; null: the system's.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Our own certificate with its key; null: none.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The name the certificate must have, when it differs from the host.</summary>
    public string? ServerName { get; init; }
}
