namespace Bridge.ZWave.Serial;

/// <summary>What a USB device says of itself.</summary>
/// <param name="Interface">Number of the interface that is the port: a stick with two radios has two.</param>
public sealed record UsbIdentity(ushort Vendor, ushort Product, byte? Interface, string? ManufacturerText, string? ProductText)
{
    /// <summary>"0658:0200".</summary>
    public string Ids => $"{Vendor:X4}:{Product:X4}";
}

/// <summary>One serial port of this machine.</summary>
/// <param name="Device">The device itself: <c>/dev/ttyACM0</c>, <c>COM3</c>. May be another one after a restart.</param>
/// <param name="ById">Its name by maker and serial number, which stays. Two sticks of one kind may share it; then only one has it.</param>
/// <param name="ByPath">Its name by the socket it is plugged into, which stays as long as nobody moves it.</param>
/// <param name="StickName">What kind of Z-Wave stick it looks like; null when it does not.</param>
public sealed record SerialPortEntry(
    string Device,
    string? ById = null,
    string? ByPath = null,
    UsbIdentity? Usb = null,
    string? StickName = null)
{
    /// <summary>The name to put into the settings: the one that lasts longest.</summary>
    public string Path => ById ?? ByPath ?? Device;
}
