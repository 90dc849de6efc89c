using System.Globalization;

namespace Bridge.ZWave.Serial;

/// <summary>The serial ports of this machine that may be a Z-Wave module.</summary>
/// <remarks>
/// On Linux: what udev names in <c>/dev/serial</c>, USB ports and the boards' own UARTs; the identity of USB devices from <c>/sys</c>.
/// Either tree may be missing (containers). Elsewhere: what the operating system lists.
/// </remarks>
/// <param name="root">Where <c>dev</c> and <c>sys</c> are; another folder in tests.</param>
/// <param name="sticks">What known sticks look like.</param>
public sealed class SerialPortList(string root = "/", UsbStickTable? sticks = null)
{
    /// <summary>A tty's device folder is this far below the USB device at most: interface, port of a serial converter.</summary>
    private const int MostLevels = 4;

    private static readonly string[] DevicePatterns = ["ttyACM*", "ttyUSB*", "ttyAMA*"];

    private readonly UsbStickTable _sticks = sticks ?? UsbStickTable.Empty;

    /// <summary>One entry a device, likely sticks first.</summary>
    public IReadOnlyList<SerialPortEntry> Find()
    {
        if (!OperatingSystem.IsLinux()) return [.. SerialPortTransport.PortNames().Select(name => new SerialPortEntry(name))];

        var byId = LinksIn("dev/serial/by-id");
        var byPath = LinksIn("dev/serial/by-path");
        return [.. DevicePatterns.SelectMany(pattern => Entries(Path.Combine(root, "dev"), pattern))
            .Concat(byId.Keys).Concat(byPath.Keys)
            .Distinct()
            .Select(device => Describe(device, byId.GetValueOrDefault(device), byPath.GetValueOrDefault(device)))
            .OrderByDescending(port => port.StickName is not null)
            .ThenBy(port => port.Device, StringComparer.Ordinal)];
    }

    private SerialPortEntry Describe(string device, string? byId, string? byPath)
    {
        var usb = UsbIdentityOf(Path.GetFileName(device));
        return new(device, byId, byPath, usb, _sticks.NameOf(usb, Path.GetFileName(byId)));
    }

    /// <summary>Device → the first link to it.</summary>
    private Dictionary<string, string> LinksIn(string folder)
    {
        var links = new Dictionary<string, string>();
        foreach (var link in Entries(Path.Combine(root, folder), "*"))
        {
            var device = DeviceLinks.Resolve(link);
            if (device != link && File.Exists(device)) links.TryAdd(device, link);
        }

        return links;
    }

    /// <summary>Goes up from the tty's device folder to the one that has the USB ids.</summary>
    private UsbIdentity? UsbIdentityOf(string name)
    {
        var terminal = DeviceLinks.Resolve(Path.Combine(root, "sys/class/tty", name));
        var folder = DeviceLinks.Resolve(Path.Combine(terminal, "device"));
        byte? interfaceNumber = null;
        for (var level = 0; level < MostLevels && !string.IsNullOrEmpty(folder); level++, folder = Path.GetDirectoryName(folder))
        {
            if (Number(folder, "bInterfaceNumber") is { } found) interfaceNumber = (byte)found;
            if (Number(folder, "idVendor") is not { } vendor || Number(folder, "idProduct") is not { } product) continue;
            return new(vendor, product, interfaceNumber, Text(folder, "manufacturer"), Text(folder, "product"));
        }

        return null;
    }

    private static IEnumerable<string> Entries(string folder, string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static ushort? Number(string folder, string file) =>
        ushort.TryParse(Text(folder, file), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A one-line file; what a device claims of itself may hold anything, so control characters become spaces.</summary>
    private static string? Text(string folder, string file)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, file));
            text = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
            return text.Length == 0 ? null : text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
