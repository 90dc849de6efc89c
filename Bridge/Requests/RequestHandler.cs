using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.ZWave;
using Microsoft.Extensions.Logging;

namespace Bridge.Requests;

/// <summary>
/// Answers what comes in on <c>bridge/request/…</c>: always, also what is unknown or malformed, on <c>bridge/response/…</c> and on the
/// response topic of MQTT 5. Nothing is thrown, and no more than a fixed number of requests is under way.
/// </summary>
/// <param name="requests">Those of <see cref="RequestTable"/>, and others.</param>
/// <param name="replies">Shared with the commands: one limit for what is logged.</param>
public sealed class RequestHandler(IEnumerable<IBridgeRequest> requests, INodeDirectory directory, CommandReplies replies, ILogger logger)
{
    /// <summary>Requests under way at a time; more are refused at once.</summary>
    public const int MaximumRequests = 64;

    private readonly SortedDictionary<string, IBridgeRequest> _requests =
        new(requests.ToDictionary(static request => request.What, StringComparer.Ordinal), StringComparer.Ordinal);

    private readonly RecentMessages _recent = new();
    private int _underWay;

    /// <summary>Requests under way now.</summary>
    public int RequestsUnderWay => Volatile.Read(ref _underWay);

    /// <summary>A request came in. Returns at once. Any thread may call.</summary>
    public void Handle(RequestTopic topic, MqttMessage message)
    {
        ArgumentNullException.ThrowIfNull(topic);
        ArgumentNullException.ThrowIfNull(message);
        if (message.Retain)
        {
            replies.RefuseRetained(message);
            return;
        }

        if (_recent.Note(message) && message.IsDuplicate)
        {
            logger.DuplicateDropped(message.Topic);
            return;
        }

        var request = _requests.GetValueOrDefault(topic.What);
        if (!PayloadFormat.TryRead(message.Payload.Span, out var payload, out var unreadable, request?.MaximumBytes ?? PayloadFormat.MaximumBytes))
        {
            replies.AnswerRequest(message, topic.What, CommandOutcome.Refused(unreadable), null);
            return;
        }

        var transaction = payload.Find("transaction");
        if (transaction is { Kind: PayloadKind.List or PayloadKind.Object })
        {
            replies.AnswerRequest(message, topic.What, CommandOutcome.Refused("\"transaction\" takes text, a number, true, false or null"), null);
            return;
        }

        if (request is null)
        {
            var known = string.Join(", ", _requests.Keys);
            var fault = $"there is no request \"{PayloadFormat.Shorten(topic.What, 64)}\"; there are {known}";
            var outcome = CommandOutcome.Refused(fault, "unknown_request");
            replies.AnswerRequest(message, topic.What, outcome, transaction);
            return;
        }

        if (message.ExpirySeconds == 0)
        {
            replies.AnswerRequest(message, topic.What, CommandOutcome.Refused("the message expired", CommandError.Expired), transaction);
            return;
        }

        if (Interlocked.Increment(ref _underWay) > MaximumRequests)
        {
            Interlocked.Decrement(ref _underWay);
            replies.AnswerRequest(message, topic.What, CommandOutcome.Refused("too many requests are under way", CommandError.Busy), transaction);
            return;
        }

        _ = RunAsync(request, RequestFields.Of(payload, request.PlainKey, directory), message, transaction);
    }

    private async Task RunAsync(IBridgeRequest request, RequestFields fields, MqttMessage message, PayloadValue? transaction)
    {
        var outcome = await OutcomeAsync(request, fields);
        Interlocked.Decrement(ref _underWay);
        replies.AnswerRequest(message, request.What, outcome, transaction);
        if (outcome.Error is null) request.Answered();
    }

    private async Task<CommandOutcome> OutcomeAsync(IBridgeRequest request, RequestFields fields)
    {
        try
        {
            return await request.HandleAsync(fields);
        }
        catch (ZWaveException exception)
        {
            return new([], CommandError.Of(exception));
        }
        catch (OperationCanceledException)
        {
            return CommandOutcome.Stopping();
        }
        catch (Exception exception)
        {
            logger.HandlerFault(exception);
            return CommandOutcome.Faulty();
        }
    }
}
