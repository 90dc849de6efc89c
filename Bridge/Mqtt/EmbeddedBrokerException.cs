namespace Bridge.Mqtt;

/// <summary>The built-in broker cannot start: its address is taken, not of this machine or not allowed. The message says what to do about it.</summary>
public sealed class EmbeddedBrokerException : Exception
{
    public EmbeddedBrokerException()
    {
    }

    public EmbeddedBrokerException(string message)
        : base(message)
    {
    }

    public EmbeddedBrokerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
