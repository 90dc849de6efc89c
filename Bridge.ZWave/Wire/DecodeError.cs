namespace Bridge.ZWave.Wire;

/// <summary>Why bytes from outside could not be turned into a message. Never an exception (docs/decisions/0002).</summary>
public enum DecodeError
{
    /// <summary>Decoded.</summary>
    None = 0,

    /// <summary>The bytes may be the start of something longer; more have to arrive first.</summary>
    NeedMoreData,

    /// <summary>A field that exists since version 1 of the message is missing, or a length points beyond the end.</summary>
    Truncated,

    /// <summary>Checksum, CRC-16 or frame check sequence differs from the content.</summary>
    Checksum,

    /// <summary>A field holds a value the specification reserves or forbids.</summary>
    ReservedValue,

    /// <summary>Command class, command or function id has no codec here.</summary>
    UnknownCommand,

    /// <summary>The frame is encrypted and could not be opened.</summary>
    NotDecrypted,
}
