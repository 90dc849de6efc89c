namespace Bridge.ZWave.Serial;

/// <summary>How one kind of stick is recognized; every condition that is given must hold.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Ids">USB vendor and product id.</param>
/// <param name="Interface">The interface of the Z-Wave radio on a stick with several.</param>
/// <param name="TextContains">One of these is in what the device says of itself, in any case.</param>
public sealed record UsbStick(string Name, (ushort Vendor, ushort Product)? Ids, byte? Interface, IReadOnlyList<string> TextContains);

/// <summary>What known Z-Wave sticks look like on USB. A guess to help people choose; nothing depends on it.</summary>
public sealed class UsbStickTable(IReadOnlyList<UsbStick> sticks)
{
    public static readonly UsbStickTable Empty = new([]);

    /// <summary>Name of the first kind that fits; null when none does.</summary>
    /// <param name="byIdName">The name in <c>/dev/serial/by-id</c>: it holds the device's texts also where <c>/sys</c> is missing.</param>
    public string? NameOf(UsbIdentity? usb, string? byIdName)
    {
        var text = $"{usb?.ManufacturerText} {usb?.ProductText} {byIdName}";
        return sticks.FirstOrDefault(stick => Fits(stick, usb, text))?.Name;
    }

    private static bool Fits(UsbStick stick, UsbIdentity? usb, string text) =>
        (stick.Ids is not { } ids || (usb is not null && ids == (usb.Vendor, usb.Product)))
        && (stick.Interface is not { } number || usb?.Interface == number)
        && (stick.TextContains.Count == 0 || stick.TextContains.Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase)));
}
