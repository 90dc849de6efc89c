namespace Bridge.ZWave.Serial;

/// <summary>How a transmission ended. Source: Serial API reference, transmit status.</summary>
public enum TransmitStatus : byte
{
    /// <summary>Acknowledged by the node (or sent, where no acknowledgement is possible).</summary>
    Ok = 0x00,

    /// <summary>The node did not answer: try again, then it counts as dead or asleep.</summary>
    NoAcknowledgement = 0x01,

    /// <summary>Not sent, the channel is busy or jammed: wait and try again. Says nothing about the node.</summary>
    Fail = 0x02,

    /// <summary>Routing is busy: wait and try again. Says nothing about the node.</summary>
    NotIdle = 0x03,

    /// <summary>No route found (return-route functions).</summary>
    NoRoute = 0x04,

    /// <summary>Delivered and decrypted; only firmware that does S2 itself.</summary>
    Verified = 0x05,
}
