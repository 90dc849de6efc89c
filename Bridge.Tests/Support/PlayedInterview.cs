using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Support;

/// <summary>
/// Plays the steps of one command class against a table of answers: request hex to report hex. Requests without an answer time out.
/// </summary>
internal sealed class PlayedInterview(CommandClassDefinition definition, byte version) : InterviewView
{
    /// <summary>More requests than any honest interview of one class needs; a step that follows a node in circles ends here.</summary>
    private const int MaximumRequests = 1000;

    public CollectedValues Values { get; } = new();

    public Dictionary<string, string> Answers { get; init; } = [];

    /// <summary>The requests sent, as hex.</summary>
    public List<string> Sent { get; } = [];

    public override byte Version => version;

    public override EndpointIndex Endpoint => EndpointIndex.Root;

    public override NodeId ControllerNodeId => new(1);

    public override IReadOnlyCollection<CommandClassId> SupportedClasses => [definition.Id];

    public override IReadOnlyList<int> KnownParameters => [];

    public override IReadOnlyList<LifelineRule> Lifelines => [new(1)];

    public override Value Read(PropertyId property) => Values[property];

    /// <summary>Runs every step the version has, in the order of the phases.</summary>
    public PlayedInterview Run()
    {
        foreach (var step in definition.InterviewSteps.Where(step => step.MinimumVersion <= version).OrderBy(static step => step.Phase))
        {
            foreach (var request in step.Requests(this))
            {
                var hex = Hex.Spaced(CommandCodec.Encode(request.Command, new(version)));
                Sent.Add(hex);
                if (Sent.Count > MaximumRequests) throw new InvalidOperationException("the step never ends");
                if (request.Match is null || !Answers.TryGetValue(hex, out var answer)) continue;
                if (CommandCodec.TryDecode(WireAssert.Bytes(answer), out var report) != DecodeError.None) throw new InvalidOperationException(answer);
                if (request.Match(report!) == ReplyMatch.Complete) (report as IValueReport)?.CollectValues(Values);
            }
        }

        return this;
    }
}
