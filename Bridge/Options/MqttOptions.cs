namespace Bridge.Options;

/// <summary>The settings under <c>Mqtt</c>, as written. What they mean: <see cref="MqttSettings"/>.</summary>
public sealed class MqttOptions
{
    public const string Section = "Mqtt";

    /// <summary>Name or address of the broker, with or without <c>mqtt://</c>, <c>mqtts://</c> and a port. None: the built-in broker.</summary>
    public string? Host { get; set; }

    /// <summary>1..65535. Default: that of the host, else 1883, with TLS 8883.</summary>
    public int? Port { get; set; }

    /// <summary>Default: none.</summary>
    public string? Username { get; set; }

    /// <summary>Default: none. Better in <see cref="PasswordFile"/> or the environment.</summary>
    public string? Password { get; set; }

    /// <summary>A file whose first line is the password. Default: none.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>How the broker knows us. Default: <c>zwbridge-&lt;home id&gt;</c>. Two programs with the same one throw each other out.</summary>
    public string? ClientId { get; set; }

    /// <summary>Every topic of ours begins with it. Default: <c>zwbridge</c>.</summary>
    public string BaseTopic { get; set; } = "zwbridge";

    /// <summary>"5" or "3.1.1". Default: 5, with a fall back to 3.1.1 when the broker does not speak it.</summary>
    public string ProtocolVersion { get; set; } = "5";

    /// <summary>False for brokers that keep no messages. Default: true.</summary>
    public bool Retain { get; set; } = true;

    /// <summary>A silent connection is found out after one and a half times this. 5..1800, default 30.</summary>
    public int KeepAliveSeconds { get; set; } = 30;

    /// <summary>When <c>last_seen</c> is published: <c>change</c>, <c>always</c>, <c>off</c>. Default: change.</summary>
    public string LastSeen { get; set; } = "change";

    /// <summary>How long further changes of a node are collected after one was published. 0..10000, default 100.</summary>
    public int JoinMilliseconds { get; set; } = 100;

    public MqttTlsOptions Tls { get; set; } = new();

    public EmbeddedBrokerOptions Embedded { get; set; } = new();
}

/// <summary>The settings under <c>Mqtt:Tls</c>.</summary>
public sealed class MqttTlsOptions
{
    /// <summary>Default: false; <c>mqtts://</c> turns it on.</summary>
    public bool Enabled { get; set; }

    /// <summary>Authorities to trust instead of the system's, PEM. Default: none.</summary>
    public string? CaFile { get; set; }

    /// <summary>Our own certificate: PEM (then <see cref="KeyFile"/> or the same file has the key) or PKCS #12. Default: none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The key of our own certificate, PEM. Default: none.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Opens the key or the PKCS #12 file. Default: none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>The name the broker's certificate must have, when it differs from the host. Default: the host.</summary>
    public string? ServerName { get; set; }
}

/// <summary>The settings under <c>Mqtt:Embedded</c>: the built-in broker, which runs when there is no <see cref="MqttOptions.Host"/>.</summary>
public sealed class EmbeddedBrokerOptions
{
    /// <summary>Address and port. Default: <c>127.0.0.1:1883</c>. Others than this machine need user and password.</summary>
    public string Listen { get; set; } = "127.0.0.1:1883";

    /// <summary>Default: none, everybody who reaches it may connect.</summary>
    public string? Username { get; set; }

    /// <summary>Default: none.</summary>
    public string? Password { get; set; }

    /// <summary>A file whose first line is the password. Default: none.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Bytes; a client that sends more is disconnected. 1024..268435455, default 262144.</summary>
    public int MaximumPacketSize { get; set; } = 262_144;

    /// <summary>1..10000, default 64.</summary>
    public int MaximumConnections { get; set; } = 64;

    /// <summary>Messages that wait for one client, then the oldest is dropped. 10..100000, default 1000.</summary>
    public int MaximumQueue { get; set; } = 1000;
}
