using Bridge.ZWave.Inclusion;

namespace Bridge.Properties;

/// <summary>The words MQTT has for what inclusion says. Users script against them.</summary>
public static class InclusionWords
{
    private static readonly Dictionary<string, InclusionStrategy> s_strategies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["default"] = InclusionStrategy.Default,
        ["s2"] = InclusionStrategy.S2Only,
        ["s0"] = InclusionStrategy.S0,
        ["insecure"] = InclusionStrategy.Insecure,
    };

    /// <summary>"default, s2, s0, insecure".</summary>
    public static string Allowed { get; } = string.Join(", ", s_strategies.Keys);

    /// <summary>Reads a strategy, in any case.</summary>
    public static bool TryParse(string word, out InclusionStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(word);
        return s_strategies.TryGetValue(word.Trim(), out strategy);
    }

    public static string Of(InclusionStrategy strategy) => s_strategies.First(pair => pair.Value == strategy).Key;

    /// <summary>none, including, excluding, removing, replacing.</summary>
    public static string Of(InclusionActivity activity) => activity switch
    {
        InclusionActivity.Including => "including",
        InclusionActivity.Excluding => "excluding",
        InclusionActivity.Removing => "removing",
        InclusionActivity.Replacing => "replacing",
        _ => "none",
    };

    /// <summary>pending, included, failed.</summary>
    public static string Of(ProvisioningState state) => state switch
    {
        ProvisioningState.Included => "included",
        ProvisioningState.Failed => "failed",
        _ => "pending",
    };

    /// <summary>Why an exchange of keys failed, in snake_case: not_decrypted, time_out …</summary>
    public static string? Of(KeyExchangeFailure? failure) => failure switch
    {
        null => null,
        KeyExchangeFailure.NoCommonKey => "no_common_key",
        KeyExchangeFailure.NoCommonScheme => "no_common_scheme",
        KeyExchangeFailure.NoCommonCurve => "no_common_curve",
        KeyExchangeFailure.NotDecrypted => "not_decrypted",
        KeyExchangeFailure.Cancelled => "cancelled",
        KeyExchangeFailure.WrongSecurity => "wrong_security",
        KeyExchangeFailure.KeyNotGranted => "key_not_granted",
        KeyExchangeFailure.NotVerified => "not_verified",
        KeyExchangeFailure.WrongKeyReported => "wrong_key_reported",
        KeyExchangeFailure.TimeOut => "time_out",
        _ => "not_delivered",
    };
}
