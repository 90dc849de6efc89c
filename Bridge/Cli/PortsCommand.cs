using Bridge.ZWave.Devices;
using Bridge.ZWave.Serial;

namespace Bridge.Cli;

/// <summary><c>zwbridge ports</c>: the serial ports of this machine, and which look like a Z-Wave stick.</summary>
public static class PortsCommand
{
    public static readonly Verb Definition = new(
        "ports",
        "lists the serial ports and which look like a Z-Wave stick",
        static (arguments, terminal, _) => RunAsync(arguments, terminal))
    {
        Help = """

            zwbridge ports

            The first line of an entry is what goes into the setting ZWave:Port. It takes no options.

            """,
    };

    /// <param name="arguments">What follows the verb; it takes nothing.</param>
    /// <param name="terminal">Gets the list, and what is wrong with the file of sticks.</param>
    /// <param name="root">Where <c>dev</c> and <c>sys</c> are.</param>
    /// <param name="stickFile">What sticks look like; the file beside the program when null.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, string root = "/", string? stickFile = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(terminal);
        if (arguments.Count > 0)
        {
            return await CommandLine.RefuseAsync(terminal, $"ports: unexpected argument '{arguments[0]}', it takes none");
        }

        return Write(terminal.Output, terminal.Error, root, stickFile) ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Finds the ports and writes them.</summary>
    /// <returns>False when the file of sticks has faults; they are told in <paramref name="error"/>.</returns>
    public static bool Write(TextWriter output, TextWriter error, string root = "/", string? stickFile = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        stickFile ??= UsbStickFileReader.DefaultPath;
        var sticks = UsbStickFileReader.Read(stickFile, out var faults);
        Write(new SerialPortList(root, sticks).Find(), output);
        foreach (var fault in faults) error.WriteLine($"{stickFile}: {fault}");
        return faults.Count == 0;
    }

    /// <summary>The list as people read it; the first line of an entry is what goes into the setting <c>ZWave:Port</c>.</summary>
    public static void Write(IReadOnlyList<SerialPortEntry> ports, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(output);
        if (ports.Count == 0)
        {
            output.WriteLine("No serial port found. A stick must be plugged in and, in a container, passed to it (docker: --device).");
            return;
        }

        foreach (var port in ports)
        {
            output.WriteLine(port.Path);
            output.WriteLine($"    {Details(port)}");
            if (port.StickName is { } name) output.WriteLine($"    looks like a Z-Wave stick: {name}");
        }
    }

    private static string Details(SerialPortEntry port)
    {
        var parts = new List<string>();
        if (port.Path != port.Device) parts.Add($"device {port.Device}");
        if (port.Usb is { } usb)
        {
            parts.Add($"USB {usb.Ids}");
            if (usb.ManufacturerText is { } manufacturer) parts.Add(manufacturer);
            if (usb.ProductText is { } product) parts.Add(product);
        }
        else
        {
            parts.Add("no USB device, or its identity is not visible here");
        }

        return string.Join(", ", parts);
    }
}
