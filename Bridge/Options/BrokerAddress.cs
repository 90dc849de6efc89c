using System.Globalization;

namespace Bridge.Options;

/// <summary>Where a broker is.</summary>
/// <param name="Host">Name or address, an IPv6 address without brackets.</param>
/// <param name="Port">1..65535.</param>
/// <param name="UsesTls">Encrypted from the first byte.</param>
public sealed record BrokerAddress(string Host, int Port, bool UsesTls)
{
    public const int PlainPort = 1883;
    public const int TlsPort = 8883;

    /// <summary>For messages: what <see cref="TryParse"/> allows.</summary>
    public const string Forms = "name, address, mqtt://name, mqtts://name, each with or without :port";

    /// <summary>Takes a host apart.</summary>
    /// <param name="text">As the user wrote it.</param>
    /// <param name="port">A port that was set apart from it; null: none.</param>
    /// <param name="usesTls">TLS was asked for apart from it.</param>
    /// <param name="fault">Why it is none; never repeats what may be a password.</param>
    public static BrokerAddress? TryParse(string text, int? port, bool usesTls, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.Trim();
        if (rest.Contains('@'))
        {
            fault = "user and password do not belong here; set Mqtt:Username, and Mqtt:PasswordFile or Mqtt:Password";
            return null;
        }

        var scheme = rest.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            switch (rest[..scheme].ToLowerInvariant())
            {
                case "mqtt" or "tcp" when usesTls:
                    fault = $"'{text}' says without TLS, Mqtt:Tls:Enabled says with; allowed: mqtts://";
                    return null;
                case "mqtt" or "tcp":
                    break;
                case "mqtts" or "ssl":
                    usesTls = true;
                    break;
                default:
                    fault = $"'{text}' has an unknown scheme; allowed: {Forms}";
                    return null;
            }

            rest = rest[(scheme + 3)..].TrimEnd('/');
        }

        if (!TrySplit(rest, out var host, out var own))
        {
            fault = $"'{text}' is no host; allowed: {Forms}";
            return null;
        }

        fault = own is not null && port is not null && own != port ? $"'{text}' has another port than Mqtt:Port, {port}; one of them is enough" : null;
        return fault is null ? new(host, own ?? port ?? (usesTls ? TlsPort : PlainPort), usesTls) : null;
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static bool TrySplit(string text, out string host, out int? port)
    {
        (host, port) = (text, null);
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']');
            if (end < 0) return false;
            host = text[1..end];
            if (Uri.CheckHostName(host) != UriHostNameType.IPv6) return false;
            return end + 1 == text.Length || (text[end + 1] == ':' && TryPort(text[(end + 2)..], out port));
        }

        var colon = text.IndexOf(':');
        // More than one colon: an IPv6 address that was written without brackets.
        if (colon >= 0 && text.IndexOf(':', colon + 1) >= 0) return Uri.CheckHostName(text) == UriHostNameType.IPv6;
        if (colon >= 0)
        {
            host = text[..colon];
            if (!TryPort(text[(colon + 1)..], out port)) return false;
        }

        return Uri.CheckHostName(host) != UriHostNameType.Unknown;
    }

    private static bool TryPort(string text, out int? port)
    {
        port = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535 ? number : null;
        return port is not null;
    }
}
