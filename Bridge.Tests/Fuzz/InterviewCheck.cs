using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Fuzz;

/// <summary>The steps of all classes over what nodes made the store believe: they must end, and what they ask must fit a frame.</summary>
internal sealed class InterviewCheck(Random random, ValueStore values)
{
    // The most a step may ask: each of 127 endpoints or 255 groups a few things, far from without end.
    private const int MostRequests = 8192;
    private const int RememberedReports = 16;

    private readonly ICommand?[] _reports = new ICommand?[RememberedReports];
    private readonly byte[] _buffer = new byte[CommandCodec.MaximumLength];

    /// <summary>Requests made by steps.</summary>
    public long Requests { get; private set; }

    /// <summary>Remembers a report to hold against the requests to come.</summary>
    public void Remember(ICommand report) => _reports[random.Next(RememberedReports)] = report;

    public void Run(NodeId node)
    {
        foreach (var definition in CommandRegistry.All)
        {
            var view = new StoreView(values, node, definition.Id, (byte)random.Next(1, 6));
            foreach (var step in definition.InterviewSteps) Run(step, view);
        }
    }

    private void Run(InterviewStep step, StoreView view)
    {
        var count = 0;
        foreach (var request in step.Requests(view))
        {
            FuzzViolation.Unless(++count <= MostRequests, $"the step {step.Name} ends");
            var payload = new PayloadWriter(_buffer);
            CommandCodec.Encode(request.Command, new(view.Version), ref payload);
            FuzzViolation.Unless(!payload.Overflowed, $"a request of the step {step.Name} fits a frame");
            if (request.Match is not { } match) continue;
            foreach (var report in _reports)
            {
                if (report is not null) match(report);
            }
        }

        Requests += count;
    }

    private sealed class StoreView(ValueStore values, NodeId node, CommandClassId commandClass, byte version) : InterviewView
    {
        public override byte Version => version;

        public override EndpointIndex Endpoint => EndpointIndex.Root;

        public override NodeId ControllerNodeId { get; } = new(1);

        public override IReadOnlyCollection<CommandClassId> SupportedClasses { get; } = [.. CommandRegistry.All.Select(static definition => definition.Id)];

        public override IReadOnlyList<int> KnownParameters { get; } = [1, 2, 255];

        public override IReadOnlyList<LifelineRule> Lifelines { get; } = [new(1), new(2, MultiChannel: true), new((byte)commandClass.Value, MultiChannel: false)];

        public override Value Read(PropertyId property) => values.Read(new(node, Endpoint, property));
    }
}
