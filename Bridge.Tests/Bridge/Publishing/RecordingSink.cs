using System.Text;
using Bridge.Mqtt;

namespace Bridge.Tests.Publishing;

/// <summary>Keeps what was published.</summary>
internal sealed class RecordingSink : IMessageSink
{
    private readonly Lock _gate = new();
    private readonly List<MqttMessage> _messages = [];

    public IReadOnlyList<MqttMessage> Messages
    {
        get
        {
            lock (_gate) return [.. _messages];
        }
    }

    /// <summary>"topic payload", in order.</summary>
    public IReadOnlyList<string> Lines => [.. Messages.Select(static message => $"{message.Topic} {Text(message)}".TrimEnd())];

    public static string Text(MqttMessage message) => Encoding.UTF8.GetString(message.Payload.Span);

    public void Publish(MqttMessage message)
    {
        lock (_gate) _messages.Add(message);
    }

    /// <summary>What was published since the last call.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_gate)
        {
            var lines = Lines;
            _messages.Clear();
            return lines;
        }
    }
}
