using System.Threading.Channels;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Cli;

/// <summary>What of a network the demonstration shows, in the order it happened.</summary>
public sealed class DemoEvents : INetworkObserver
{
    private readonly Channel<DemoEvent> _events = Channel.CreateUnbounded<DemoEvent>(new() { SingleReader = true });

    public ChannelReader<DemoEvent> Reader => _events.Reader;

    public void ControllerChanged(ControllerStatus status) => _events.Writer.TryWrite(new(default) { Controller = status });

    public void InterviewProgressed(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        _events.Writer.TryWrite(new(node.Id) { Interview = node.Interview });
    }

    public void ValueUpdated(ValueUpdate update)
    {
        if (update.IsChange && ReadingText.IsReading(update.Id.Property)) _events.Writer.TryWrite(new(update.Id.Node) { Change = update });
    }
}

/// <summary>One event; exactly one of the properties is set.</summary>
/// <param name="Node">Where; of no meaning when the controller changed.</param>
public sealed record DemoEvent(NodeId Node)
{
    public ControllerStatus? Controller { get; init; }

    public InterviewProgress? Interview { get; init; }

    public ValueUpdate? Change { get; init; }
}
