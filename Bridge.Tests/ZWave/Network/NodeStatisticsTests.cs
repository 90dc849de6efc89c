using Bridge.Tests.Support;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

public sealed class NodeStatisticsTests
{
    [Fact]
    public void The_last_acknowledged_frame_tells_route_and_signal()
    {
        var statistics = new NodeStatistics();
        var report = Report(-53) with { RepeaterCount = 2, LastRouteRepeaters = new(7, 9) };
        statistics.Note(TransmitStatus.Ok, report);
        Assert.Equal((1, -53, report), (statistics.FramesAcknowledged, statistics.AckRssiDbm, statistics.LastReport));
        Assert.Equal([7, 9], statistics.Repeaters.Select(static node => (int)node.Value));
    }

    [Fact]
    public void A_frame_nobody_acknowledged_tells_only_where_it_got_stuck()
    {
        var statistics = new NodeStatistics();
        statistics.Note(TransmitStatus.Ok, Report(-53));
        statistics.Note(TransmitStatus.NoAcknowledgement, Report(-20) with { LastFailedLinkFrom = 7, LastFailedLinkTo = 4 });
        statistics.Note(TransmitStatus.Fail, null);
        Assert.Equal((1, 1, 1), (statistics.FramesAcknowledged, statistics.FramesNotAcknowledged, statistics.FramesNotSent));
        Assert.Equal(-53, statistics.AckRssiDbm);
        Assert.Equal(new FailedLink(new(7), new(4)), statistics.LastFailedLink);
    }

    [Fact]
    public void A_signal_that_was_not_measured_leaves_the_last_one()
    {
        var statistics = new NodeStatistics();
        statistics.Note(TransmitStatus.Ok, Report(-53));
        statistics.Note(TransmitStatus.Ok, Report(-53) with { AckRssi = Rssi.NotAvailable });
        Assert.Equal(-53, statistics.AckRssiDbm);
    }

    [Fact]
    public void Transmit_time_is_smoothed()
    {
        var statistics = new NodeStatistics();
        statistics.Note(TransmitStatus.Ok, Report(-53) with { TransmitTicks = 4 });
        statistics.Note(TransmitStatus.Ok, Report(-53) with { TransmitTicks = 8 });
        // three quarters of 40 ms and one of 80
        Assert.Equal(TimeSpan.FromMilliseconds(50), statistics.TransmitTime);
    }

    [Fact]
    public void Noting_a_frame_allocates_nothing()
    {
        var statistics = new NodeStatistics();
        var report = Report(-53) with { LastFailedLinkFrom = 7, LastFailedLinkTo = 4 };
        statistics.Note(TransmitStatus.Ok, report);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var frame = 0; frame < 1000; frame++) statistics.Note(TransmitStatus.Ok, report);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // less than a byte a frame: the counter itself may cost a little
        Assert.InRange(allocated, 0, 999);
    }

    [Fact]
    public async Task Commands_on_the_air_are_counted_with_their_route()
    {
        await using var host = await SimulatedHost.StartAsync();
        host.Plugs.Reach.Set(new(2), new NodeId(3));
        await host.Network.PingAsync(new(2));
        var (signal, repeaters) = await host.Network.ReadAsync(static view =>
            (view.FindNode(new(2))!.Statistics.AckRssiDbm, view.FindNode(new(2))!.Statistics.Repeaters.ToArray()));
        Assert.Equal(-53, signal);
        Assert.Equal([new NodeId(3)], repeaters);
    }

    private static TransmitReport Report(sbyte rssi) => new() { AckRssi = new(rssi), LastFailedLinkFrom = 0, LastFailedLinkTo = 0 };
}
