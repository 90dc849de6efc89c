using MQTTnet.Protocol;
using StandIns.Wire;

namespace MQTTnet.Server;

public sealed class ValidatingConnectionEventArgs : EventArgs
{
    internal ValidatingConnectionEventArgs(ConnectPacket packet) =>
        (ClientId, UserName, RawPassword) = (packet.ClientId, packet.Username, packet.Password?.ToArray());

    public string ClientId { get; }

    public string? UserName { get; }

    public byte[]? RawPassword { get; }

    public MqttConnectReasonCode ReasonCode { internal get; set; }
}

public sealed class ClientConnectedEventArgs : EventArgs
{
    internal ClientConnectedEventArgs(string clientId) => ClientId = clientId;

    public string ClientId { get; }
}

public enum MqttClientDisconnectType
{
    Clean = 0,
    NotClean = 1,
    Takeover = 2,
}

public sealed class ClientDisconnectedEventArgs : EventArgs
{
    internal ClientDisconnectedEventArgs(string clientId, MqttClientDisconnectType type) => (ClientId, DisconnectType) = (clientId, type);

    public string ClientId { get; }

    public MqttClientDisconnectType DisconnectType { get; }
}

public sealed class InterceptingPublishEventArgs : EventArgs
{
    internal InterceptingPublishEventArgs(string clientId, MqttApplicationMessage message) =>
        (ClientId, ApplicationMessage) = (clientId, message);

    public string ClientId { get; }

    /// <summary>What is changed in it is what goes on.</summary>
    public MqttApplicationMessage ApplicationMessage { get; }

    public bool CloseConnection { internal get; set; }

    public bool ProcessPublish { internal get; set; } = true;

    public PublishResponse Response { get; } = new();
}

public sealed class PublishResponse
{
    internal PublishResponse()
    {
    }

    public MqttPubAckReasonCode ReasonCode { internal get; set; }
}

public sealed class LoadingRetainedMessagesEventArgs : EventArgs
{
    internal LoadingRetainedMessagesEventArgs()
    {
    }

    public List<MqttApplicationMessage> LoadedRetainedMessages { get; } = [];
}

public sealed class RetainedMessageChangedEventArgs : EventArgs
{
    internal RetainedMessageChangedEventArgs(MqttApplicationMessage message) => ChangedRetainedMessage = message;

    /// <summary>With an empty payload: the topic has none any more.</summary>
    public MqttApplicationMessage ChangedRetainedMessage { get; }
}

public sealed class QueueMessageOverwrittenEventArgs : EventArgs
{
    internal QueueMessageOverwrittenEventArgs(string clientId) => ReceiverClientId = clientId;

    public string ReceiverClientId { get; }
}

public sealed class MqttServerStopOptions
{
}
