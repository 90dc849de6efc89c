using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Encapsulation;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Fuzz;

/// <summary>
/// A radio frame on its way through the layers, with one of each stateful part for the whole run: what a node sends must neither break them nor make
/// them grow.
/// </summary>
internal sealed class EncapsulationCheck(Random random, ManualTimeProvider time, CommandCheck commands)
{
    private const int MaximumSessions = 2;
    private static readonly NodeId s_ownNode = new(1);

    private readonly byte[] _plaintext = new byte[4096];
    private readonly byte[] _answer = new byte[4096];
    private readonly InvertingSecurity _security = new();
    private readonly SupervisionResponder _responder = new();
    private readonly SupervisionSessions _supervised = new(time, random);
    private readonly PartialReportAssembler _assembler = new(time);
    private readonly TransportServiceReceiver _receiver = new(TransportServiceTimes.Standard, MaximumSessions);
    private readonly FieldJson _fields = new();
    private TransportServiceSender? _sender;

    /// <summary>Datagrams put together from segments.</summary>
    public long Datagrams { get; private set; }

    /// <summary>Supervised commands of ours whose report was recognised.</summary>
    public long SupervisionUpdates { get; private set; }

    /// <summary>Reports joined from several frames.</summary>
    public long Joined { get; private set; }

    public void Run(ReadOnlySpan<byte> frame, NodeId node)
    {
        time.Advance(TimeSpan.FromMilliseconds(random.Next(200)));
        commands.Run(frame, node, EndpointIndex.Root);
        var reception = new Reception(node, IsMulticast: random.Next(8) == 0);
        Take(frame, reception, NoSecurity.Instance);
        Take(frame, reception, _security);
        if (random.Next(16) == 0) Elapse(node);
        if (random.Next(4096) == 0) Forget(node);
    }

    private void Take(ReadOnlySpan<byte> frame, Reception reception, ISecurityLayer security)
    {
        var error = Unwrapping.TryUnwrap(frame, reception, security, _plaintext, out var unwrapped);
        FuzzViolation.Unless(error == DecodeError.None || unwrapped.Count == 0, "a frame that is refused has no commands");
        if (error != DecodeError.None) return;
        var decision = _responder.Receive(reception.Node, unwrapped);
        if (decision.Report is { } report) Answer(report, decision.Options);
        if (decision.Action != SupervisionAction.Deliver) return;
        var count = 0;
        var envelope = unwrapped.Envelope;
        var datagrams = new List<ReadOnlyMemory<byte>>();
        foreach (var bytes in unwrapped)
        {
            count++;
            if (commands.Run(bytes, reception.Node, envelope.Origin) is { } command) Take(command, reception, envelope, datagrams);
        }

        FuzzViolation.Unless(count == unwrapped.Count, "a frame has as many commands as it says");
        foreach (var datagram in datagrams) Take(datagram.Span, reception with { IsDatagram = true }, security);
    }

    private void Take(ICommand command, Reception reception, in Envelope envelope, List<ReadOnlyMemory<byte>> datagrams)
    {
        if (command is SupervisionReport report && _supervised.TryAccept(reception.Node, envelope.Origin, report, out _)) SupervisionUpdates++;
        if (!reception.IsDatagram)
        {
            Follow(_receiver.OnSegment(reception.Node, command), datagrams);
            Follow(_sender?.OnCommand(command) ?? [], datagrams);
            FuzzViolation.Unless(_receiver.SessionCount <= MaximumSessions, "no more datagrams are begun than allowed");
        }

        var whole = _assembler.Accept(reception.Node, envelope.Origin, command, time.GetTimestamp());
        FuzzViolation.Unless(_assembler.PendingCount <= PartialReportAssembler.DefaultCapacity, "no more reports are kept incomplete than allowed");
        if (whole is null || ReferenceEquals(whole, command)) return;
        Joined++;
        commands.Store(whole, reception.Node, envelope.Origin);
        whole.Describe(new FieldText());
    }

    private void Follow(IReadOnlyList<TransportEffect> effects, List<ReadOnlyMemory<byte>> datagrams)
    {
        foreach (var effect in effects)
        {
            if (effect is TransportSend send) Answer(send.Command, default);
            if (effect is not TransportDeliver deliver) continue;
            Datagrams++;
            datagrams.Add(deliver.Datagram);
        }
    }

    /// <summary>What is sent back must be a frame that means what it was made from.</summary>
    private void Answer(ICommand answer, in EnvelopeOptions options)
    {
        var frame = new PayloadWriter(_answer);
        Wrapping.Wrap(answer, CodecContext.Newest, options with { SecurityClass = SecurityClass.None }, ref frame);
        FuzzViolation.Unless(frame.Length <= Wrapping.MaximumLength, "an answer fits a frame");
        _fields.Of(frame.Written, out var error);
        FuzzViolation.Unless(error == DecodeError.None, $"an answer can be decoded, but: {error}");
    }

    private void Elapse(NodeId node)
    {
        var datagrams = new List<ReadOnlyMemory<byte>>();
        Follow(_receiver.OnTimer(node), datagrams);
        while (_supervised.TryExpire(out _))
        {
        }

        if (_supervised.WaitingCount < 32) _supervised.Begin(node, EndpointIndex.Root, new(0x25), random.Next(2) == 0, TimeSpan.FromSeconds(1));
        if (_sender is not { IsEnded: false })
        {
            _sender = new(s_ownNode, node, (byte)random.Next(16), new byte[random.Next(1, 200)], TransportServiceTimes.Standard);
            Follow(_sender.Start(), datagrams);
        }

        Follow(_sender.OnSent(wasAcknowledged: random.Next(8) != 0), datagrams);
        Follow(_sender.OnTimer(), datagrams);
    }

    private void Forget(NodeId node)
    {
        _responder.Forget(node);
        _supervised.Forget(node);
        _assembler.Forget(node);
        _receiver.Forget(node);
    }
}
