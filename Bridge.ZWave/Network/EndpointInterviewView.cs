using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>What an interview step may know of one endpoint.</summary>
internal sealed class EndpointInterviewView(Node node, Endpoint endpoint, CommandClassId commandClass, NodeId controllerNodeId, ValueStore values)
    : InterviewView
{
    private static readonly LifelineRule[] s_standardLifeline = [new(1)];

    public override byte Version => VersionOf(commandClass);

    public override EndpointIndex Endpoint => endpoint.Index;

    public override NodeId ControllerNodeId => controllerNodeId;

    public override IReadOnlyCollection<CommandClassId> SupportedClasses => [.. endpoint.Classes.Keys];

    public override IReadOnlyList<int> KnownParameters =>
        node.Device is { } device && endpoint.Index.IsRoot ? [.. device.Parameters.Where(IsRead).Select(static parameter => parameter.Number)] : [];

    public override IReadOnlyList<LifelineRule> Lifelines => node.Device?.Lifelines ?? s_standardLifeline;

    public override byte VersionOf(CommandClassId other) => endpoint.VersionOf(other);

    public override Value Read(PropertyId property) => values.Read(new(node.Id, endpoint.Index, property));

    // Hidden parameters are not shown to anybody, and some of them answer to reading in strange ways.
    private static bool IsRead(ParameterDefinition parameter) => parameter is { IsWriteOnly: false, IsHidden: false, Number: <= byte.MaxValue };
}
