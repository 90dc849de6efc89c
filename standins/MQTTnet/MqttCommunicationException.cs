#pragma warning disable CA1032 // The library's own constructors, as far as they are needed.
namespace MQTTnet.Exceptions;

public class MqttCommunicationException : Exception
{
    internal MqttCommunicationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
