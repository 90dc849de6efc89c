namespace Bridge.ZWave.Inclusion;

/// <summary>How long the including side waits in an exchange of keys; over, the exchange has failed. Source: Security 2 specification, inclusion.</summary>
public sealed record KeyExchangeTimeouts
{
    /// <summary>TA1 to TA5, and every step of Security 0: for the node's next command.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>TAI1: for the user to say what is granted.</summary>
    public TimeSpan Grant { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>TAI2, from our public key on: for the user to enter the PIN and for the first command of the node that we can read.</summary>
    public TimeSpan Echo { get; init; } = TimeSpan.FromSeconds(240);
}
