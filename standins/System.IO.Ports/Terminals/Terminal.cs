using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace StandIns.Terminals;

/// <summary>An output line of a serial port besides the data; the value is the kernel's bit.</summary>
internal enum ModemLine
{
    DataTerminalReady = 0x2,
    RequestToSend = 0x4,
}

/// <summary>An opened, locked and set up terminal device of Linux.</summary>
internal sealed unsafe class Terminal
{
    private readonly SafeFileHandle _handle;

    private Terminal(SafeFileHandle handle)
    {
        _handle = handle;
        Stream = new TerminalStream(handle);
    }

    public TerminalStream Stream { get; }

    public bool IsOpen => !_handle.IsClosed;

    /// <summary>
    /// Opens the device for this process alone: by the kernel's exclusive mode, which the superuser passes, and by the file lock other
    /// serial software takes.
    /// </summary>
    public static Terminal Open(string path, int bitsPerSecond, bool raiseDtr, bool raiseRts)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("serial ports open on Linux only here; build with -p:UseStandIns=false for other systems");
        }

        var handle = OpenLocked(path);
        try
        {
            Termios.Apply(handle, bitsPerSecond);
            // Both lines in one call: some sticks take one line up and the other down as the signal to restart.
            SetLines(handle, Bits(raiseDtr, raiseRts), raise: true);
            SetLines(handle, Bits(!raiseDtr, !raiseRts), raise: false);
            return new Terminal(handle);
        }
        catch
        {
            Close(handle);
            throw;
        }
    }

    /// <summary>Devices that are ports by their name; consoles and pseudo terminals are not.</summary>
    public static string[] Names()
    {
        if (!Directory.Exists("/dev")) return [];
        string[] patterns = ["ttyACM*", "ttyUSB*", "ttyAMA*"];
        return [.. patterns.SelectMany(pattern => Directory.EnumerateFiles("/dev", pattern)).Order(StringComparer.Ordinal)];
    }

    /// <exception cref="IOException">The device has no such line (a pseudo terminal) and it was to be raised.</exception>
    public void SetLine(ModemLine line, bool raise) => SetLines(_handle, (int)line, raise);

    /// <summary>
    /// Gives up exclusive mode, which would outlive the handle on some drivers, and the lock, which would live on in a child process that
    /// is just being started; then closes.
    /// </summary>
    internal static void Close(SafeFileHandle handle)
    {
        _ = LibC.Lock(handle, LibC.LockRelease);
        _ = LibC.Control(handle, LibC.TerminalNotExclusive, null);
        handle.Dispose();
    }

    private static SafeFileHandle OpenLocked(string path)
    {
        int descriptor;
        do
        {
            descriptor = LibC.Open(path, LibC.ReadWrite | LibC.NotControllingTerminal | LibC.NonBlocking | LibC.CloseOnExec);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == LibC.InterruptedCall);
        if (descriptor < 0) throw Denied(path, LibC.LastError());

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (LibC.Lock(handle, LibC.LockExclusive | LibC.LockNonBlocking) < 0)
        {
            var number = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw Denied(path, LibC.Error(number == LibC.TryAgain ? LibC.DeviceBusy : number));
        }

        if (LibC.Control(handle, LibC.TerminalExclusive, null) < 0)
        {
            var error = LibC.LastError();
            handle.Dispose();
            throw Denied(path, error);
        }

        return handle;
    }

    private static UnauthorizedAccessException Denied(string path, IOException cause) =>
        new($"Access to the port '{path}' is denied: {cause.Message}", cause);

    private static int Bits(bool dtr, bool rts) => (dtr ? (int)ModemLine.DataTerminalReady : 0) | (rts ? (int)ModemLine.RequestToSend : 0);

    private static void SetLines(SafeFileHandle handle, int bits, bool raise)
    {
        if (bits == 0) return;
        var result = LibC.Control(handle, raise ? LibC.ModemLinesRaise : LibC.ModemLinesDrop, &bits);
        // A device without such lines has them down.
        if (result < 0 && raise) throw LibC.LastError();
    }
}
