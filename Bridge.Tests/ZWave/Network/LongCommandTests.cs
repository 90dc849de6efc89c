using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>A command that does not fit into one frame, from our host to a simulated plug.</summary>
public sealed class LongCommandTests : IAsyncLifetime
{
    // 63 bytes: two segments, of 39 and 24
    private static readonly AssociationSet s_command = new(2, [.. Enumerable.Range(10, 60).Select(static id => (byte)id)]);

    private NetworkBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await NetworkBench.StartAsync(PlugFile.Read("n4003"));

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task It_goes_in_segments_and_the_plug_does_it()
    {
        var since = _bench.Said(2).Length;
        Assert.Equal(SendOutcome.Acknowledged, await SendAsync());
        // First Segment, Subsequent Segment; of 63 bytes
        Assert.Equal(["55 C0 3F", "55 E0 3F"], _bench.Said(2, since).Select(static hex => hex[.."55 C0 3F".Length]));
        Assert.Equal([10, 11, 12, 13, 14], await MembersAsync());
    }

    [Theory]
    [InlineData("55 C0")]
    [InlineData("55 E0")]
    public async Task A_segment_that_gets_lost_on_the_way_is_sent_again(string start)
    {
        var isLost = false;
        var says = _bench.Plugs.ControllerSays;
        _bench.Plugs.ControllerSays = (node, frame) =>
        {
            says(node, frame);
            if (isLost || !Hex.Spaced(frame.Span).StartsWith(start, StringComparison.Ordinal)) return;
            // The module has its acknowledgement already; the plug hears nothing of this frame.
            isLost = true;
            _bench.Plugs[2].IsDead = true;
            _bench.Plugs.Agenda.At(_bench.Plugs.Agenda.Now, () => _bench.Plugs[2].IsDead = false);
        };
        Assert.Equal(SendOutcome.Acknowledged, await SendAsync());
        Assert.True(isLost);
        Assert.Equal([10, 11, 12, 13, 14], await MembersAsync());
    }

    private Task<SendOutcome> SendAsync() => _bench.Network.Context.Loop.RunAsync(() =>
        _bench.Network.Sender.Send(new() { Node = new(2), Command = s_command, Priority = SendPriority.User }));

    private async Task<IReadOnlyList<byte>> MembersAsync()
    {
        var report = await _bench.Network.Context.Loop.RunAsync(() => _bench.Network.Exchange.QueryAsync<AssociationReport>(
            _bench.Network.Context.FindNode(new(2))!, EndpointIndex.Root, new AssociationGet(2), SendPriority.User, CancellationToken.None));
        return report!.NodeIds;
    }
}
