using System.Net;
using Bridge.Mqtt;

namespace Bridge.Options;

/// <summary>What <see cref="MqttOptions"/> mean, with the files they name read. Holds secrets: never logged as a whole.</summary>
public sealed class MqttSettings
{
    private MqttSettings()
    {
    }

    public required string BaseTopic { get; init; }

    /// <summary>Null: the built-in broker, see <see cref="Embedded"/>.</summary>
    public BrokerAddress? Broker { get; private init; }

    /// <summary>The built-in broker; null when another one is used.</summary>
    public EmbeddedBrokerSettings? Embedded { get; private init; }

    public MqttProtocol Protocol { get; private init; }

    public string? Username { get; private init; }

    /// <summary>Never logged.</summary>
    public string? Password { get; private init; }

    public MqttTls? Tls { get; private init; }

    /// <summary>As set; null: to be made with <see cref="DefaultClientId"/>.</summary>
    public string? ClientId { get; private init; }

    public bool Retain { get; private init; }

    public TimeSpan KeepAlive { get; private init; }

    public LastSeenMode LastSeen { get; private init; }

    /// <summary>How long further changes of a node are collected after one was published.</summary>
    public TimeSpan Join { get; private init; }

    /// <summary>What works but should not stay: for the log.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>The client id of a network: <c>zwbridge-e1a2b3c4</c>. While the home id is not known the base topic stands for it.</summary>
    public static string DefaultClientId(ZWave.Wire.HomeId? homeId, string baseTopic)
    {
        ArgumentNullException.ThrowIfNull(baseTopic);
        return "zwbridge-" + (homeId is { } known ? known.ToString().ToLowerInvariant() : baseTopic.Replace('/', '-'));
    }

    /// <summary>Reads options.</summary>
    /// <param name="faults">Gets every fault, with path, value and what is allowed. When it stays empty the result may be used.</param>
    public static MqttSettings Read(MqttOptions options, List<string> faults)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        List<string> warnings = [];
        CheckTexts(options, faults);
        CheckNumber("Mqtt:Port", options.Port, 1, 65535, faults);
        CheckNumber("Mqtt:KeepAliveSeconds", options.KeepAliveSeconds, 5, 1800, faults);
        CheckNumber("Mqtt:JoinMilliseconds", options.JoinMilliseconds, 0, 10_000, faults);
        var isEmbedded = string.IsNullOrWhiteSpace(options.Host);
        var broker = isEmbedded ? null : ReadBroker(options, faults);
        var password = SettingFiles.Password(MqttOptions.Section, options.Password, options.PasswordFile, faults, warnings);
        if (password is not null && string.IsNullOrEmpty(options.Username)) faults.Add("Mqtt:Username: a password is set and no user; allowed: both or none");
        var tls = options.Tls.Enabled || broker is { UsesTls: true } ? SettingFiles.Tls(options.Tls, faults) : null;
        if (tls is null && (options.Tls.CaFile ?? options.Tls.CertificateFile ?? options.Tls.KeyFile ?? options.Tls.ServerName) is not null)
        {
            warnings.Add("Mqtt:Tls:Enabled: TLS is off, the other settings of Mqtt:Tls have no effect");
        }

        if (isEmbedded && options.Tls.Enabled) faults.Add("Mqtt:Tls:Enabled: the built-in broker has no TLS; set Mqtt:Host or leave it off");
        if (isEmbedded && options.Port is not null) warnings.Add("Mqtt:Port: has no effect without Mqtt:Host; the built-in broker takes Mqtt:Embedded:Listen");
        var embedded = EmbeddedSettings.Read(options.Embedded, faults, warnings);
        return new()
        {
            BaseTopic = options.BaseTopic,
            Broker = broker,
            Embedded = isEmbedded ? embedded : null,
            Protocol = ReadProtocol(options.ProtocolVersion) ?? MqttProtocol.Version5,
            Username = isEmbedded ? embedded?.Username : Text(options.Username),
            Password = isEmbedded ? embedded?.Password : password,
            Tls = tls,
            ClientId = Text(options.ClientId),
            Retain = options.Retain,
            KeepAlive = TimeSpan.FromSeconds(options.KeepAliveSeconds),
            LastSeen = ReadLastSeen(options.LastSeen) ?? LastSeenMode.Change,
            Join = TimeSpan.FromMilliseconds(options.JoinMilliseconds),
            Warnings = warnings,
        };
    }

    /// <summary>How to connect.</summary>
    /// <param name="clientId">Ours, when the user set none.</param>
    /// <param name="embedded">Where the built-in broker listens; null: another broker is used.</param>
    public MqttConnectRequest Request(string clientId, IPEndPoint? embedded = null)
    {
        var (host, port) = Broker is { } broker ? (broker.Host, broker.Port) : Reachable(embedded ?? Embedded!.Listen);
        return new(host, port, ClientId ?? clientId)
        {
            Protocol = Protocol,
            Username = Username,
            Password = Password,
            KeepAlive = KeepAlive,
            Tls = Tls,
        };
    }

    private static void CheckTexts(MqttOptions options, List<string> faults)
    {
        if (TopicRules.Fault(options.BaseTopic) is { } fault) faults.Add($"Mqtt:BaseTopic: '{options.BaseTopic}': {fault}; allowed: {TopicRules.Allowed}");
        if (ReadProtocol(options.ProtocolVersion) is null) faults.Add($"Mqtt:ProtocolVersion: '{options.ProtocolVersion}'; allowed: 5, 3.1.1");
        if (ReadLastSeen(options.LastSeen) is null) faults.Add($"Mqtt:LastSeen: '{options.LastSeen}'; allowed: change, always, off");
        if (options.ClientId is { Length: > 128 } || options.ClientId?.Any(char.IsControl) == true)
        {
            faults.Add("Mqtt:ClientId: too long, or with control characters; allowed: 1 to 128 characters");
        }
    }

    private static BrokerAddress? ReadBroker(MqttOptions options, List<string> faults)
    {
        var broker = BrokerAddress.TryParse(options.Host!, options.Port, options.Tls.Enabled, out var fault);
        if (fault is not null) faults.Add($"Mqtt:Host: {fault}");
        return broker;
    }

    private static void CheckNumber(string path, int? value, int minimum, int maximum, List<string> faults)
    {
        if (value is { } number && (number < minimum || number > maximum)) faults.Add($"{path}: {number}; allowed: {minimum} to {maximum}");
    }

    // What people call the versions: by name, or by the number on the wire.
    private static MqttProtocol? ReadProtocol(string? text) => text?.Trim() switch
    {
        "5" or "5.0" => MqttProtocol.Version5,
        "3.1.1" or "311" or "4" => MqttProtocol.Version311,
        _ => null,
    };

    private static LastSeenMode? ReadLastSeen(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "change" => LastSeenMode.Change,
        "always" => LastSeenMode.Always,
        "off" or "false" => LastSeenMode.Off,
        _ => null,
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    // "Everywhere" is where it listens, not where it can be reached.
    private static (string Host, int Port) Reachable(IPEndPoint listen) =>
        (listen.Address.Equals(IPAddress.Any) ? IPAddress.Loopback.ToString()
            : listen.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback.ToString() : listen.Address.ToString(), listen.Port);
}
