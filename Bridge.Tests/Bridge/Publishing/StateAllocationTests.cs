using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.Publishing;
using Bridge.Tests.Support;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.Publishing;

/// <summary>From a report to its message: what is allocated is the message, and nothing on the way there.</summary>
public sealed class StateAllocationTests
{
    private const int Rounds = 1000;
    private const int Measurements = 5;

    // The message itself with its header, and the array with the text, rounded up.
    private const int BytesAroundText = 220;

    [Fact]
    public void Published_report_allocates_its_message_and_text()
    {
        using var rig = new AllocationRig();
        var text = rig.Report(0);
        // What the store keeps is not the publisher's doing.
        var perRound = Allocated(round => rig.Report(round)) - Allocated(rig.Store);
        Assert.InRange(perRound, text, text + BytesAroundText);
    }

    [Fact]
    public void Report_that_tells_nothing_new_allocates_nothing()
    {
        using var rig = new AllocationRig();
        rig.Report(1);
        Assert.Equal(0, Allocated(_ => rig.Repeat(1)));
    }

    private static long Allocated(Action<int> work)
    {
        for (var round = 0; round < 10; round++) work(round);
        return Enumerable.Range(0, Measurements).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < Rounds; round++) work(round);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }) / Rounds;
    }

    /// <summary>Reports reach the publisher without the store, which allocates what it keeps.</summary>
    private sealed class AllocationRig : IDisposable, IMessageSink
    {
        private readonly TemporaryFolder _folder = new();
        private readonly ManualTimeProvider _time = new();
        private readonly StatePublisher _states;
        private readonly FakeNetworkView _view;
        private readonly ValueId _id = FakeNetworkView.Power(new(4));
        private int _length;

        public AllocationRig()
        {
            _view = new(_time);
            var directory = new NodeDirectory(_folder.Path, _time, NullLogger.Instance);
            _states = new(_view, new(_view), directory, this, new("base"), new() { Join = TimeSpan.Zero }, static action => action(), _time);
            var node = _view.AddPlug(new(4));
            node.Status = NodeStatus.Alive;
            node.LastSeen = _time.GetUtcNow();
            _view.Status = ControllerStatus.Ready;
            _states.NodeAdded(node);
        }

        public int Report(int round)
        {
            Store(round);
            Repeat(round);
            return _length;
        }

        public void Store(int round) => _view.Values.Restore(_id, Value.OfDecimal(1001 + (2 * (round & 1)), 1), null);

        public void Repeat(int round) => _states.ValueUpdated(new(_id, Value.Unknown, Value.Of(true)));

        public void Publish(MqttMessage message) => _length = message.Payload.Length;

        public void Dispose()
        {
            _states.Dispose();
            _folder.Dispose();
        }
    }
}
