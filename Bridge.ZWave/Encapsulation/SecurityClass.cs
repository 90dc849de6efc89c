namespace Bridge.ZWave.Encapsulation;

/// <summary>How a command was, or shall be, encrypted; weakest first.</summary>
public enum SecurityClass : byte
{
    /// <summary>In the clear.</summary>
    None = 0,
    S0,
    S2Unauthenticated,
    S2Authenticated,
    S2AccessControl,
}
