using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Sends commands that do not fit into one frame, in segments of Transport Service, one at a time. Belongs to the network's loop.
/// </summary>
internal sealed class DatagramTransmission(NetworkContext context, FrameTransmission frames)
{
    private const byte SessionIds = 16;

    private readonly Queue<ICommand> _answers = new();
    private TaskCompletionSource _answered = NewSignal();
    private NodeId _receiver;
    private byte _nextSession;

    /// <summary>True when the node can put segments together.</summary>
    public static bool CanReach(Node node) =>
        node.Id.IsClassic && node.Root.Supports(TransportServiceCommandClass.Id) && node.Root.VersionOf(TransportServiceCommandClass.Id) >= 2;

    /// <summary>Sends a datagram to the end: OK when the node has all of it.</summary>
    public async Task<TransmitStatus> SendAsync(Node node, ReadOnlyMemory<byte> datagram)
    {
        var machine = new TransportServiceSender(
            context.Identity?.NodeId ?? NodeId.None, node.Id, _nextSession, datagram, TransportServiceTimes.Standard);
        _nextSession = (byte)((_nextSession + 1) % SessionIds);
        _receiver = node.Id;
        _answers.Clear();
        var effects = new Queue<TransportEffect>(machine.Start());
        TimeSpan? due = null;
        var status = TransmitStatus.Ok;
        try
        {
            while (true)
            {
                if (!effects.TryDequeue(out var effect))
                {
                    Add(effects, await NextAsync(machine, due));
                    continue;
                }

                switch (effect)
                {
                    case TransportSend send:
                        status = await frames.SendAsync(node, CommandCodec.Encode(send.Command, CodecContext.Newest));
                        Add(effects, machine.OnSent(status is TransmitStatus.Ok or TransmitStatus.Verified));
                        break;
                    case TransportArmTimer arm:
                        due = arm.Due;
                        break;
                    case TransportCancelTimer:
                        due = null;
                        break;
                    case TransportCompleted:
                        return TransmitStatus.Ok;
                    case TransportFailed:
                        return status is TransmitStatus.Ok or TransmitStatus.Verified ? TransmitStatus.NoAcknowledgement : status;
                }
            }
        }
        finally
        {
            _receiver = NodeId.None;
        }
    }

    /// <summary>Segment Complete, Request or Wait of a node.</summary>
    public void OnAnswer(NodeId node, ICommand answer)
    {
        if (node != _receiver) return;
        _answers.Enqueue(answer);
        _answered.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Add(Queue<TransportEffect> effects, IReadOnlyList<TransportEffect> more)
    {
        foreach (var effect in more) effects.Enqueue(effect);
    }

    private async Task<IReadOnlyList<TransportEffect>> NextAsync(TransportServiceSender machine, TimeSpan? due)
    {
        if (_answers.TryDequeue(out var waiting)) return machine.OnCommand(waiting);
        _answered = NewSignal();
        using var stop = new CancellationTokenSource();
        // Every state that waits has a timer; should one not, the longest wait of the machine ends it.
        var timer = context.DelayAsync(due ?? TransportServiceTimes.Standard.Completion, stop.Token);
        var first = await Task.WhenAny(_answered.Task, timer);
        await stop.CancelAsync();
        return first != timer && _answers.TryDequeue(out var answer) ? machine.OnCommand(answer) : machine.OnTimer();
    }
}
