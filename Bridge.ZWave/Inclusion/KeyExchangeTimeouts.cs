namespace Bridge.ZWave.Inclusion;

/// <summary>How long the including side waits in an exchange of keys; over, the exchange has failed. Source: Security 2 specification, inclusion.</summary>
public sealed record KeyExchangeTimeouts
{
    /// <summary>TA1 to TA5, and every step of Security 0: for the node's next command.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// TAI2, counted from the PIN on, for which there is a limit of its own (<see cref="KeyExchangeDialog.Limit"/>): until the node's first encrypted command.
    /// </summary>
    public TimeSpan Echo { get; init; } = TimeSpan.FromSeconds(240);
}
