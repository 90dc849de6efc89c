namespace Bridge.Mqtt;

/// <summary>Why a link could not do what it was asked to. Most are the broker's or the network's, and passing.</summary>
public enum MqttLinkFailure
{
    /// <summary>Never thrown.</summary>
    None = 0,

    /// <summary>Name not found, refused, no route, or no CONNACK in time.</summary>
    Unreachable,

    /// <summary>The broker does not speak this protocol version: try the other one.</summary>
    ProtocolVersion,

    /// <summary>Wrong user or password, or not allowed.</summary>
    NotAuthorized,

    /// <summary>The broker's certificate is not trusted, or ours was refused.</summary>
    Tls,

    /// <summary>The broker refused the connection or the message for another reason, told in the text.</summary>
    Refused,

    /// <summary>The connection is not there or broke before the answer came.</summary>
    ConnectionLost,

    /// <summary>The message exceeds the broker's packet size, or it asks for a quality or retention the broker does not have.</summary>
    ExceedsLimits,

    /// <summary>Topic or filter cannot be sent.</summary>
    InvalidTopic,
}

/// <summary>A request to the broker failed; the message tells the reason in words, reason codes included.</summary>
public sealed class MqttLinkException : Exception
{
    public MqttLinkException()
    {
    }

    public MqttLinkException(string message)
        : base(message)
    {
    }

    public MqttLinkException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public MqttLinkException(MqttLinkFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    public MqttLinkFailure Failure { get; }
}
