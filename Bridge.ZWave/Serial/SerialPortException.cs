namespace Bridge.ZWave.Serial;

/// <summary>A serial port cannot be opened now; the message tells a person why and what to do.</summary>
public sealed class SerialPortException : IOException
{
    public SerialPortException()
    {
    }

    public SerialPortException(string message)
        : base(message)
    {
    }

    public SerialPortException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
