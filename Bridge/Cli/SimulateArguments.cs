using System.Net;

namespace Bridge.Cli;

/// <summary>What follows <c>zwbridge simulate</c>.</summary>
/// <param name="Endpoint">Where to listen.</param>
/// <param name="KeysFile">Whose keys a plug has; null: none has any.</param>
internal sealed record SimulateArguments(IPEndPoint Endpoint, string? KeysFile)
{
    public const string DefaultAddress = "tcp://127.0.0.1:5555";
    private const string Listen = "--listen";
    private const string Keys = "--keys";
    private const int HighestPort = 65535;

    /// <summary>Reads them; null and what is wrong when they cannot be understood.</summary>
    public static SimulateArguments? Read(IReadOnlyList<string> arguments, out string? problem)
    {
        var (address, keys) = (DefaultAddress, (string?)null);
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            var name = argument.Split('=')[0];
            if (name is not (Listen or Keys))
            {
                problem = $"unexpected argument '{argument}'";
                return null;
            }

            var value = argument.Length > name.Length ? argument[(name.Length + 1)..] : ++index < arguments.Count ? arguments[index] : string.Empty;
            if (value.Length == 0)
            {
                problem = $"{name} needs {(name == Listen ? $"an address like {DefaultAddress}" : "a file of keys")}";
                return null;
            }

            if (name == Listen) address = value;
            else keys = value;
        }

        var endpoint = Parse(address);
        problem = endpoint is null ? $"'{address}' is not an address of this machine like {DefaultAddress}" : null;
        return endpoint is null ? null : new(endpoint, keys);
    }

    private static IPEndPoint? Parse(string address)
    {
        var isFitting = Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri is { Scheme: "tcp", PathAndQuery: "" or "/", Port: >= 0 and <= HighestPort, UserInfo: "" };
        if (!isFitting) return null;
        if (uri!.DnsSafeHost == "localhost") return new(IPAddress.Loopback, uri.Port);
        return IPAddress.TryParse(uri.DnsSafeHost, out var ip) ? new(ip, uri.Port) : null;
    }
}
