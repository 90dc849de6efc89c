namespace Bridge.ZWave.Serial;

/// <summary>How a frame came in; meant for us alone without Broadcast and Multicast. Source: Serial API reference, RX status flags.</summary>
[Flags]
public enum ReceiveStatus : byte
{
    None = 0x00,

    /// <summary>The response route is locked.</summary>
    RoutedBusy = 0x01,

    /// <summary>Received at low power.</summary>
    LowPower = 0x02,

    Broadcast = 0x04,

    Multicast = 0x08,

    /// <summary>An explorer frame; some firmware sets it on ordinary routed frames, so it decides nothing.</summary>
    Explorer = 0x10,

    /// <summary>Meant for another node (promiscuous mode only).</summary>
    ForeignFrame = 0x40,

    /// <summary>From another network (SmartStart listening only): drop the frame.</summary>
    ForeignHomeId = 0x80,
}
