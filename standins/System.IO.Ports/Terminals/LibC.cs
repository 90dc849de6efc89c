using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace StandIns.Terminals;

/// <summary>The calls of the C library a terminal needs. Numbers are those of Linux on x64, arm64 and arm.</summary>
internal static unsafe partial class LibC
{
    public const int ReadWrite = 0x2;
    public const int NotControllingTerminal = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;
    public const int LockRelease = 8;

    public const uint TerminalExclusive = 0x540C;
    public const uint TerminalNotExclusive = 0x540D;
    public const uint ModemLinesRaise = 0x5416;
    public const uint ModemLinesDrop = 0x5417;

    public const int FlushOutput = 1;

    public const int InterruptedCall = 4;
    public const int TryAgain = 11;
    public const int DeviceBusy = 16;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, nuint request, void* argument);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, byte* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, byte* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetAttributes(SafeFileHandle file, Termios* attributes);

    [LibraryImport(Library, EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetAttributes(SafeFileHandle file, int when, Termios* attributes);

    [LibraryImport(Library, EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(Termios* attributes);

    [LibraryImport(Library, EntryPoint = "cfsetspeed", SetLastError = true)]
    public static partial int SetSpeed(Termios* attributes, uint speed);

    [LibraryImport(Library, EntryPoint = "tcflush", SetLastError = true)]
    public static partial int Flush(SafeFileHandle file, int queue);

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int CreateReadiness(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int ControlReadiness(SafeFileHandle readiness, int operation, SafeFileHandle file, byte* readinessEvent);

    [LibraryImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int WaitForReadiness(SafeFileHandle readiness, byte* events, int count, int timeoutMilliseconds);

    /// <summary>The last error as an exception whose <see cref="Exception.HResult"/> is the error number, as the package does it.</summary>
    public static IOException LastError() => Error(Marshal.GetLastPInvokeError());

    public static IOException Error(int number) => new(Marshal.GetPInvokeErrorMessage(number), number);
}
