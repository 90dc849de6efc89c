using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Serial;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>What is dropped on the way in has a reason, a counter and one line in the log, however often it happens.</summary>
public sealed class DroppedCommandTests : IAsyncLifetime
{
    private const ushort Plug = 3;

    private readonly CountingLogger _logger = new();
    private SimulatedHost _host = null!;
    private byte _basic;

    public async ValueTask InitializeAsync() => _host = await SimulatedHost.StartAsync(logger: _logger);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Malformed_command_is_counted_and_told_once()
    {
        await SayTwiceAsync("32 02 21 44 00");
        Assert.Equal((2, 1), (_host.Network.Counters.CommandsRefused, _logger.Count(2030)));
    }

    [Fact]
    public async Task Unknown_commands_are_counted_and_each_is_told_once()
    {
        await SayTwiceAsync("3F 01 02");
        await SayTwiceAsync("25 77");
        Assert.Equal((4, 2), (_host.Network.Counters.CommandsUnknown, _logger.Count(2031)));
    }

    [Fact]
    public async Task Report_of_an_endpoint_that_does_not_exist_is_counted_and_told_once()
    {
        await SayTwiceAsync("60 0D 07 00 25 03 FF");
        Assert.Equal((2, 1), (_host.Network.Counters.CommandsRefused, _logger.Count(2033)));
    }

    [Fact]
    public async Task Report_of_a_class_the_plug_does_not_have_is_counted_and_told_once()
    {
        // this plug has no notifications
        await SayTwiceAsync("71 05 00 00 00 FF 08 08 00");
        Assert.Equal((2, 1), (_host.Network.Counters.CommandsRefused, _logger.Count(2033)));
    }

    [Fact]
    public async Task Command_of_a_node_that_is_not_in_the_network_is_counted_and_told_once()
    {
        // node 77 switches on
        var frame = new DataFrame(FrameType.Request, new(0x04), WireAssert.Bytes("00 00 4D 03 25 03 FF B5"));
        for (var count = 0; count < 2; count++) _host.Faults.SendRaw(frame.ToBytes());
        await HearAsync();
        Assert.Equal((2, 1), (_host.Network.Counters.StrangersDropped, _logger.Count(2034)));
    }

    [Fact]
    public async Task Identity_that_changes_with_every_report_is_counted_and_told_once()
    {
        for (byte product = 1; product <= 4; product++) _host.Plugs[Plug].Say(WireAssert.Bytes($"72 05 01 02 03 04 05 {product:X2}"));
        await HearAsync();
        Assert.Equal((4, 1), (_host.Network.Counters.CommandsRefused, _logger.Count(2032)));
    }

    private async Task SayTwiceAsync(string hex)
    {
        for (var count = 0; count < 2; count++) _host.Plugs[Plug].Say(WireAssert.Bytes(hex));
        await HearAsync();
    }

    /// <summary>What was said before is dealt with when this is heard.</summary>
    private Task HearAsync()
    {
        var said = ++_basic;
        _host.Plugs[Plug].Say(new byte[] { 0x20, 0x03, said });
        return _host.Probe.UntilAsync(
            () => _host.Probe.Commands.Any(received => received.Command is BasicReport report && report.CurrentValue == said), $"Basic Report {said}");
    }
}
