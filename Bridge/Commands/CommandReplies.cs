using System.Text;
using Bridge.Mqtt;
using Microsoft.Extensions.Logging;

namespace Bridge.Commands;

/// <summary>
/// What senders of commands and requests get back: an answer on the response topic they gave (MQTT 5), and one message on
/// <c>bridge/logging</c> for what went wrong, at most ten in a second; of more only the number. Any thread may call; nothing blocks.
/// </summary>
public sealed class CommandReplies : IDisposable
{
    private const int LogMessagesPerSecond = 10;
    private const int MaximumTopicCharacters = 200;
    private const int MaximumTopicBytes = ushort.MaxValue;
    private const int MaximumRetainedTopics = 256;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _retained = new(StringComparer.Ordinal);
    private readonly TopicScheme _topics;
    private readonly IMessageSink _sink;
    private readonly ILogger _logger;
    private readonly LogBudget _budget;

    public CommandReplies(TopicScheme topics, IMessageSink sink, TimeProvider time, ILogger logger)
    {
        (_topics, _sink, _logger) = (topics, sink, logger);
        _budget = new(LogMessagesPerSecond, time, TellCount);
    }

    /// <summary>
    /// Answers a command; what failed is also told on <c>bridge/logging</c>. Superseding is no failure: the newer message says what is
    /// wanted.
    /// </summary>
    public void Answer(MqttMessage request, CommandOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Error is { } error && error.Code != CommandError.Superseded) LogFailure(request, error.Text);
        Respond(request, Json(outcome, null));
    }

    /// <summary>Answers a request: on <c>bridge/response/…</c> and on the response topic.</summary>
    /// <param name="transaction">Goes back as it came; null: there was none.</param>
    public void AnswerRequest(MqttMessage request, string what, CommandOutcome outcome, PayloadValue? transaction)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(outcome);
        var json = Json(outcome, transaction);
        _sink.Publish(Message(_topics.Response(what), json));
        Respond(request, json);
    }

    /// <summary>A retained command is carried out again at every connect: it never is. Told once a topic.</summary>
    public void RefuseRetained(MqttMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_gate)
        {
            if (_retained.Count >= MaximumRetainedTopics || !_retained.Add(Cut(message.Topic))) return;
        }

        var topic = Cut(message.Topic);
        Log("warning", message, $"ignored a retained command on {topic}; clear it: mosquitto_pub -r -n -t '{topic}'");
    }

    /// <summary>A message that was not carried out and has nobody to answer.</summary>
    public void LogFailure(MqttMessage message, string reason)
    {
        ArgumentNullException.ThrowIfNull(message);
        Log("error", message, reason);
    }

    public void Dispose() => _budget.Dispose();

    private void Log(string level, MqttMessage message, string reason)
    {
        if (!_budget.TryTake()) return;
        // What a sender wrote may not forge lines of our log.
        _logger.MessageRefused(OneLine(Cut(message.Topic)), OneLine(reason));
        List<KeyValuePair<string, PayloadValue>> members =
        [
            new("level", PayloadValue.Of(level)),
            new("message", PayloadValue.Of(reason)),
            new("topic", PayloadValue.Of(Cut(message.Topic))),
        ];
        // A request may bring the number of a label, which is for nobody else.
        if (_topics.Parse(message.Topic) is not RequestTopic) members.Add(new("payload", PayloadValue.Of(PayloadFormat.Excerpt(message.Payload.Span))));
        PublishLog([.. members]);
    }

    private void TellCount(long count)
    {
        _logger.MessagesNotLogged(count);
        PublishLog(
            new("level", PayloadValue.Of("error")),
            new("message", PayloadValue.Of($"{count} more messages with faults within a second")));
    }

    private void PublishLog(params KeyValuePair<string, PayloadValue>[] members) =>
        _sink.Publish(Message(_topics.BridgeLogging, PayloadFormat.Object(members)) with { QualityOfService = MqttQualityOfService.AtMostOnce });

    private void Respond(MqttMessage request, PayloadValue json)
    {
        if (request.ResponseTopic is not { } topic) return;
        if (FaultOf(topic) is { } fault)
        {
            Log("warning", request, $"no answer was sent: the response topic {fault}");
            return;
        }

        _sink.Publish(Message(topic, json) with { CorrelationData = request.CorrelationData });
    }

    // An answer below our own base topic could be a command again, or stand where states are looked for.
    private string? FaultOf(string topic)
    {
        if (topic.Length == 0) return "is empty";
        if (topic.IndexOfAny(['+', '#']) >= 0) return "has a wildcard";
        if (topic.Any(char.IsControl)) return "has a control character";
        if (topic[0] == '$') return "belongs to the broker";
        if (topic == _topics.Base || topic.StartsWith(_topics.Base + "/", StringComparison.Ordinal)) return $"is below {_topics.Base}";
        return topic.Length > MaximumTopicBytes || Encoding.UTF8.GetByteCount(topic) > MaximumTopicBytes ? "is too long" : null;
    }

    private static PayloadValue Json(CommandOutcome outcome, PayloadValue? transaction)
    {
        List<KeyValuePair<string, PayloadValue>> members = [new("status", PayloadValue.Of(outcome.Error is null ? "ok" : "error"))];
        if (outcome.Error is { } error)
        {
            members.Add(new("error", PayloadValue.Of(error.Text)));
            members.Add(new("code", PayloadValue.Of(error.Code)));
        }

        members.Add(new("data", PayloadValue.Of(outcome.Data)));
        if (transaction is not null) members.Add(new("transaction", transaction));
        return PayloadValue.Of(members);
    }

    private static MqttMessage Message(string topic, PayloadValue json) => new(topic, PayloadFormat.ToBytes(json))
    {
        QualityOfService = MqttQualityOfService.AtLeastOnce,
        ContentType = "application/json",
        IsText = true,
    };

    private static string Cut(string topic) => PayloadFormat.Shorten(topic, MaximumTopicCharacters);

    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(static character => char.IsControl(character) ? ' ' : character)) : text;
}
