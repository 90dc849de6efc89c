namespace Bridge.Tests.Support;

/// <summary><c>dev</c> and <c>sys</c> of a Linux machine in a temporary folder, linked the way the kernel and udev do it.</summary>
internal sealed class FakeDeviceTree : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Root => _folder.Path;

    /// <summary>The full path of a device or link.</summary>
    public string At(string path) => _folder[path];

    public void Dispose() => _folder.Dispose();

    /// <summary>A device without anything in <c>sys</c>.</summary>
    public FakeDeviceTree Device(string name)
    {
        Write($"dev/{name}", "");
        return this;
    }

    public FakeDeviceTree ById(string link, string device) => Link($"dev/serial/by-id/{link}", $"../../{device}");

    public FakeDeviceTree ByPath(string link, string device) => Link($"dev/serial/by-path/{link}", $"../../{device}");

    /// <summary>A stick that is a modem to USB (ttyACM): the terminal belongs to the interface.</summary>
    public FakeDeviceTree ModemStick(string name, string socket, string vendor, string product, string? manufacturerText, string? productText)
    {
        Usb(socket, vendor, product, manufacturerText, productText);
        Interface(socket, 0);
        Terminal(name, $"{UsbFolder(socket)}/{socket}:1.0", $"../../../{socket}:1.0");
        return Device(name);
    }

    /// <summary>A serial converter (ttyUSB): between interface and terminal is the converter's port.</summary>
    public FakeDeviceTree Converter(
        string name, string socket, int number, string vendor, string product, string? manufacturerText, string? productText)
    {
        Usb(socket, vendor, product, manufacturerText, productText);
        Interface(socket, number);
        var port = $"{UsbFolder(socket)}/{socket}:1.{number}/{name}";
        Terminal(name, port, $"../../../{name}");
        return Device(name);
    }

    /// <summary>A UART of the board: a device without USB above it.</summary>
    public FakeDeviceTree BoardPort(string name)
    {
        const string platform = "sys/devices/platform/soc/fe201000.serial";
        Terminal(name, platform, "../../../fe201000.serial");
        return Device(name);
    }

    private static string UsbFolder(string socket) => $"sys/devices/pci0000:00/0000:00:14.0/usb1/{socket}";

    private void Usb(string socket, string vendor, string product, string? manufacturerText, string? productText)
    {
        Write($"{UsbFolder(socket)}/idVendor", vendor + "\n");
        Write($"{UsbFolder(socket)}/idProduct", product + "\n");
        if (manufacturerText is not null) Write($"{UsbFolder(socket)}/manufacturer", manufacturerText + "\n");
        if (productText is not null) Write($"{UsbFolder(socket)}/product", productText + "\n");
    }

    private void Interface(string socket, int number) =>
        Write($"{UsbFolder(socket)}/{socket}:1.{number}/bInterfaceNumber", $"{number:x2}\n");

    /// <summary>The terminal's folder below its device, its <c>device</c> link back up, and the link in <c>sys/class/tty</c>.</summary>
    private void Terminal(string name, string device, string back)
    {
        Link($"{device}/tty/{name}/device", back);
        Link($"sys/class/tty/{name}", $"../../../{device}/tty/{name}");
    }

    private FakeDeviceTree Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.CreateSymbolicLink(At(path), target);
        return this;
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }
}
