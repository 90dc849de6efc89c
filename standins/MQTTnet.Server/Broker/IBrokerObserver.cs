using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>Who may look on and have a say. Called outside the gate; a client's next packet waits for the answer, others do not.</summary>
internal interface IBrokerObserver
{
    /// <summary>Shall the client be let in? Anything but success is told to it and ends the connection.</summary>
    ValueTask<ReasonCode> AdmitAsync(ConnectPacket packet);

    /// <summary>What shall be done with a client's message?</summary>
    ValueTask<PublishDecision> DecideAsync(string clientId, BrokerMessage message);

    ValueTask ConnectedAsync(string clientId);

    /// <summary>Called once for each call of <see cref="ConnectedAsync"/>.</summary>
    ValueTask DisconnectedAsync(string clientId, ConnectionEnd end);

    /// <summary>The retained message of a topic is another one; an empty payload: there is none any more.</summary>
    ValueTask RetainedChangedAsync(string clientId, BrokerMessage message);

    /// <summary>The queue of a client was full, messages were dropped.</summary>
    ValueTask DroppedAsync(string clientId);
}

/// <summary>What becomes of one message.</summary>
/// <param name="Message">Null: it goes nowhere.</param>
/// <param name="ReasonCode">Success: what the routing says.</param>
/// <param name="EndsConnection">The client is thrown out.</param>
internal readonly record struct PublishDecision(
    BrokerMessage? Message,
    ReasonCode ReasonCode = ReasonCode.Success,
    bool EndsConnection = false);

/// <summary>How a connection ended.</summary>
internal enum ConnectionEnd
{
    /// <summary>The client said DISCONNECT.</summary>
    Clean,
    Unclean,
    TakenOver,
}
