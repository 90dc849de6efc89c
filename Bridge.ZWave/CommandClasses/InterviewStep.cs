using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>When a step runs: phases run in this order, each over all endpoints and classes, before the next begins.</summary>
public enum InterviewPhase
{
    /// <summary>What kind of device it is (Z-Wave Plus Info).</summary>
    Identity,

    /// <summary>Version of the node and of each class.</summary>
    Versions,

    /// <summary>Manufacturer and product; after it the device file is known.</summary>
    Manufacturer,

    /// <summary>Endpoints and what they support.</summary>
    Endpoints,

    /// <summary>Groups, their names, and the lifeline.</summary>
    Associations,

    /// <summary>Configuration parameters.</summary>
    Configuration,

    /// <summary>What can be measured and the present state.</summary>
    Values,
}

/// <summary>
/// One step of an interview, as data. <paramref name="Requests"/> is enumerated lazily: the values of each reply are stored before the next
/// request is asked for, so a step can follow what it learns.
/// </summary>
/// <param name="Name">For progress and logs: "Supported scales".</param>
/// <param name="Phase">When it runs.</param>
/// <param name="Requests">The requests, given what is known by then.</param>
public sealed record InterviewStep(string Name, InterviewPhase Phase, Func<InterviewView, IEnumerable<InterviewRequest>> Requests)
{
    /// <summary>The step is left out below this version of the class.</summary>
    public byte MinimumVersion { get; init; } = 1;

    /// <summary>True for questions about the node that are not asked again of its endpoints.</summary>
    public bool RootOnly { get; init; }

    /// <summary>True for what is read again to refresh the present state (switch state, meter readings), not only once.</summary>
    public bool IsState { get; init; }
}

/// <summary>What an incoming command means for a request that waits.</summary>
public enum ReplyMatch
{
    /// <summary>Not the reply.</summary>
    None,

    /// <summary>Part of the reply; more follows.</summary>
    Partial,

    /// <summary>The reply, complete.</summary>
    Complete,
}

/// <summary>One command of a step and how its reply is recognised.</summary>
/// <param name="Command">What is sent.</param>
/// <param name="Match">Recognises the reply (already joined from its parts); null when none comes (a Set).</param>
public sealed record InterviewRequest(ICommand Command, Func<ICommand, ReplyMatch>? Match)
{
    /// <summary>A request answered by one report of type <typeparamref name="TReport"/> that satisfies <paramref name="isReply"/>.</summary>
    public static InterviewRequest For<TReport>(ICommand command, Func<TReport, bool>? isReply = null)
        where TReport : class, ICommand =>
        new(command, reply => reply is TReport report && (isReply is null || isReply(report)) ? ReplyMatch.Complete : ReplyMatch.None);

    /// <summary>A command that no report answers.</summary>
    public static InterviewRequest Send(ICommand command) => new(command, null);
}

/// <summary>What a step may know of the endpoint it asks.</summary>
public abstract class InterviewView
{
    /// <summary>Version of the step's own class on this endpoint, 1 when the node did not say.</summary>
    public abstract byte Version { get; }

    /// <summary>The endpoint asked.</summary>
    public abstract EndpointIndex Endpoint { get; }

    /// <summary>Our own node id: the lifeline's destination.</summary>
    public abstract NodeId ControllerNodeId { get; }

    /// <summary>Every class the endpoint supports.</summary>
    public abstract IReadOnlyCollection<CommandClassId> SupportedClasses { get; }

    /// <summary>Configuration parameters the device file names; empty without a file.</summary>
    public abstract IReadOnlyList<int> KnownParameters { get; }

    /// <summary>Association groups the controller shall be a member of; 1 (the lifeline) without a device file.</summary>
    public abstract IReadOnlyList<LifelineRule> Lifelines { get; }

    /// <summary>The present value of a property of this endpoint; <see cref="Value.Unknown"/> when there is none.</summary>
    public abstract Value Read(PropertyId property);

    public bool Supports(CommandClassId commandClass) => SupportedClasses.Contains(commandClass);

    /// <summary>
    /// Version of another class on this endpoint, 1 when the node did not say (0 of a listed class is a fault of the device and counts
    /// as 1 too). Override it where versions are kept elsewhere than in the values of this endpoint.
    /// </summary>
    public virtual byte VersionOf(CommandClassId commandClass) =>
        Read(VersionCommandClass.ClassVersion(commandClass)).AsInteger is { } version and >= 1 and <= byte.MaxValue
            ? (byte)version
            : (byte)1;
}

/// <summary>An association group the controller joins at interview.</summary>
/// <param name="Group">The group number.</param>
/// <param name="MultiChannel">
/// How to join when the node has Multi Channel Association: null lets the versions decide (from version 3 on as "node, endpoint 0", which
/// makes the node report encapsulated), true insists on it, false uses Association only.
/// </param>
public sealed record LifelineRule(byte Group, bool? MultiChannel = null);
