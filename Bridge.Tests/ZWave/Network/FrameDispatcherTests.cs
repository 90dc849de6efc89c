using Bridge.Tests.Support;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

public sealed class FrameDispatcherTests
{
    [Fact]
    public async Task Frames_that_come_faster_than_they_are_handled_are_dropped_and_counted()
    {
        await using var session = new SerialApiSession(
            new MemoryTransport("memory"), SessionTimeouts.Default, TimeProvider.System, NullLogger.Instance);
        var context = new NetworkContext(session, DeviceCatalog.Empty, new(), TimeProvider.System, NullLogger.Instance);
        // A callback nobody waits for concerns no part of the network: only the way to the loop is looked at here.
        var dispatcher = new FrameDispatcher(context, null!, null!, null!, null!, null!);
        var frame = new DataFrame(FrameType.Request, SendData.Id, WireAssert.Bytes("7B 00"));
        using var handled = new ManualResetEventSlim();
        context.Loop.Post(handled.Wait);
        for (var number = 0; number < FrameDispatcher.MaximumWaiting + 10; number++) dispatcher.OnFrame(frame);
        Assert.Equal(10, context.Counters.FramesDropped);
        handled.Set();
        await context.Loop.ReadAsync(static () => true);
        // the loop caught up: there is room again
        dispatcher.OnFrame(frame);
        Assert.Equal(10, context.Counters.FramesDropped);
    }
}
