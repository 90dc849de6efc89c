namespace Bridge.Mqtt;

/// <summary>Where messages of ours go. Any thread may call; calls never block and never fail.</summary>
public interface IMessageSink
{
    /// <summary>
    /// Publishes as soon as it can be. Without a connection the latest retained message of each topic is kept, everything else is dropped: what happened
    /// while nobody listened is no news.
    /// </summary>
    void Publish(MqttMessage message);
}
