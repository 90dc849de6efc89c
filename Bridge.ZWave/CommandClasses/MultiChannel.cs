using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>
/// Multi Channel (0x60, V2-V4), in version 1 Multi Instance: one node that is several devices. The commands are in
/// MultiChannelEndPoints.cs, MultiChannelEncapsulation.cs and MultiInstance.cs.
/// </summary>
public static class MultiChannelCommandClass
{
    public static readonly CommandClassId Id = new(0x60);

    /// <summary>How many individual endpoints there are: numbers 1 to this.</summary>
    public static readonly PropertyId EndpointCount = new(Id, "endpointCount");

    /// <summary>How many aggregated endpoints follow the individual ones.</summary>
    public static readonly PropertyId AggregatedCount = new(Id, "aggregatedCount");

    /// <summary>True when all individual endpoints have the same classes.</summary>
    public static readonly PropertyId IsIdentical = new(Id, "isIdentical");

    /// <summary>True when endpoints come and go while the node runs.</summary>
    public static readonly PropertyId IsDynamic = new(Id, "isDynamic");

    public static readonly CommandClassDefinition Definition = new(Id, "MULTI_CHANNEL", ImplementedVersion: 4,
    [
        CommandDefinition.Of<MultiInstanceGet>("MULTI_INSTANCE_GET"),
        CommandDefinition.Of<MultiInstanceReport>("MULTI_INSTANCE_REPORT"),
        CommandDefinition.Of<MultiInstanceEncapsulation>("MULTI_INSTANCE_CMD_ENCAP"),
        CommandDefinition.Of<MultiChannelEndPointGet>("MULTI_CHANNEL_END_POINT_GET"),
        CommandDefinition.Of<MultiChannelEndPointReport>("MULTI_CHANNEL_END_POINT_REPORT"),
        CommandDefinition.Of<MultiChannelCapabilityGet>("MULTI_CHANNEL_CAPABILITY_GET"),
        CommandDefinition.Of<MultiChannelCapabilityReport>("MULTI_CHANNEL_CAPABILITY_REPORT"),
        CommandDefinition.Of<MultiChannelEndPointFind>("MULTI_CHANNEL_END_POINT_FIND"),
        CommandDefinition.Of<MultiChannelEndPointFindReport>("MULTI_CHANNEL_END_POINT_FIND_REPORT"),
        CommandDefinition.Of<MultiChannelEncapsulation>("MULTI_CHANNEL_CMD_ENCAP"),
        CommandDefinition.Of<MultiChannelAggregatedMembersGet>("MULTI_CHANNEL_AGGREGATED_MEMBERS_GET"),
        CommandDefinition.Of<MultiChannelAggregatedMembersReport>("MULTI_CHANNEL_AGGREGATED_MEMBERS_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Instances", InterviewPhase.Endpoints, Instances) { RootOnly = true },
            new("Endpoints", InterviewPhase.Endpoints, EndPoints) { MinimumVersion = 2, RootOnly = true },
            new("Endpoint capabilities", InterviewPhase.Endpoints, Capabilities) { MinimumVersion = 2, RootOnly = true },
            new("Aggregated endpoints", InterviewPhase.Endpoints, Members) { MinimumVersion = 4, RootOnly = true },
        ],
    };

    internal const byte EndPointMask = 0x7F;

    /// <summary>Classes a node of version 1 may have more than once: the actuators and sensors (binary, multilevel, meter).</summary>
    private static readonly CommandClassId[] s_instanceClasses = [new(0x25), new(0x26), new(0x30), new(0x31), new(0x32)];

    /// <summary>The classes of an endpoint, as numbers.</summary>
    public static PropertyId EndpointClasses(EndpointIndex endpoint) => new(Id, "endpointClasses", endpoint.Value);

    /// <summary>The generic device class of an endpoint.</summary>
    public static PropertyId EndpointGeneric(EndpointIndex endpoint) => new(Id, "endpointGeneric", endpoint.Value);

    /// <summary>The specific device class of an endpoint.</summary>
    public static PropertyId EndpointSpecific(EndpointIndex endpoint) => new(Id, "endpointSpecific", endpoint.Value);

    /// <summary>The individual endpoints an aggregated endpoint stands for.</summary>
    public static PropertyId Members(EndpointIndex aggregated) => new(Id, "members", aggregated.Value);

    /// <summary>How often a node of version 1 has a class.</summary>
    public static PropertyId Instances(CommandClassId commandClass) => new(Id, "instances", commandClass.Value);

    private static IEnumerable<InterviewRequest> Instances(InterviewView view)
    {
        if (view.Version >= 2) yield break;
        foreach (var commandClass in s_instanceClasses)
        {
            if (!view.Supports(commandClass)) continue;
            yield return InterviewRequest.For<MultiInstanceReport>(
                new MultiInstanceGet(commandClass), report => report.CommandClass == commandClass);
        }
    }

    private static IEnumerable<InterviewRequest> EndPoints(InterviewView view) =>
        [InterviewRequest.For<MultiChannelEndPointReport>(new MultiChannelEndPointGet())];

    private static IEnumerable<InterviewRequest> Capabilities(InterviewView view)
    {
        var individual = Count(view, EndpointCount);
        var all = Math.Min(individual + Count(view, AggregatedCount), EndPointMask);
        var isIdentical = view.Read(IsIdentical).AsBoolean == true;
        for (var number = 1; number <= all; number++)
        {
            var endpoint = new EndpointIndex((byte)number);
            // Identical endpoints are asked once: the first report is stored for all of them. Asked all the same where it was not.
            if (isIdentical && number > 1 && number <= individual && HasClassesOfFirst(view, endpoint)) continue;
            yield return InterviewRequest.For<MultiChannelCapabilityReport>(
                new MultiChannelCapabilityGet(endpoint), report => report.EndPoint == endpoint);
        }
    }

    private static IEnumerable<InterviewRequest> Members(InterviewView view)
    {
        var individual = Count(view, EndpointCount);
        var all = Math.Min(individual + Count(view, AggregatedCount), EndPointMask);
        for (var number = individual + 1; number <= all; number++)
        {
            var endpoint = new EndpointIndex((byte)number);
            yield return InterviewRequest.For<MultiChannelAggregatedMembersReport>(
                new MultiChannelAggregatedMembersGet(endpoint), report => report.AggregatedEndPoint == endpoint);
        }
    }

    private static int Count(InterviewView view, PropertyId property) => (int)(view.Read(property).AsInteger ?? 0);

    private static bool HasClassesOfFirst(InterviewView view, EndpointIndex endpoint)
    {
        var first = view.Read(EndpointClasses(new(1)));
        return first.IsKnown && first == view.Read(EndpointClasses(endpoint));
    }
}
