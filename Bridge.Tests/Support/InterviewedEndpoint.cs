using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>
/// An endpoint as an interview step sees it. Steps are lazy: <see cref="Ask"/> lets an answer arrive before the next request is taken.
/// </summary>
internal sealed class InterviewedEndpoint(byte version) : InterviewView
{
    private readonly CollectedValues _values = new();

    public override byte Version => version;

    public override EndpointIndex Endpoint => EndpointIndex.Root;

    public override NodeId ControllerNodeId => new(1);

    public override IReadOnlyCollection<CommandClassId> SupportedClasses => Supported;

    public CommandClassId[] Supported { get; init; } = [];

    public override IReadOnlyList<int> KnownParameters => Parameters;

    public int[] Parameters { get; init; } = [];

    public override IReadOnlyList<LifelineRule> Lifelines => [new(1)];

    public override Value Read(PropertyId property) => _values[property];

    /// <summary>A report that arrived before the step began.</summary>
    public InterviewedEndpoint Knowing(string hex)
    {
        Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(hex), out var command));
        _values.Add(command!);
        return this;
    }

    /// <summary>Runs a step against <paramref name="answer"/> (request to report, null for silence) and returns what was sent.</summary>
    public string[] Ask(InterviewStep step, Func<string, string?>? answer = null)
    {
        List<string> sent = [];
        if (Version < step.MinimumVersion) return [];
        foreach (var request in step.Requests(this))
        {
            var hex = Hex.Spaced(CommandCodec.Encode(request.Command, new(Version)));
            sent.Add(hex);
            if (answer?.Invoke(hex) is not { } reply) continue;
            Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(reply), out var report));
            if (request.Match?.Invoke(report!) == ReplyMatch.Complete) _values.Add(report!);
        }

        return [.. sent];
    }
}
