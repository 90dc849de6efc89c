using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>
/// A node on paper: answers the requests of interview steps (request hex to report hex) and keeps the values told, so that a step sees what
/// it has learned. A request without an answer times out.
/// </summary>
internal sealed class PlayedInterview(byte version = 1) : InterviewView
{
    /// <summary>More requests than any honest interview of one class needs; a step that follows a node in circles ends here.</summary>
    private const int MaximumRequests = 1000;

    private readonly List<CommandClassId> _supported = [];
    private readonly CommandClassDefinition? _definition;
    private byte _version = version;

    /// <summary>A node with this class, in this version.</summary>
    public PlayedInterview(CommandClassDefinition definition, byte version)
        : this(version)
    {
        _definition = definition;
        Supporting(definition.Id, version);
    }

    public Dictionary<string, string> Answers { get; init; } = [];

    /// <summary>Answers that change: the first one is given once, then the next; before <see cref="Answers"/>.</summary>
    public Dictionary<string, Queue<string>> AnswersOnce { get; } = [];

    /// <summary>Answers what no table does; null for silence.</summary>
    public Func<string, string?> OtherAnswers { get; init; } = static _ => null;

    /// <summary>What was asked, as spaced hex.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>Answers that were not what the request waited for.</summary>
    public List<string> NotTaken { get; } = [];

    public CollectedValues Values { get; } = new();

    public NodeId Controller { get; init; } = new(1);

    public int[] Parameters { get; init; } = [];

    public LifelineRule[] Rules { get; init; } = [new(1)];

    public override byte Version => _version;

    public override EndpointIndex Endpoint => EndpointIndex.Root;

    public override NodeId ControllerNodeId => Controller;

    public override IReadOnlyCollection<CommandClassId> SupportedClasses => _supported;

    public override IReadOnlyList<int> KnownParameters => Parameters;

    public override IReadOnlyList<LifelineRule> Lifelines => Rules;

    public override Value Read(PropertyId property) => Values[property];

    /// <summary>Lists the class and lets the node have reported this version of it.</summary>
    public PlayedInterview Supporting(CommandClassId commandClass, byte version)
    {
        _supported.Add(commandClass);
        Values.Set(VersionCommandClass.ClassVersion(commandClass), Value.Of(version));
        return this;
    }

    /// <summary>A report that arrived before.</summary>
    public PlayedInterview Knowing(string hexReport)
    {
        Values.Take(hexReport);
        return this;
    }

    /// <summary>Runs every step of the node's class and returns what was sent.</summary>
    public List<string> Run() => Run(_definition ?? throw new InvalidOperationException("of which class?"));

    /// <summary>Runs every step the version of the class has, in the order of the phases, and returns what was sent.</summary>
    public List<string> Run(CommandClassDefinition definition)
    {
        if (Supports(definition.Id)) _version = VersionOf(definition.Id);
        foreach (var step in definition.InterviewSteps.OrderBy(static step => step.Phase)) Run(step);
        return Sent;
    }

    /// <summary>Runs one step, if the version has it, and returns what was sent so far.</summary>
    public List<string> Run(InterviewStep step)
    {
        if (Version < step.MinimumVersion) return Sent;
        foreach (var request in step.Requests(this))
        {
            var commandClass = request.Command.Id.CommandClass;
            var hex = WireAssert.Encode(request.Command, Supports(commandClass) ? VersionOf(commandClass) : Version);
            Sent.Add(hex);
            Assert.True(Sent.Count <= MaximumRequests, "the step never ends");
            if (request.Match is null || AnswerTo(hex) is not { } answer) continue;
            Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(answer), out var report));
            if (request.Match(report!) == ReplyMatch.Complete) Values.Add(report!);
            else NotTaken.Add(answer);
        }

        return Sent;
    }

    private string? AnswerTo(string hex) =>
        AnswersOnce.TryGetValue(hex, out var changing) && changing.TryDequeue(out var next) ? next
        : Answers.TryGetValue(hex, out var answer) ? answer
        : OtherAnswers(hex);
}
