using System.Globalization;
using Bridge.ZWave.Serial;
using Microsoft.Extensions.Configuration;

namespace Bridge.Options;

/// <summary>What kind of value a setting takes.</summary>
public enum SettingKind
{
    Text,
    Number,
    Flag,
}

/// <summary>One setting, for documentation and for finding slips of the pen.</summary>
/// <param name="Key">"Mqtt:Host".</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Default">"1883"; "none" when there is none.</param>
/// <param name="Allowed">What may be written.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record Setting(string Key, SettingKind Kind, string Default, string Allowed, string Meaning);

/// <summary>Every setting there is, in the order of the documentation. What is not here is not read.</summary>
public static class SettingList
{
    private const string None = "none";
    private const string AnyText = "any text";
    private const string AnyFile = "path of a file that can be read";
    private const string YesNo = "true, false";

    public static IReadOnlyList<Setting> All { get; } =
    [
        Text("ZWave:Port", None, TransportAddress.Forms, "The way to the Z-Wave stick."),
        Text("ZWave:KeysFile", "<Storage:Directory>/keys.json", "path of a file that others cannot read (mode 0600)",
            "The keys of the network; made at the first start."),
        Flag("ZWave:AllowReadableKeys", "false", "Uses a key file that others can read, too, with a warning."),
        Text("ZWave:InclusionStrategy", "default", Properties.InclusionWords.Allowed,
            "Which keys a new node gets when permit_join or device/replace does not say: default (the best it can, else none), "
            + "s2 (secure or not at all), s0, insecure."),
        Flag("ZWave:BackupBeforeInclusion", "true", "Saves the stick's memory before nodes are included, excluded or replaced, at most once an hour."),
        Text("Storage:Directory", "the platform's state directory", "folder that can be written", "Where what is known is kept between runs."),
        Number("Storage:Backups", "10", "1 to 1000", "How many backups of the stick's memory are kept of a network."),
        Text("Devices:Directory", "<Storage:Directory>/devices", "folder", "Device files of your own, which win over those that come with the program."),
        Text("Mqtt:Host", None, BrokerAddress.Forms, "The broker; without one the built-in broker is used."),
        Number("Mqtt:Port", "1883, with TLS 8883", "1 to 65535", "The broker's port."),
        Text("Mqtt:Username", None, AnyText, "The user to log in as."),
        Text("Mqtt:Password", None, AnyText, "Its password; better in a file."),
        Text("Mqtt:PasswordFile", None, AnyFile, "A file whose first line is the password."),
        Text("Mqtt:ClientId", "zwbridge-<home id>", "1 to 128 characters", "How the broker knows the bridge; no two programs may have the same."),
        Text("Mqtt:BaseTopic", "zwbridge", Mqtt.TopicRules.Allowed, "Every topic of the bridge begins with it."),
        Text("Mqtt:ProtocolVersion", "5", "5, 3.1.1", "Which MQTT is spoken; 5 falls back to 3.1.1."),
        Flag("Mqtt:Retain", "true", "False for brokers that keep no messages."),
        Number("Mqtt:KeepAliveSeconds", "30", "5 to 1800", "A silent connection is found out after one and a half times this."),
        Text("Mqtt:LastSeen", "change", "change, always, off", "When last_seen is published: with another change, with every frame, never."),
        Number("Mqtt:JoinMilliseconds", "100", "0 to 10000", "How long further changes of a node are collected after one was published."),
        Flag("Mqtt:Tls:Enabled", "false", "Encrypts the connection; mqtts:// in the host does the same."),
        Text("Mqtt:Tls:CaFile", None, AnyFile, "Authorities to trust instead of the system's (PEM)."),
        Text("Mqtt:Tls:CertificateFile", None, AnyFile, "The bridge's own certificate (PEM or PKCS #12)."),
        Text("Mqtt:Tls:KeyFile", None, AnyFile, "The key of that certificate (PEM)."),
        Text("Mqtt:Tls:CertificatePassword", None, AnyText, "Opens the key or the PKCS #12 file."),
        Text("Mqtt:Tls:ServerName", "the host", AnyText, "The name the broker's certificate must have."),
        Text("Mqtt:Embedded:Listen", "127.0.0.1:1883", "<address>:<port>", "Where the built-in broker listens; beyond this machine only with a password."),
        Text("Mqtt:Embedded:Username", None, AnyText, "The user clients of the built-in broker log in as."),
        Text("Mqtt:Embedded:Password", None, AnyText, "Its password; better in a file."),
        Text("Mqtt:Embedded:PasswordFile", None, AnyFile, "A file whose first line is the password."),
        Number("Mqtt:Embedded:MaximumPacketSize", "262144", "1024 to 268435455", "Bytes; a client that sends more is disconnected."),
        Number("Mqtt:Embedded:MaximumConnections", "64", "1 to 10000", "Further clients are refused."),
        Number("Mqtt:Embedded:MaximumQueue", "1000", "10 to 100000", "Messages that wait for one client; then the oldest is dropped."),
        Flag("HomeAssistant:Discovery", "true", "Publishes discovery."),
        Text("HomeAssistant:Prefix", "homeassistant", Mqtt.TopicRules.Allowed, "Discovery topics begin with it."),
        Text("HomeAssistant:StatusTopic", "homeassistant/status", Mqtt.TopicRules.Allowed, "Where Home Assistant tells that it started."),
        Text("HomeAssistant:BirthPayload", "online", AnyText, "What it says then; case does not count."),
        Flag("HomeAssistant:SingleComponents", "false", "One discovery message an entity, for readers that do not know the device form."),
        Text("HomeAssistant:TemplatesDirectory", "<Storage:Directory>/discovery-templates", "folder",
            "Discovery templates of your own, which win over those that come with the program."),
    ];

    /// <summary>
    /// Values of the wrong kind, all at once: the framework would throw at the first one. To be asked before options are read.
    /// </summary>
    public static IReadOnlyList<string> Faults(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return [.. All.Where(setting => configuration[setting.Key] is { Length: > 0 } value && !Fits(setting.Kind, value))
            .Select(setting => $"{setting.Key}: '{configuration[setting.Key]}' is not {Word(setting.Kind)}; allowed: {setting.Allowed}")];
    }

    private static string Word(SettingKind kind) => kind == SettingKind.Flag ? "true or false" : "a whole number";

    private static bool Fits(SettingKind kind, string value) => kind switch
    {
        SettingKind.Number => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        SettingKind.Flag => bool.TryParse(value, out _),
        _ => true,
    };

    private static Setting Text(string key, string @default, string allowed, string meaning) => new(key, SettingKind.Text, @default, allowed, meaning);

    private static Setting Number(string key, string @default, string allowed, string meaning) => new(key, SettingKind.Number, @default, allowed, meaning);

    private static Setting Flag(string key, string @default, string meaning) => new(key, SettingKind.Flag, @default, YesNo, meaning);
}
