using System.Security.Cryptography;
using System.Text;

namespace Bridge.Mqtt;

/// <summary>The one user of the built-in broker. Comparing takes as long for a wrong name or password as for the right ones.</summary>
internal sealed class BrokerCredentials(string? username, string? password)
{
    private readonly byte[] _username = Digest(Encoding.UTF8.GetBytes(username ?? ""));
    private readonly byte[] _password = Digest(Encoding.UTF8.GetBytes(password ?? ""));

    /// <summary>False: everybody may connect.</summary>
    public bool AreWanted { get; } = username is not null || password is not null;

    /// <summary>Any thread.</summary>
    public bool Accept(string? name, ReadOnlySpan<byte> secret)
    {
        if (!AreWanted) return true;
        var isName = CryptographicOperations.FixedTimeEquals(Digest(Encoding.UTF8.GetBytes(name ?? "")), _username);
        var isSecret = CryptographicOperations.FixedTimeEquals(Digest(secret), _password);
        return isName & isSecret;
    }

    // Of one length, whatever was sent.
    private static byte[] Digest(ReadOnlySpan<byte> text) => SHA256.HashData(text);
}
