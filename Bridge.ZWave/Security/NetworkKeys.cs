namespace Bridge.ZWave.Security;

/// <summary>The keys of a network; who has them can read and command every node that was given them.</summary>
public sealed record NetworkKeys
{
    public required SecretKey S0 { get; init; }

    public required SecretKey S2Unauthenticated { get; init; }

    public required SecretKey S2Authenticated { get; init; }

    public required SecretKey S2AccessControl { get; init; }

    /// <summary>Long Range nodes have keys of their own, and neither S0 nor Unauthenticated.</summary>
    public required SecretKey S2AuthenticatedLongRange { get; init; }

    public required SecretKey S2AccessControlLongRange { get; init; }

    /// <summary>Six new keys.</summary>
    public static NetworkKeys Generate() => new()
    {
        S0 = SecretKey.Generate(),
        S2Unauthenticated = SecretKey.Generate(),
        S2Authenticated = SecretKey.Generate(),
        S2AccessControl = SecretKey.Generate(),
        S2AuthenticatedLongRange = SecretKey.Generate(),
        S2AccessControlLongRange = SecretKey.Generate(),
    };

    /// <summary>The key of a class; null where there is none.</summary>
    public SecretKey? Find(SecurityClass securityClass, bool isLongRange) => (securityClass, isLongRange) switch
    {
        (SecurityClass.S0, false) => S0,
        (SecurityClass.S2Unauthenticated, false) => S2Unauthenticated,
        (SecurityClass.S2Authenticated, false) => S2Authenticated,
        (SecurityClass.S2AccessControl, false) => S2AccessControl,
        (SecurityClass.S2Authenticated, true) => S2AuthenticatedLongRange,
        (SecurityClass.S2AccessControl, true) => S2AccessControlLongRange,
        _ => null,
    };
}
