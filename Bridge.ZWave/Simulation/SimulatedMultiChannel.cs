using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>Multi Channel: which endpoints there are. All of a plug are alike; encapsulation is taken off before.</summary>
internal sealed class SimulatedMultiChannel(SimulatedNode node) : ISimulatedCommandClass
{
    public CommandClassId Id => MultiChannelCommandClass.Id;

    private IEnumerable<PlugEndpoint> Endpoints => node.Plug.Endpoints.Where(endpoint => node.Relays.RelaysOf(endpoint.Number) is not null);

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        switch (command)
        {
            case MultiChannelEndPointGet:
                context.Reply(new MultiChannelEndPointReport(IsDynamic: false, IsIdentical: true, (byte)Endpoints.Count()));
                return CommandOutcome.Done;
            case MultiChannelCapabilityGet get: return AnswerCapability(context, get.EndPoint);
            case MultiChannelEndPointFind find: return AnswerFind(context, find);
            case MultiInstanceGet get:
                var instances = Endpoints.Count(endpoint => endpoint.CommandClasses.Any(supported => supported.Id == get.CommandClass));
                context.Reply(new MultiInstanceReport(get.CommandClass, (byte)instances));
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }

    private CommandOutcome AnswerCapability(CommandContext context, EndpointIndex index)
    {
        if (Endpoints.FirstOrDefault(candidate => candidate.Number == index.Value) is not { } endpoint) return CommandOutcome.Refused;
        var identity = node.Plug.Identity;
        context.Reply(new MultiChannelCapabilityReport(
            index, false, identity.GenericDeviceClass, identity.SpecificDeviceClass, SimulatedNode.Listed(endpoint.CommandClasses)));
        return CommandOutcome.Done;
    }

    private CommandOutcome AnswerFind(CommandContext context, MultiChannelEndPointFind find)
    {
        var identity = node.Plug.Identity;
        var fits = IsOrAny(find.GenericDeviceClass, identity.GenericDeviceClass) && IsOrAny(find.SpecificDeviceClass, identity.SpecificDeviceClass);
        IReadOnlyList<EndpointIndex> found = fits ? [.. Endpoints.Select(static endpoint => new EndpointIndex(endpoint.Number))] : [EndpointIndex.Root];
        context.Reply(new MultiChannelEndPointFindReport(0, find.GenericDeviceClass, find.SpecificDeviceClass, found));
        return CommandOutcome.Done;
    }

    private static bool IsOrAny(byte wanted, byte actual) => wanted == MultiChannelEndPointFind.Any || wanted == actual;
}
