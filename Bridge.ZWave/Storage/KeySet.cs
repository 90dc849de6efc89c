using Bridge.ZWave.Security;

namespace Bridge.ZWave.Storage;

/// <summary>Keys by the names other Z-Wave software writes them under; some may be missing.</summary>
public sealed class KeySet
{
    public const string S0 = "S0_Legacy";
    public const string S2Unauthenticated = "S2_Unauthenticated";
    public const string S2Authenticated = "S2_Authenticated";
    public const string S2AccessControl = "S2_AccessControl";
    public const string S2AuthenticatedLongRange = "S2_Authenticated_LR";
    public const string S2AccessControlLongRange = "S2_AccessControl_LR";

    /// <summary>Every name, in the order they are written.</summary>
    public static IReadOnlyList<string> AllNames { get; } =
        [S0, S2Unauthenticated, S2Authenticated, S2AccessControl, S2AuthenticatedLongRange, S2AccessControlLongRange];

    private readonly Dictionary<string, SecretKey> _keys = new(StringComparer.Ordinal);

    /// <summary>The names that are there, in the order they are written.</summary>
    public IEnumerable<string> Names => AllNames.Where(_keys.ContainsKey);

    /// <summary>The key of a name; null: missing.</summary>
    public SecretKey? Find(string name) => _keys.GetValueOrDefault(name);

    public void Set(string name, SecretKey key) => _keys[name] = key;

    /// <summary>Generates the missing keys and returns their names.</summary>
    public IReadOnlyList<string> Complete()
    {
        string[] missing = [.. AllNames.Where(name => !_keys.ContainsKey(name))];
        foreach (var name in missing) _keys[name] = SecretKey.Generate();
        return missing;
    }

    /// <summary>True when every key of the other set is here, too, and the same.</summary>
    public bool Holds(KeySet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other._keys.All(pair => pair.Value.Equals(Find(pair.Key)));
    }

    /// <exception cref="InvalidOperationException">A key is missing: a mistake of the caller.</exception>
    public NetworkKeys ToNetworkKeys() => new()
    {
        S0 = Get(S0),
        S2Unauthenticated = Get(S2Unauthenticated),
        S2Authenticated = Get(S2Authenticated),
        S2AccessControl = Get(S2AccessControl),
        S2AuthenticatedLongRange = Get(S2AuthenticatedLongRange),
        S2AccessControlLongRange = Get(S2AccessControlLongRange),
    };

    private SecretKey Get(string name) => Find(name) ?? throw new InvalidOperationException($"there is no key {name}");
}
