namespace Bridge.ZWave.Security;

/// <summary>The names of security classes as other Z-Wave software writes them, in key files and in what users send.</summary>
public static class SecurityClassWords
{
    public const string None = "none";

    private static readonly Dictionary<string, SecurityClass> s_byWord = new(StringComparer.OrdinalIgnoreCase)
    {
        [None] = SecurityClass.None,
        ["S0_Legacy"] = SecurityClass.S0,
        ["S2_Unauthenticated"] = SecurityClass.S2Unauthenticated,
        ["S2_Authenticated"] = SecurityClass.S2Authenticated,
        ["S2_AccessControl"] = SecurityClass.S2AccessControl,
    };

    /// <summary>The words of the classes that can be granted.</summary>
    public static IEnumerable<string> Grantable => s_byWord.Where(static pair => pair.Value != SecurityClass.None).Select(static pair => pair.Key);

    public static string Of(SecurityClass securityClass) => securityClass switch
    {
        SecurityClass.S0 => "S0_Legacy",
        SecurityClass.S2Unauthenticated => "S2_Unauthenticated",
        SecurityClass.S2Authenticated => "S2_Authenticated",
        SecurityClass.S2AccessControl => "S2_AccessControl",
        _ => None,
    };

    /// <summary>Reads a word, in any case.</summary>
    public static bool TryParse(string? word, out SecurityClass securityClass)
    {
        securityClass = SecurityClass.None;
        return word is not null && s_byWord.TryGetValue(word, out securityClass);
    }
}
