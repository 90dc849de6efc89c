namespace Bridge.ZWave.Security;

/// <summary>How a command was, or shall be, encrypted; weakest first.</summary>
public enum SecurityClass : byte
{
    /// <summary>In the clear.</summary>
    None = 0,
    S0,
    S2Unauthenticated,
    S2Authenticated,
    S2AccessControl,

    /// <summary>Security 2 with the key that two nodes agreed on for the time of a key exchange. Never a class that is granted.</summary>
    S2Temporary = 0x10,
}
