using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>How a simulated plug puts together what comes in segments.</summary>
public sealed class PlugSegmentTests : IDisposable
{
    // Association Set: group 2 := nodes 10, 11, 12 … 109; the plug takes the first five
    private static readonly byte[] s_command = [0x85, 0x01, 0x02, .. Enumerable.Range(10, 100).Select(static id => (byte)id)];

    private readonly PlugBench _bench = new(PlugBench.SmartPlug);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_command_in_segments_is_done_when_the_last_one_is_there()
    {
        Assert.Empty(_bench.Ask(Segment(0)));
        Assert.Empty(_bench.Ask(Segment(1)));
        Assert.Empty(Members());
        // Segment Complete, session 5
        Assert.Equal(["55 E8 50"], _bench.Ask(Segment(2)));
        Assert.Equal("0A 0B 0C 0D 0E", Members());
    }

    [Fact]
    public void A_segment_that_is_missing_is_asked_for()
    {
        _bench.Tell(Segment(0));
        // Segment Request, session 5, from byte 27 on
        Assert.Equal(["55 C8 50 27"], _bench.Ask(Segment(2)));
        Assert.Equal(["55 E8 50"], _bench.Ask(Segment(1)));
        Assert.Equal("0A 0B 0C 0D 0E", Members());
    }

    [Fact]
    public void After_a_silence_it_asks_for_what_is_missing_and_then_gives_up()
    {
        _bench.Tell(Segment(0));
        Assert.Empty(_bench.After(TransportServiceTimes.Standard.MissingSegment - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(["55 C8 50 27"], _bench.After(TimeSpan.FromMilliseconds(1)));
        Assert.Empty(_bench.After(TransportServiceTimes.Standard.MissingSegment));
        // Segment Wait, none pending: begin again
        Assert.Equal(["55 F0 00"], _bench.Ask(Segment(2)));
        Assert.Empty(Members());
    }

    [Fact]
    public void A_last_segment_that_comes_twice_is_confirmed_twice_and_done_once()
    {
        foreach (var index in new[] { 0, 1, 2 }) _bench.Tell(Segment(index));
        // Association Remove: all of group 2
        _bench.Tell("85 04 02");
        Assert.Equal(["55 E8 50"], _bench.Ask(Segment(2)));
        Assert.Empty(Members());
    }

    [Fact]
    public void A_damaged_segment_is_dropped()
    {
        var damaged = WireAssert.Bytes(Segment(0));
        damaged[^1] ^= 1;
        Assert.Empty(_bench.Ask(Hex.Spaced(damaged)));
        Assert.Empty(_bench.After(TransportServiceTimes.Standard.MissingSegment));
    }

    [Fact]
    public void A_plug_without_the_class_hears_no_segments()
    {
        using var bench = new PlugBench(PlugBench.EnergySwitch);
        foreach (var index in new[] { 0, 1, 2 }) Assert.Empty(bench.Ask(Segment(index)));
    }

    private string Members() => Assert.Single(_bench.Ask("85 02 02"))["85 03 02 05 00".Length..].Trim();

    private static string Segment(int index)
    {
        const int length = TransportServiceCommandClass.MaximumSegmentLength;
        var piece = s_command.AsMemory(index * length, Math.Min(length, s_command.Length - (index * length)));
        ICommand segment = index == 0
            ? new TransportFirstSegment((ushort)s_command.Length, 5, piece)
            : new TransportSubsequentSegment((ushort)s_command.Length, 5, (ushort)(index * length), piece);
        return Hex.Spaced(CommandCodec.Encode(segment, CodecContext.Newest));
    }
}
