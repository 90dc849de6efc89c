using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>
/// A node on paper: answers interview requests from a table (request hex to report hex) and keeps the values told, so that a step sees
/// what it has learned. A request without an entry gets no answer.
/// </summary>
internal sealed class InterviewScript : InterviewView
{
    private readonly CollectedValues _told = new();
    private readonly List<CommandClassId> _supported = [];
    private byte _version = 1;

    public Dictionary<string, string> Answers { get; } = [];

    /// <summary>Answers that change: the first one is given once, then the next; before <see cref="Answers"/>.</summary>
    public Dictionary<string, Queue<string>> AnswersOnce { get; } = [];

    /// <summary>What was asked, as spaced hex.</summary>
    public List<string> Sent { get; } = [];

    public override byte Version => _version;

    public override EndpointIndex Endpoint { get; } = EndpointIndex.Root;

    public NodeId Controller { get; init; } = new(1);

    public override NodeId ControllerNodeId => Controller;

    public override IReadOnlyCollection<CommandClassId> SupportedClasses => _supported;

    public override IReadOnlyList<int> KnownParameters => [];

    public LifelineRule[] Rules { get; init; } = [new(1)];

    public override IReadOnlyList<LifelineRule> Lifelines => Rules;

    public override Value Read(PropertyId property) => _told[property];

    /// <summary>Lists the class and lets the node have reported this version of it.</summary>
    public InterviewScript Supporting(CommandClassId commandClass, byte version)
    {
        _supported.Add(commandClass);
        _told.Set(VersionCommandClass.ClassVersion(commandClass), Value.Of(version));
        return this;
    }

    /// <summary>Runs all steps of the classes in this order and returns what was sent.</summary>
    public List<string> Run(params CommandClassDefinition[] classes)
    {
        foreach (var definition in classes)
        {
            _version = VersionOf(definition.Id);
            foreach (var step in definition.InterviewSteps.Where(step => step.MinimumVersion <= _version)) Run(step);
        }

        return Sent;
    }

    /// <summary>Runs one step and returns what was sent so far.</summary>
    public List<string> Run(InterviewStep step)
    {
        foreach (var request in step.Requests(this))
        {
            var hex = Hex.Spaced(CommandCodec.Encode(request.Command, new(VersionOf(request.Command.Id.CommandClass))));
            Sent.Add(hex);
            if (request.Match is null) continue;
            if ((!AnswersOnce.TryGetValue(hex, out var changing) || !changing.TryDequeue(out var answer))
                && !Answers.TryGetValue(hex, out answer)) continue;
            Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(answer), out var report));
            if (request.Match(report!) == ReplyMatch.Complete) (report as IValueReport)?.CollectValues(_told);
        }

        return Sent;
    }
}
