namespace Bridge.ZWave.Serial;

/// <summary>The operating system's error number inside an exception of the serial library (Linux numbers).</summary>
internal static class ErrorNumber
{
    public const int None = 0;
    public const int NotPermitted = 1;
    public const int NoSuchFile = 2;
    public const int NoSuchDeviceOrAddress = 6;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int NoSuchDevice = 19;
    public const int InvalidArgument = 22;
    public const int NotATerminal = 25;

    private const int Largest = 4095;

    /// <summary>The innermost number; <see cref="None"/> when there is none.</summary>
    public static int Of(Exception exception)
    {
        var number = None;
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is FileNotFoundException or DirectoryNotFoundException) number = NoSuchFile;
            else if (current.HResult is > 0 and <= Largest) number = current.HResult;
        }

        return number;
    }
}
