namespace Bridge.ZWave.Inclusion;

/// <summary>How long the including side waits in an exchange of keys; over, the exchange has failed. Source: Security 2 specification, inclusion.</summary>
public sealed record KeyExchangeTimeouts
{
    /// <summary>TA1 to TA5, and every step of Security 0: for the node's next command.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>TAI2: from our public key on until the node's first encrypted command; the user enters the PIN within it.</summary>
    public TimeSpan Echo { get; init; } = TimeSpan.FromSeconds(240);
}
