using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>The way of a command into a plug: encapsulations off, command class found, answers wrapped the same way.</summary>
internal sealed class NodeReceiver(SimulatedNode node)
{
    private (NodeId Source, byte SessionId, SupervisionStatus Status)? _lastSession;

    /// <param name="securityClass">How it was encrypted; answers are encrypted the same way.</param>
    public void Receive(NodeId source, ReadOnlyMemory<byte> bytes, bool isSinglecast, SecurityClass securityClass) =>
        Unwrap(new(source, 0, false, securityClass, isSinglecast ? static command => command : null), bytes);

    private CommandOutcome Unwrap(Arrival arrival, ReadOnlyMemory<byte> bytes)
    {
        if (CommandCodec.TryDecode(bytes.Span, out var command) != DecodeError.None) return CommandOutcome.Unknown;
        switch (command)
        {
            case Crc16Encapsulation crc when Has(Crc16EncapsulationCommandClass.Id):
                return Unwrap(arrival.Inside(static inner => new Crc16Encapsulation(inner)), crc.Command);
            case MultiChannelEncapsulation channel when Has(MultiChannelCommandClass.Id) && !arrival.IsInChannel:
                return UnwrapMultiChannel(arrival, channel);
            case MultiInstanceEncapsulation instance when Has(MultiChannelCommandClass.Id) && !arrival.IsInChannel:
                return UnwrapMultiInstance(arrival, instance);
            case SupervisionGet supervised when Has(SupervisionCommandClass.Id):
                return Supervise(arrival, supervised);
            case SupervisionReport report:
                node.Reports.Confirmed(report.SessionId);
                return CommandOutcome.Done;
            default:
                return Handle(arrival, command!);
        }
    }

    private CommandOutcome UnwrapMultiChannel(Arrival arrival, MultiChannelEncapsulation channel)
    {
        if (channel.Destination.IsBitAddress)
        {
            // A mask of endpoints is never answered.
            foreach (var number in channel.Destination.EndPoints) Unwrap(arrival.At((byte)number) with { Wrap = null }, channel.Command);
            return CommandOutcome.Done;
        }

        var endpoint = channel.Destination.EndPoint;
        if (node.Relays.RelaysOf(endpoint.Value) is null) return CommandOutcome.Unknown;
        var inside = arrival.Inside(inner => new MultiChannelEncapsulation(endpoint, new MultiChannelDestination(channel.SourceEndPoint), inner));
        return Unwrap(inside.At(endpoint.Value), channel.Command);
    }

    private CommandOutcome UnwrapMultiInstance(Arrival arrival, MultiInstanceEncapsulation instance)
    {
        if (node.Relays.RelaysOf(instance.Instance.Value) is null) return CommandOutcome.Unknown;
        var inside = arrival.Inside(inner => new MultiInstanceEncapsulation(instance.Instance, inner));
        return Unwrap(inside.At(instance.Instance.Value), instance.Command);
    }

    private CommandOutcome Supervise(Arrival arrival, SupervisionGet supervised)
    {
        // Never answered when sent to several nodes; such a frame is dropped.
        if (arrival.Wrap is null) return CommandOutcome.Unknown;
        SupervisionStatus status;
        if (_lastSession is { } last && last.Source == arrival.Source && last.SessionId == supervised.SessionId)
        {
            // The same session again is a repetition: answered, not done again.
            status = last.Status;
        }
        else
        {
            status = Unwrap(arrival with { Wrap = null }, supervised.Command) switch
            {
                CommandOutcome.Done => SupervisionStatus.Success,
                CommandOutcome.Refused => SupervisionStatus.Fail,
                _ => SupervisionStatus.NoSupport,
            };
            _lastSession = (arrival.Source, supervised.SessionId, status);
        }

        Reply(arrival, new SupervisionReport(supervised.SessionId, status));
        return CommandOutcome.Done;
    }

    private CommandOutcome Handle(Arrival arrival, ICommand command)
    {
        var id = command.Id.CommandClass;
        if (!node.Security.Allows(id, arrival.SecurityClass)) return CommandOutcome.Unknown;
        if (!IsOn(arrival.Endpoint, id) || !node.CommandClasses.TryGetValue(id, out var commandClass)) return CommandOutcome.Unknown;
        return commandClass.Handle(new(arrival.Endpoint, arrival.Source, arrival.SecurityClass, answer => Reply(arrival, answer)), command);
    }

    private void Reply(Arrival arrival, ICommand answer)
    {
        if (arrival.Wrap is { } wrap) node.Send(arrival.Source, wrap(node.Encode(answer)), arrival.SecurityClass);
    }

    private bool Has(CommandClassId commandClass) => IsOn(0, commandClass);

    private bool IsOn(byte endpoint, CommandClassId commandClass)
    {
        var classes = endpoint == 0 ? node.Plug.CommandClasses : node.Plug.Endpoints.FirstOrDefault(candidate => candidate.Number == endpoint)?.CommandClasses;
        return classes is not null && classes.Any(supported => supported.Id == commandClass);
    }

    /// <param name="IsInChannel">Inside Multi Channel already, which must not be nested.</param>
    /// <param name="Wrap">Puts an answer into the encapsulations of the question; null = no answers.</param>
    private sealed record Arrival(NodeId Source, byte Endpoint, bool IsInChannel, SecurityClass SecurityClass, Func<byte[], byte[]>? Wrap)
    {
        public Arrival At(byte endpoint) => this with { Endpoint = endpoint, IsInChannel = true };

        public Arrival Inside(Func<byte[], ICommand> encapsulate) => Wrap is not { } outer
            ? this
            : this with { Wrap = inner => outer(CommandCodec.Encode(encapsulate(inner), CodecContext.Newest)) };
    }
}
