namespace Bridge.ZWave.Security;

/// <summary>How the opening of a Security 2 frame ended.</summary>
public enum Security2Result
{
    /// <summary>Opened; the command may be empty when only the nonce sequence was agreed on.</summary>
    Opened,

    /// <summary>The same sequence number as the last accepted frame of the sender: to be dropped without an answer.</summary>
    Duplicate,

    /// <summary>No nonce or key opens it; <see cref="Security2State.OnNotDecrypted"/> tells the answer.</summary>
    NotDecrypted,

    /// <summary>Not readable, or it breaks a rule of the extensions: dropped without an answer. The nonce sequence went on where it has to.</summary>
    Refused,

    /// <summary>A multicast frame we cannot follow: dropped; the next frame to its sender tells so (MOS).</summary>
    MulticastNotDecrypted,
}
