using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// Transport Service of a plug that has it: puts commands together that come in segments, asks for missing ones and says when it has all. What it says itself
/// fits into one frame.
/// </summary>
/// <param name="deliver">Takes a whole command, as if it had come in one frame.</param>
internal sealed class SimulatedTransportService(SimulatedNode node, Action<NodeId, ReadOnlyMemory<byte>> deliver)
{
    private const byte FirstVersion = 2;

    private readonly Dictionary<NodeId, Appointment> _limits = [];
    private TransportServiceReceiver _receiver = New();

    /// <summary>A frame arrived: true when it is one of Transport Service, which goes no further.</summary>
    public bool Take(NodeId source, ReadOnlyMemory<byte> frame, bool isSinglecast)
    {
        if (frame.IsEmpty || frame.Span[0] != TransportServiceCommandClass.Id.Value) return false;
        var isMeant = isSinglecast && node.Plug.VersionOf(TransportServiceCommandClass.Id) >= FirstVersion;
        if (isMeant && CommandCodec.TryDecode(frame.Span, out var segment) == DecodeError.None) Do(_receiver.OnSegment(source, segment!));
        return true;
    }

    /// <summary>The plug is in no network any more.</summary>
    public void Clear()
    {
        foreach (var limit in _limits.Values) limit.Cancel();
        _limits.Clear();
        _receiver = New();
    }

    private static TransportServiceReceiver New() => new(TransportServiceTimes.Standard);

    private void Do(IReadOnlyList<TransportEffect> effects)
    {
        foreach (var effect in effects)
        {
            var peer = effect.Node;
            switch (effect)
            {
                case TransportSend send:
                    node.Transmit(peer, node.Encode(send.Command));
                    break;
                case TransportArmTimer arm:
                    Cancel(peer);
                    _limits[peer] = node.Agenda.After(arm.Due, () => Do(_receiver.OnTimer(peer)));
                    break;
                case TransportCancelTimer or TransportDiscard:
                    Cancel(peer);
                    break;
                case TransportDeliver datagram:
                    deliver(peer, datagram.Datagram);
                    break;
            }
        }
    }

    private void Cancel(NodeId peer)
    {
        if (_limits.Remove(peer, out var limit)) limit.Cancel();
    }
}
