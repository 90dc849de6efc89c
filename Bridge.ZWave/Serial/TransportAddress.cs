using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Bridge.ZWave.Serial;

/// <summary>What kind of line an address names.</summary>
public enum TransportKind
{
    /// <summary>A serial port of this machine.</summary>
    SerialPort,

    /// <summary>A byte stream behind a TCP port.</summary>
    Tcp,

    /// <summary>The simulated controller of this program.</summary>
    Simulator,
}

/// <summary>The way to the module as people write it (<c>ZWave:Port</c>).</summary>
/// <param name="Kind">What is named.</param>
/// <param name="Text">The address as written, without blanks around it.</param>
/// <param name="Host">Name or address of <see cref="TransportKind.Tcp"/>, without the brackets of IPv6.</param>
/// <param name="Port">Port number of <see cref="TransportKind.Tcp"/>.</param>
public sealed record TransportAddress(TransportKind Kind, string Text, string? Host = null, int Port = 0)
{
    /// <summary>The forms an address may have, for messages.</summary>
    public const string Forms = "/dev/serial/by-id/… (or another path), COM3, tcp://host:port, simulator";

    private const string TcpScheme = "tcp://";
    private const string SimulatorName = "simulator";

    /// <summary>Reads an address; <paramref name="fault"/> says what is wrong and what would be right.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TransportAddress? address, [NotNullWhen(false)] out string? fault)
    {
        address = null;
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0) fault = $"no port is given; allowed: {Forms}";
        else if (trimmed.Equals(SimulatorName, StringComparison.OrdinalIgnoreCase))
        {
            return Found(new(TransportKind.Simulator, SimulatorName), out address, out fault);
        }
        else if (trimmed.StartsWith(TcpScheme, StringComparison.OrdinalIgnoreCase)) return TryParseTcp(trimmed, out address, out fault);
        else if (trimmed.Contains("://", StringComparison.Ordinal)) fault = $"'{trimmed}': only tcp:// is known; allowed: {Forms}";
        else if (trimmed.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase)) fault = $"'{trimmed}': two slashes are missing; write tcp://host:port";
        else if (trimmed.Any(char.IsControl)) fault = "the port holds a control character";
        else if (trimmed[0] == '/' || IsWindowsPort(trimmed)) return Found(new(TransportKind.SerialPort, trimmed), out address, out fault);
        else if (trimmed.StartsWith("tty", StringComparison.Ordinal)) fault = $"'{trimmed}' is not a path; did you mean /dev/{trimmed}?";
        else fault = $"'{trimmed}' is neither a path nor an address; allowed: {Forms}";
        return false;
    }

    public override string ToString() => Text;

    private static bool TryParseTcp(string text, out TransportAddress? address, out string? fault)
    {
        address = null;
        var rest = text[TcpScheme.Length..].TrimEnd('/');
        var colon = rest.LastIndexOf(':');
        var host = colon < 0 ? rest : rest[..colon];
        if (colon < 0 || rest.EndsWith(']'))
        {
            fault = $"'{text}': the port number is missing; write tcp://host:port";
            return false;
        }

        if (host.StartsWith('[') && host.EndsWith(']')) host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal))
        {
            fault = $"'{text}': an IPv6 address needs brackets; write tcp://[address]:port";
            return false;
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            fault = host.Length == 0 ? $"'{text}': the host is missing; write tcp://host:port" : $"'{text}': '{host}' is not a host name";
            return false;
        }

        var digits = rest[(colon + 1)..];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            fault = $"'{text}': '{digits}' is not a port number (1..65535)";
            return false;
        }

        return Found(new(TransportKind.Tcp, text, host, port), out address, out fault);
    }

    private static bool IsWindowsPort(string text)
    {
        var name = text.StartsWith(@"\\.\", StringComparison.Ordinal) ? text[4..] : text;
        return name.StartsWith("COM", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(name.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
    }

    private static bool Found(TransportAddress found, out TransportAddress? address, out string? fault)
    {
        (address, fault) = (found, null);
        return true;
    }
}
