using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Bridge.Tests.ZWave.Encapsulation;

public sealed class TransportServiceProperties
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(300);
    private static readonly NodeId s_node = new(5);

    [Fact]
    public void Segments_in_any_order_with_repetitions_and_loss_deliver_exactly_the_datagram()
    {
        var cases = from size in Gen.Choose(1, 1280) from seed in Gen.Choose(0, int.MaxValue) select (size, seed);
        Prop.ForAll(Arb.From(cases), static input =>
        {
            var random = new Random(input.seed);
            var datagram = new byte[input.size];
            random.NextBytes(datagram);
            var receiver = new TransportServiceReceiver(TransportServiceTimes.Standard);
            // The first segment opens the session; the others arrive shuffled, some twice, some not at all.
            var offsets = Enumerable.Range(1, (datagram.Length - 1) / 39).Select(index => index * 39).ToList();
            var arriving = offsets.Where(_ => random.Next(4) > 0).Concat(offsets.Where(_ => random.Next(4) == 0)).ToArray();
            random.Shuffle(arriving);
            var effects = new List<TransportEffect>(receiver.OnSegment(s_node, Segment(datagram, 0)));
            foreach (var offset in arriving) effects.AddRange(receiver.OnSegment(s_node, Segment(datagram, offset)));
            // Then the sender is silent, the timer runs out, and every request is answered.
            for (var next = 0; next <= effects.Count && receiver.SessionCount > 0; next++)
            {
                if (next == effects.Count) effects.AddRange(receiver.OnTimer(s_node));
                if (effects[next] is TransportSend { Command: TransportSegmentRequest request })
                {
                    effects.AddRange(receiver.OnSegment(s_node, Segment(datagram, request.DatagramOffset)));
                }
            }

            return effects.OfType<TransportDeliver>().Single().Datagram.Span.SequenceEqual(datagram)
                && effects.OfType<TransportDiscard>().FirstOrDefault() is null;
        }).Check(s_config);
    }

    [Fact]
    public void Sender_and_receiver_over_a_lossy_radio_end_and_never_deliver_anything_else()
    {
        var cases =
            from size in Gen.Choose(1, 1280)
            from seed in Gen.Choose(0, int.MaxValue)
            from loss in Gen.Choose(0, 40)
            select (size, seed, loss);
        Prop.ForAll(Arb.From(cases), static input =>
        {
            var random = new Random(input.seed);
            var datagram = new byte[input.size];
            random.NextBytes(datagram);
            var (delivered, outcome) = Transfer(datagram, random, input.loss);
            if (delivered.Any(bytes => !bytes.Span.SequenceEqual(datagram)) || delivered.Count > 1) return false;
            return outcome switch
            {
                TransportCompleted => delivered.Count == 1,
                TransportFailed => input.loss > 0,
                _ => false,
            };
        }).Check(s_config);
    }

    [Fact]
    public void Any_segments_from_any_nodes_neither_throw_nor_open_more_sessions_than_allowed()
    {
        var segments =
            from node in Gen.Choose(1, 40)
            from kind in Gen.Choose(0, 2)
            from size in Gen.Choose(0, 2047)
            from offset in Gen.Choose(0, 2047)
            from session in Gen.Choose(0, 15)
            from length in Gen.Choose(0, 50)
            select (node, kind, size, offset, session, length);
        Prop.ForAll(Arb.From(Gen.ArrayOf(segments)), static inputs =>
        {
            var receiver = new TransportServiceReceiver(TransportServiceTimes.Standard, maximumSessions: 3);
            foreach (var (node, kind, size, offset, session, length) in inputs)
            {
                var id = new NodeId((ushort)node);
                if (kind == 0) receiver.OnTimer(id);
                if (kind == 1) receiver.OnSegment(id, new TransportFirstSegment((ushort)size, (byte)session, new byte[length]));
                if (kind == 2)
                {
                    receiver.OnSegment(id, new TransportSubsequentSegment((ushort)size, (byte)session, (ushort)offset, new byte[length]));
                }

                if (receiver.SessionCount > 3) return false;
            }

            return true;
        }).Check(s_config);
    }

    private static ICommand Segment(byte[] datagram, int offset) => offset == 0
        ? TransportServiceReceiverTests.FirstOf(datagram)
        : TransportServiceReceiverTests.NextOf(datagram, offset / 39 * 39);

    /// <summary>
    /// Plays both machines against each other: frames get lost, radio reports do not, and a timer fires when nothing else happens.
    /// </summary>
    private static (List<ReadOnlyMemory<byte>> Delivered, TransportEffect? Outcome) Transfer(
        byte[] datagram, Random random, int lossPercent)
    {
        var sender = TransportServiceSenderTests.Of(datagram);
        var receiver = new TransportServiceReceiver(TransportServiceTimes.Standard);
        List<ReadOnlyMemory<byte>> delivered = [];
        TransportEffect? outcome = null;
        bool senderArmed = false, receiverArmed = false;
        var senderDue = TimeSpan.Zero;
        var receiverDue = TimeSpan.Zero;
        var now = TimeSpan.Zero;
        var steps = 0;
        FromSender(sender.Start());
        while (!sender.IsEnded && steps++ < 10_000)
        {
            if (!senderArmed && !receiverArmed) break;
            if (senderArmed && (!receiverArmed || senderDue <= receiverDue))
            {
                senderArmed = false;
                now = senderDue;
                FromSender(sender.OnTimer());
            }
            else
            {
                receiverArmed = false;
                now = receiverDue;
                FromReceiver(receiver.OnTimer(s_node));
            }
        }

        return (delivered, outcome);

        void FromSender(IReadOnlyList<TransportEffect> effects)
        {
            foreach (var effect in effects)
            {
                switch (effect)
                {
                    case TransportSend send:
                        if (random.Next(100) >= lossPercent) FromReceiver(receiver.OnSegment(s_node, send.Command));
                        FromSender(sender.OnSent(wasAcknowledged: true));
                        break;
                    case TransportArmTimer timer:
                        senderArmed = true;
                        senderDue = now + timer.Due;
                        break;
                    case TransportCancelTimer:
                        senderArmed = false;
                        break;
                    default:
                        outcome = effect;
                        break;
                }
            }
        }

        void FromReceiver(IReadOnlyList<TransportEffect> effects)
        {
            foreach (var effect in effects)
            {
                switch (effect)
                {
                    case TransportSend send:
                        if (random.Next(100) >= lossPercent) FromSender(sender.OnCommand(send.Command));
                        break;
                    case TransportArmTimer timer:
                        receiverArmed = true;
                        receiverDue = now + timer.Due;
                        break;
                    case TransportCancelTimer:
                        receiverArmed = false;
                        break;
                    case TransportDeliver deliver:
                        delivered.Add(deliver.Datagram);
                        break;
                }
            }
        }
    }
}
