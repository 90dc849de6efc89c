namespace Bridge.ZWave.Serial;

/// <summary>How the module shall send a frame. Source: Serial API reference, transmit options.</summary>
[Flags]
public enum TransmitOptions : byte
{
    None = 0x00,

    /// <summary>Ask the destination for an acknowledgement; meaningless for broadcast and multicast, but accepted.</summary>
    Acknowledge = 0x01,

    /// <summary>One third of the power.</summary>
    LowPower = 0x02,

    /// <summary>Use the routes the controller knows.</summary>
    AutoRoute = 0x04,

    /// <summary>Direct only.</summary>
    NoRoute = 0x10,

    /// <summary>An explorer frame as the last resort.</summary>
    Explore = 0x20,

    /// <summary>What ordinary commands are sent with.</summary>
    Default = Acknowledge | AutoRoute | Explore,
}
