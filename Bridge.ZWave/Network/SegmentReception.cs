using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Takes a datagram that came whole.</summary>
internal delegate void DatagramHandler(Node node, ReadOnlySpan<byte> datagram);

/// <summary>
/// Transport Service on the network: feeds received segments to the receiving machine, does what it wants done, hands answers to the datagram of ours that is
/// being sent. Belongs to the network's loop.
/// </summary>
internal sealed class SegmentReception(NetworkContext context, CommandSender sender, DatagramHandler deliver)
{
    private readonly TransportServiceReceiver _receiver = new(TransportServiceTimes.Standard);
    private readonly Dictionary<NodeId, ITimer> _timers = [];

    /// <summary>True when the command is one of Transport Service; it goes no further then.</summary>
    public bool TryTake(Node node, ICommand command)
    {
        if (command.Id.CommandClass != TransportServiceCommandClass.Id) return false;
        if (command is TransportFirstSegment or TransportSubsequentSegment) Do(node, _receiver.OnSegment(node.Id, command));
        else sender.OnSegmentAnswer(node.Id, command);
        return true;
    }

    /// <summary>Forgets what is remembered of a node that left.</summary>
    public void Forget(NodeId node)
    {
        _receiver.Forget(node);
        Cancel(node);
    }

    private void Do(Node node, IReadOnlyList<TransportEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case TransportSend send:
                    _ = sender.Send(new SendItem
                    {
                        Node = node.Id,
                        Command = send.Command,
                        Priority = SendPriority.Protocol,
                        SecurityClass = SecurityClass.None,
                        MaximumAttempts = 1,
                    });
                    break;
                case TransportArmTimer arm:
                    Cancel(node.Id);
                    _timers[node.Id] = context.Time.CreateTimer(
                        _ => context.Loop.Post(() => Do(node, _receiver.OnTimer(node.Id))), null, arm.Due, Timeout.InfiniteTimeSpan);
                    break;
                case TransportCancelTimer or TransportDiscard:
                    Cancel(node.Id);
                    break;
                case TransportDeliver datagram:
                    deliver(node, datagram.Datagram.Span);
                    break;
            }
        }
    }

    private void Cancel(NodeId node)
    {
        if (_timers.Remove(node, out var timer)) timer.Dispose();
    }
}
