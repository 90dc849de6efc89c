using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>How a Set-type command ended, as far as anybody can know.</summary>
internal enum SetResult
{
    /// <summary>The node said by Supervision that it did it.</summary>
    Confirmed,

    /// <summary>The node acknowledged the frame; whether it did it has to be read back.</summary>
    Delivered,

    /// <summary>As delivered; a Supervision Report was waited for and none came.</summary>
    Unreported,

    /// <summary>The node said by Supervision that it did not do it.</summary>
    Refused,

    /// <summary>A newer command for the same thing took its place.</summary>
    Superseded,
}

/// <summary>Questions with their answers and sets with their confirmations. Belongs to the network's loop.</summary>
internal sealed class CommandExchange(NetworkContext context, CommandSender sender)
{
    private const int MaximumQuestions = 3;
    private const int SlowAfter = 3;

    private readonly SupervisionSessions _supervision = new(context.Time);
    private readonly Dictionary<SupervisionSession, TaskCompletionSource<SupervisionUpdate>> _supervised = [];
    private readonly Dictionary<NodeId, int> _lateReplies = [];

    /// <summary>Sends a node something it only has to acknowledge: its liveness is true then.</summary>
    public Task ReachAsync(Node node, SendPriority priority) =>
        sender.Send(new SendItem { Node = node.Id, Command = new NoOperation(), Priority = priority });

    /// <summary>
    /// Asks a question and waits for the answer; asks again when none comes. Null: the node acknowledged every question and answered none.
    /// </summary>
    /// <exception cref="ZWaveException">The question could not be delivered.</exception>
    /// <param name="securityClass">Asked, and to be answered, with the key of this class; null: as the node has it.</param>
    public async Task<ICommand?> QueryAsync(
        Node node, EndpointIndex endpoint, ICommand question, Func<ICommand, ReplyMatch> match, SendPriority priority, CancellationToken cancellationToken,
        SecurityClass? securityClass = null, int maximumQuestions = MaximumQuestions)
    {
        using var expectation = context.Expectations.Add(node.Id, endpoint, match);
        for (var attempt = 1; attempt <= maximumQuestions; attempt++)
        {
            var item = new SendItem
            {
                Node = node.Id,
                Endpoint = endpoint,
                Command = question,
                Priority = priority,
                SecurityClass = securityClass,
                OwesAnswer = true,
                ExpiresAt = priority == SendPriority.User ? context.TimestampAfter(context.Timeouts.UserCommandExpiry) : null,
            };
            var outcome = await sender.Send(item);
            try
            {
                if (outcome != SendOutcome.Acknowledged) throw Failure(node, question, outcome);
                var asked = context.Time.GetTimestamp();
                if (await WaitAsync(expectation, node, cancellationToken) is { } reply)
                {
                    NoteRoundTrip(node, context.Time.GetElapsedTime(asked), attempt);
                    return reply;
                }
            }
            finally
            {
                item.Retire(context.Queue);
                sender.Wake();
            }
        }

        context.Counters.RepliesMissing++;
        return null;
    }

    /// <summary>Asks for a report of type <typeparamref name="TReport"/>.</summary>
    public async Task<TReport?> QueryAsync<TReport>(
        Node node, EndpointIndex endpoint, ICommand question, SendPriority priority, CancellationToken cancellationToken, Func<TReport, bool>? isReply = null)
        where TReport : class, ICommand =>
        await QueryAsync(node, endpoint, question, InterviewRequest.For(question, isReply).Match!, priority, cancellationToken) as TReport;

    /// <summary>
    /// Sends a Set-type command, supervised when the node can. The same session id goes with every retransmission, so that the node never acts twice.
    /// </summary>
    /// <param name="expiresAt">Timestamp from which on it must not be sent; null: as for every command of its priority.</param>
    /// <exception cref="ZWaveException">The command could not be delivered.</exception>
    public async Task<SetResult> SetAsync(
        Node node, EndpointIndex endpoint, ICommand command, SendPriority priority, CancellationToken cancellationToken,
        string? replaceKey = null, bool isPaced = false, long? expiresAt = null)
    {
        long? limit = priority == SendPriority.User ? context.TimestampAfter(context.Timeouts.UserCommandExpiry) : null;
        var commandClass = command.Id.CommandClass;
        SupervisionSession? session = node.Root.Supports(SupervisionCommandClass.Id) && _supervision.IsSupported(node.Id, commandClass)
            ? _supervision.Begin(node.Id, endpoint, commandClass, wantsUpdates: true, context.Timeouts.Supervision)
            : null;
        var item = new SendItem
        {
            Node = node.Id,
            Endpoint = endpoint,
            Command = command,
            Priority = priority,
            ReplaceKey = replaceKey,
            IsPaced = isPaced,
            SupervisionSession = session?.SessionId,
            ExpiresAt = expiresAt is null || limit < expiresAt ? limit : expiresAt,
        };
        // The report may come before the transmission is known to have ended.
        if (session is { } begun) _supervised[begun] = NewUpdate();
        try
        {
            var outcome = await sender.Send(item);
            if (outcome == SendOutcome.Superseded) return SetResult.Superseded;
            if (outcome != SendOutcome.Acknowledged) throw Failure(node, command, outcome);
            if (session is not { } waiting) return SetResult.Delivered;
            switch (await ConcludeAsync(waiting, node, cancellationToken))
            {
                case SupervisionStatus.Success: return SetResult.Confirmed;
                case SupervisionStatus.Fail: return SetResult.Refused;
                case SupervisionStatus.NoSupport: break;
                case null: return SetResult.Unreported;
                default: return SetResult.Delivered;
            }
        }
        finally
        {
            item.Retire(context.Queue);
            if (session is { } ended)
            {
                _supervision.End(ended);
                _supervised.Remove(ended);
            }
        }

        // The node cannot supervise this class and did not execute the command: once more, plain.
        return await SetAsync(node, endpoint, command, priority, cancellationToken, replaceKey, isPaced, expiresAt);
    }

    /// <summary>A Supervision Report of a node.</summary>
    public void AcceptSupervision(NodeId node, EndpointIndex endpoint, SupervisionReport report)
    {
        if (_supervision.TryAccept(node, endpoint, report, out var update) && _supervised.TryGetValue(update.Session, out var waiting))
        {
            waiting.TrySetResult(update);
        }
    }

    /// <summary>Forgets what is remembered of a node that left.</summary>
    public void Forget(NodeId node)
    {
        _supervision.Forget(node);
        _lateReplies.Remove(node);
    }

    /// <summary>The exception for a command that did not reach its node.</summary>
    public static ZWaveException Failure(Node node, ICommand command, SendOutcome outcome)
    {
        var (code, reason) = outcome switch
        {
            SendOutcome.NoAcknowledgement => (ZWaveErrorCode.NodeNoAck, "the node does not answer"),
            SendOutcome.NotSent => (ZWaveErrorCode.NotTransmitted, "the controller could not send it (radio busy or jammed)"),
            SendOutcome.Expired => (ZWaveErrorCode.Expired, "it could not be sent in time"),
            SendOutcome.Superseded => (ZWaveErrorCode.Superseded, "a newer command took its place"),
            SendOutcome.QueueFull => (ZWaveErrorCode.QueueFull, "too many commands are waiting"),
            SendOutcome.NotSecured => (ZWaveErrorCode.SecurityFailed, "encryption with the node does not come about, and it is not sent without"),
            SendOutcome.TooLong => (ZWaveErrorCode.InvalidArgument, "the command does not fit a frame"),
            _ => (ZWaveErrorCode.LinkLost, "the controller is not there"),
        };
        return new ZWaveException(code, $"node {node.Id}, {command.Id}: {reason}") { Node = node.Id };
    }

    private static TaskCompletionSource<SupervisionUpdate> NewUpdate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Null: the node said nothing in time; what it did is not known.
    private async Task<SupervisionStatus?> ConcludeAsync(SupervisionSession session, Node node, CancellationToken cancellationToken)
    {
        var pause = context.Timeouts.Supervision + node.RoundTrip;
        while (true)
        {
            var next = _supervised[session].Task;
            if (!await context.IsFirstAsync(next, pause, cancellationToken)) return null;
            var update = await next;
            if (update.IsFinal) return update.Status;
            _supervised[session] = NewUpdate();
            var work = update.Remaining.SecondsInReport is { } seconds ? TimeSpan.FromSeconds(seconds) : SupervisionSessions.UnknownDurationLimit;
            pause = work + context.Timeouts.Supervision;
        }
    }

    private async Task<ICommand?> WaitAsync(ReplyExpectation expectation, Node node, CancellationToken cancellationToken)
    {
        while (true)
        {
            var parts = expectation.Parts;
            var pause = parts > 0 ? context.Timeouts.ReportParts : (node.IsSlow ? context.Timeouts.SlowReply : context.Timeouts.Reply) + node.RoundTrip;
            if (await context.IsFirstAsync(expectation.Reply, pause, cancellationToken)) return await expectation.Reply;
            // As long as parts of the answer keep coming it is on its way.
            if (expectation.Parts == parts) return null;
        }
    }

    private void NoteRoundTrip(Node node, TimeSpan elapsed, int attempt)
    {
        node.RoundTrip = node.RoundTrip == TimeSpan.Zero ? elapsed : (node.RoundTrip * 0.75) + (elapsed * 0.25);
        var late = attempt > 1 ? _lateReplies.GetValueOrDefault(node.Id) + 1 : 0;
        _lateReplies[node.Id] = late;
        if (late >= SlowAfter) node.IsSlow = true;
    }
}
