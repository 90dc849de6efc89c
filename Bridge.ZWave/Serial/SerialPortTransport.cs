#pragma warning disable RS0030 // The one file that names System.IO.Ports (decision 0003).
using System.IO.Ports;

namespace Bridge.ZWave.Serial;

/// <summary>A module on a serial port: a USB stick or a board's UART.</summary>
/// <remarks>
/// 115200 baud, 8 data bits, no parity, 1 stop bit, no flow control. Source: Serial API reference, UART.
/// Links (<c>/dev/serial/by-id/…</c>) are followed at every opening: a stick that was plugged in again may be another device by then.
/// </remarks>
public sealed class SerialPortTransport(string path, SerialPortList? ports = null) : ITransport
{
    private const int BitsPerSecond = 115_200;
    private const int DataBits = 8;
    private readonly SerialPortFault _faults = new(path, ports ?? new SerialPortList());

    public string Name => path;

    /// <summary>The names the operating system has for its serial ports.</summary>
    public static IReadOnlyList<string> PortNames() => SerialPort.GetPortNames();

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(CancellationToken cancellationToken) => Task.Run(Open, cancellationToken);

    private Stream Open()
    {
        var device = path;
        try
        {
            if (OperatingSystem.IsLinux())
            {
                device = DeviceLinks.Resolve(path);
                if (!File.Exists(device)) throw _faults.NotThere(device);
            }

            return Open(device, raiseLines: true);
        }
        catch (Exception cause) when (ErrorNumber.Of(cause) is ErrorNumber.NotATerminal or ErrorNumber.InvalidArgument)
        {
            // Pseudo terminals and some bridged ports have no DTR and RTS to raise.
            return OpenWithoutLines(device);
        }
        catch (Exception cause) when (IsRefusal(cause))
        {
            throw _faults.From(device, cause);
        }
    }

    private Stream OpenWithoutLines(string device)
    {
        try
        {
            return Open(device, raiseLines: false);
        }
        catch (Exception cause) when (IsRefusal(cause))
        {
            throw _faults.From(device, cause);
        }
    }

    /// <summary>
    /// The kernel raises DTR and RTS when it opens a port. Both stay up: the library's own default would take them down one after the
    /// other, which restarts sticks that have these lines wired to reset and boot loader.
    /// </summary>
    private static Stream Open(string device, bool raiseLines)
    {
        var port = new SerialPort(device, BitsPerSecond, Parity.None, DataBits, StopBits.One)
        {
            DtrEnable = raiseLines,
            RtsEnable = raiseLines,
        };
        try
        {
            port.Open();
            // Disposing the stream closes the port.
            return port.BaseStream;
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    private static bool IsRefusal(Exception cause) =>
        cause is UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException
        || (cause is IOException and not SerialPortException);
}
