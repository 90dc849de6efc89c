using Bridge.ZWave.Security;
using Bridge.ZWave.Storage;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>Keys nobody has, and texts with them.</summary>
internal static class KeyTexts
{
    public static readonly IReadOnlyList<string> Names =
        ["S0_Legacy", "S2_Unauthenticated", "S2_Authenticated", "S2_AccessControl", "S2_Authenticated_LR", "S2_AccessControl_LR"];

    /// <summary>32 hex digits that begin with a number: key 1 is 1f1e2d…</summary>
    public static string Hex(int number) => FormattableString.Invariant($"{number:x1}f1e2d3c4b5a69788796a5b4c3d2e1f{number:x1}");

    public static SecretKey Key(int number) => new(WireAssert.Bytes(Hex(number)));

    /// <summary>A whole key file: the names in order with keys from a number on.</summary>
    public static string All(int first = 1) =>
        "{\n" + string.Join(",\n", Names.Select((name, index) => $"  \"{name}\": \"{Hex(first + index)}\"")) + "\n}\n";

    /// <summary>The settings file of other Z-Wave software with all keys.</summary>
    public static string Settings(int first = 1) => $$"""
        {
          "mqtt": { "name": "Mosquitto", "port": 1883, "auth": true, "username": "someone" },
          "gateway": { "type": 0, "payloadType": 0 },
          "zwave": {
            "enabled": true,
            "port": "/dev/ttyACM0",
            "commandsTimeout": 30,
            "securityKeysLongRange": { "S2_AccessControl": "{{Hex(first + 5)}}", "S2_Authenticated": "{{Hex(first + 4)}}" },
            "securityKeys": {
              "S2_AccessControl": "{{Hex(first + 3)}}",
              "S0_Legacy": "{{Hex(first).ToUpperInvariant()}}",
              "S2_Unauthenticated": "{{Hex(first + 1)}}",
              "S2_Authenticated": "{{Hex(first + 2)}}"
            },
            "rf": { "region": 0, "txPower": { "powerlevel": null } }
          },
          "ui": { "darkMode": true }
        }
        """;

    /// <summary>No key of these texts, nor a piece of one, is in what was said.</summary>
    public static void AssertHidden(IEnumerable<string> said, params SecretKey?[] more)
    {
        var bytes = new byte[SecretKey.Length];
        List<string> hidden = [.. Enumerable.Range(1, 15).Select(static number => Hex(number))];
        foreach (var key in more)
        {
            Assert.NotNull(key);
            key.Reveal(bytes);
            hidden.Add(Convert.ToHexString(bytes));
        }

        foreach (var text in said)
        {
            // also spaced hex, and bytes as numbers
            var packed = text.Replace(" ", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);
            foreach (var hex in hidden)
            {
                Assert.DoesNotContain(hex[..8], packed, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(hex[^8..], packed, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(string.Join(',', Convert.FromHexString(hex)[..6]), packed, StringComparison.Ordinal);
            }
        }
    }

    public static string TextOf(SecretKey? key)
    {
        Assert.NotNull(key);
        var bytes = new byte[SecretKey.Length];
        key.Reveal(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public static string TextOf(KeySet keys) => string.Join(' ', keys.Names.Select(name => $"{name}={TextOf(keys.Find(name))}"));
}
