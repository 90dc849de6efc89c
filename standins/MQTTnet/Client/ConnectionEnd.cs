using StandIns.Wire;

namespace StandIns.Client;

/// <summary>Something that ended a connection or kept it from opening; the message says what, in words.</summary>
internal sealed class ConnectionFault(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>How a connection ended.</summary>
/// <param name="WasOpen">False: it was never accepted.</param>
/// <param name="Reason">Of the broker's DISCONNECT; else success.</param>
/// <param name="Fault">Null: the broker said goodbye or closed the connection, or we did.</param>
internal sealed record ConnectionEnd(bool WasOpen, ReasonCode Reason, string? ReasonString, ConnectionFault? Fault);
