using System.Globalization;
using System.Net;
using Bridge.Mqtt;

namespace Bridge.Options;

/// <summary>Reads <see cref="EmbeddedBrokerOptions"/>.</summary>
internal static class EmbeddedSettings
{
    private const string Section = $"{MqttOptions.Section}:{nameof(MqttOptions.Embedded)}";

    /// <summary>Null: a fault was added.</summary>
    public static EmbeddedBrokerSettings? Read(EmbeddedBrokerOptions options, List<string> faults, List<string> warnings)
    {
        var before = faults.Count;
        var listen = ReadListen(options.Listen);
        if (listen is null) faults.Add($"{Section}:Listen: '{options.Listen}'; allowed: <address>:<port> like 127.0.0.1:1883, 0.0.0.0:1883, [::]:1883");
        var password = SettingFiles.Password(Section, options.Password, options.PasswordFile, faults, warnings);
        var username = string.IsNullOrWhiteSpace(options.Username) ? null : options.Username;
        if (username is null != password is null) faults.Add($"{Section}:Username: user or password alone; allowed: both or none");
        if (listen is not null && !IPAddress.IsLoopback(listen.Address) && (username is null || password is null))
        {
            faults.Add($"{Section}:Listen: '{options.Listen}' can be reached from other machines and needs {Section}:Username and {Section}:PasswordFile");
        }

        Check(nameof(options.MaximumPacketSize), options.MaximumPacketSize, 1024, 268_435_455);
        Check(nameof(options.MaximumConnections), options.MaximumConnections, 1, 10_000);
        Check(nameof(options.MaximumQueue), options.MaximumQueue, 10, 100_000);
        if (faults.Count > before || listen is null) return null;
        return new(listen)
        {
            Username = username,
            Password = password,
            MaximumPacketSize = options.MaximumPacketSize,
            MaximumConnections = options.MaximumConnections,
            MaximumQueuePerClient = options.MaximumQueue,
        };

        void Check(string name, int value, int minimum, int maximum)
        {
            if (value < minimum || value > maximum) faults.Add($"{Section}:{name}: {value}; allowed: {minimum} to {maximum}");
        }
    }

    private static IPEndPoint? ReadListen(string? text)
    {
        var trimmed = text?.Trim() ?? string.Empty;
        if (trimmed.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase)) trimmed = "127.0.0.1" + trimmed["localhost".Length..];
        // Without a port .NET takes 0, which is any free one: nobody would find it.
        var colon = trimmed.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(trimmed.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)) return null;
        if (trimmed.IndexOf(':') != colon && !trimmed.StartsWith('[')) return null;
        return IPEndPoint.TryParse(trimmed, out var parsed) ? parsed : null;
    }
}
