using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Everything a node sends comes through here: layers off, Supervision answered, parts of reports joined, values stored, questions answered, in the
/// order of arrival. Whatever the bytes are, nothing leaves this class but a counter and a log line. Belongs to the network's loop.
/// </summary>
internal sealed class CommandReceiver
{
    private readonly NetworkContext _context;
    private readonly NetworkSecurity _security;
    private readonly CommandSender _sender;
    private readonly NodeLiveness _liveness;
    private readonly NodeModel _model;
    private readonly CommandExchange _exchange;
    private readonly SupervisionResponder _responder = new();
    private readonly PartialReportAssembler _assembler;
    private readonly SegmentReception _segments;
    private readonly StoreSink _sink;
    private readonly OwnDevice _ownDevice;
    private readonly DropLog _dropped;
    private readonly MeterGuard _meters;
    private readonly byte[] _plaintext = new byte[Wrapping.MaximumLength];

    public CommandReceiver(
        NetworkContext context, NetworkSecurity security, CommandSender sender, CommandExchange exchange, NodeLiveness liveness, NodeModel model,
        MeterGuard meters)
    {
        _security = security;
        _meters = meters;
        _context = context;
        _sender = sender;
        _liveness = liveness;
        _model = model;
        _exchange = exchange;
        _assembler = new(context.Time);
        _sink = new(context.Values, context.PendingSwitches);
        _ownDevice = new(context, security);
        _dropped = new(context.Counters, context.Logger);
        _segments = new(context, sender, (node, datagram) => Open(node, datagram, new(node.Id, IsMulticast: false, IsDatagram: true)));
    }

    /// <summary>Forgets what is remembered of a node that left.</summary>
    public void Forget(NodeId node)
    {
        _responder.Forget(node);
        _assembler.Forget(node);
        _segments.Forget(node);
    }

    /// <summary>A command arrived, complete and credible. The last argument: nobody had asked for it.</summary>
    public event Action<ReceivedCommand, bool>? Received;

    /// <summary>A frame of a node.</summary>
    public void Receive(IReceivedCommand frame)
    {
        try
        {
            if (frame.ReceiveStatus.HasFlag(ReceiveStatus.ForeignHomeId) || frame.ReceiveStatus.HasFlag(ReceiveStatus.ForeignFrame)) return;
            _context.Counters.CommandsReceived++;
            // Who is in the network is not known yet; every state is read as soon as it is.
            if (_context.Identity is not { } identity) return;
            if (_context.FindNode(frame.SourceNodeId) is not { } node || node.Id == identity.NodeId)
            {
                _dropped.Stranger(frame.SourceNodeId);
                return;
            }

            _liveness.Seen(node);
            var isMulticast = (frame.ReceiveStatus & (ReceiveStatus.Broadcast | ReceiveStatus.Multicast)) != 0;
            Open(node, frame.Command.Span, new(node.Id, isMulticast));
        }
        catch (Exception exception)
        {
            _context.Logger.ReceiverFault(exception, Hex.Spaced(frame.Command.Span));
        }
    }

    private void Open(Node node, ReadOnlySpan<byte> frame, Reception reception)
    {
        var error = Unwrapping.TryUnwrap(frame, reception, _security, _plaintext, out var unwrapped);
        // While keys are exchanged the node may well use some we do not have yet; the exchange counts that.
        if (error == DecodeError.NeedMoreData || (error == DecodeError.NotDecrypted && _security.Conversation?.Node == node.Id)) return;
        if (error != DecodeError.None)
        {
            _dropped.Malformed(node.Id, error, frame);
            return;
        }

        var envelope = unwrapped.Envelope;
        if (envelope.IsBitAddress || (!envelope.DestinationEndpoint.IsRoot && !envelope.SourceEndpoint.IsRoot))
        {
            // Several of our endpoints, or one we do not have, are meant: we have none.
            _dropped.Malformed(node.Id, DecodeError.ReservedValue, frame);
            return;
        }

        if (!_security.Accepts(node, unwrapped))
        {
            _dropped.Insecure(node.Id, envelope.SecurityClass);
            return;
        }

        var supervised = _responder.Receive(node.Id, unwrapped);
        if (supervised.Report is { } report) Answer(node, supervised.Options, report);
        if (supervised.Action != SupervisionAction.Deliver) return;
        foreach (var bytes in unwrapped) Take(node, envelope, bytes);
    }

    private void Take(Node node, in Envelope envelope, ReadOnlySpan<byte> bytes)
    {
        var error = CommandCodec.TryDecode(bytes, out var command);
        if (error == DecodeError.UnknownCommand)
        {
            CommandCodec.TryFind(bytes, out _, out var id, out _);
            _dropped.Unknown(node.Id, id, bytes);
            return;
        }

        if (error != DecodeError.None || command is null)
        {
            _dropped.Malformed(node.Id, error, bytes);
            return;
        }

        if (_segments.TryTake(node, command) || _security.TryTake(node, envelope.SecurityClass, command)) return;
        if (_security.Conversation is { } conversation && conversation.Node == node.Id)
        {
            conversation.Offer(new(command, envelope.SecurityClass));
            return;
        }

        // Keys are handed over in a conversation or not at all.
        if (IsKeyExchange(command))
        {
            _dropped.Malformed(node.Id, DecodeError.ReservedValue, bytes[..2]);
            return;
        }

        if (command is SupervisionReport supervisionReport)
        {
            _exchange.AcceptSupervision(node.Id, envelope.Origin, supervisionReport);
            return;
        }

        if (_assembler.Accept(node.Id, envelope.Origin, command, _context.Time.GetTimestamp()) is { } whole) Deliver(node, envelope, whole);
        else _context.Expectations.NotePart(node.Id, envelope.Origin);
    }

    private void Deliver(Node node, in Envelope envelope, ICommand command)
    {
        var origin = envelope.Origin;
        node.Counters.CommandsReceived++;
        if (!_model.IsCredible(node, command))
        {
            _dropped.IdentityDoubted(node.Id);
            return;
        }

        if (command is IValueReport report)
        {
            if (!IsExpectedOf(node, origin, command.Id.CommandClass))
            {
                _dropped.Misplaced(node.Id, origin, command.Id.CommandClass);
                return;
            }

            if (_meters.Accepts(node, origin, command)) report.CollectValues(_sink.Turn(node.Id, origin));
        }

        TakeBasic(node, origin, command);
        _model.Apply(node, command);
        var isAnswer = _context.Expectations.Offer(node.Id, origin, command);
        if (!envelope.IsMulticast && _ownDevice.AnswerTo(command, envelope.SecurityClass) is { } answer) Answer(node, envelope.Reply, answer);
        Received?.Invoke(new(node, origin, command), !isAnswer);
    }

    // Corrupt frames pass the weak checksum of slow radio speeds: a report of a class the endpoint lacks is one of those.
    private static bool IsExpectedOf(Node node, EndpointIndex origin, CommandClassId commandClass) =>
        node.Interview.State != InterviewState.Complete
        || (node.FindEndpoint(origin) is { } endpoint && (endpoint.Supports(commandClass) || commandClass == BasicCommandClass.Id));

    // A plug that says Basic means its relay; Basic Set of a plug to us is its new state, too.
    private void TakeBasic(Node node, EndpointIndex origin, ICommand command)
    {
        var state = command switch
        {
            BasicReport report => SwitchState.FromByte(report.CurrentValue),
            BasicSet set => SwitchState.FromByte(set.Value),
            _ => null,
        };
        if (state is not { } isOn || node.FindEndpoint(origin) is not { } endpoint || !endpoint.Supports(SwitchBinaryCommandClass.Id)) return;
        _sink.Turn(node.Id, origin).Set(SwitchBinaryCommandClass.State, Value.Of(isOn));
    }

    private static bool IsKeyExchange(ICommand command) => command is
        Security2KexGet or Security2KexReport or Security2KexSet or Security2KexFail or Security2PublicKeyReport or Security2NetworkKeyGet
        or Security2NetworkKeyReport or Security2NetworkKeyVerify or Security2TransferEnd or Security0SchemeGet or Security0SchemeReport
        or Security0SchemeInherit or Security0NetworkKeySet or Security0NetworkKeyVerify;

    // An answer goes back the way the question came: the same layers, the same key.
    private void Answer(Node node, in EnvelopeOptions layers, ICommand answer)
    {
        var bytes = Wrapping.Wrap(answer, new(node.Root.VersionOf(answer.Id.CommandClass)), layers with { SecurityClass = SecurityClass.None });
        _ = _sender.Send(new SendItem
        {
            Node = node.Id,
            Command = answer,
            Priority = SendPriority.Answer,
            WrappedBytes = bytes,
            SecurityClass = layers.SecurityClass,
            MaximumAttempts = 1,
        });
    }
}
