using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Serial;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Fuzz;

/// <summary>The whole host against plugs and a line that say anything.</summary>
[Collection(nameof(FuzzTests))]
public sealed class NetworkFuzzTests
{
    private const int Seed = 20260102;
    private const int Rounds = 50;

    // Fewer than the simulated controller holds back when the host is slow.
    private const int FramesPerRound = 50;
    private const int LongestSaid = 46;

    // What only a fault of ours writes: a failed handler, the end of the session, sender, receiver, background work.
    private static readonly int[] s_faultsOfOurs = [1008, 1011, 2021, 2022, 2023];
    private static readonly ushort[] s_plugs = [2, 3, 4];

    private readonly CountingLogger _logger = new();
    private readonly FrameGenerator _generator = new(new Random(Seed), SeedCorpus.Instance);
    private int _reading = 1_000_000;

    [Fact]
    public async Task Plugs_that_say_anything_break_nothing_and_are_heard_afterwards()
    {
        await using var host = await SimulatedHost.StartAsync(logger: _logger);
        for (var round = 0; round < Rounds; round++)
        {
            for (var count = 0; count < FramesPerRound; count++)
            {
                var command = _generator.NextCommand();
                if (command.Length == 0) continue;
                host.Plugs[s_plugs[count % s_plugs.Length]].Say(command.AsMemory(0, Math.Min(command.Length, LongestSaid)));
            }

            await HearAsync(host);
        }

        Assert.True(host.Network.Counters.CommandsRefused > Rounds, $"refused {host.Network.Counters.CommandsRefused}");
        Assert.True(host.Network.Counters.CommandsUnknown > Rounds, $"unknown {host.Network.Counters.CommandsUnknown}");
        Assert.True(host.Network.Counters.NotDecrypted > 0, "encrypted frames");
        // One line a node and reason, however often it happens.
        Assert.InRange(_logger.Count(2030), 1, s_plugs.Length * Enum.GetValues<DecodeError>().Length);
    }

    [Fact]
    public async Task Line_that_carries_anything_breaks_nothing_and_is_used_afterwards()
    {
        await using var host = await SimulatedHost.StartAsync(logger: _logger);
        for (var round = 0; round < Rounds; round++)
        {
            for (var count = 0; count < FramesPerRound; count++)
            {
                var input = _generator.Next();
                if (input.Kind == FuzzKind.Line) host.Faults.SendRaw(input.Bytes);
            }
        }

        // Among the frames are those of a module that restarts itself: as long as it is set up again requests fail, with a reason.
        for (var tries = 0; !await IsSwitchedAsync(host); tries++) Assert.True(tries < 20, "requests keep failing");
        Assert.True(host.Network.SessionCounters.NoiseBytes > 0);
        Assert.True(host.Network.SessionCounters.BadChecksums > 0);
        AssertNoFaultOfOurs();
    }

    private static async Task<bool> IsSwitchedAsync(SimulatedHost host)
    {
        await host.Probe.UntilAsync(() => host.Probe.Statuses[^1] == ControllerStatus.Ready, "controller ready");
        try
        {
            return await host.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true);
        }
        catch (ZWaveException)
        {
            return false;
        }
    }

    private void AssertNoFaultOfOurs() => Assert.All(s_faultsOfOurs, number => Assert.Equal(0, _logger.Count(number)));

    /// <summary>Every plug tells a reading nothing has told before, and is heard behind all it has said; nothing failed on the way there.</summary>
    private async Task HearAsync(SimulatedHost host)
    {
        foreach (var plug in s_plugs)
        {
            var reading = new MeterReport(MeterType: 1, RateType: 1, Scale: 0, Precision: 2, Size: 4, ++_reading);
            host.Plugs[plug].Say(CommandCodec.Encode(reading, CodecContext.Newest));
            // Heard, not believed: a meter that says anything is asked first whether it means it.
            await host.Probe.UntilAsync(
                () => host.Probe.Commands.Any(told => told.Node.Id.Value == plug && told.Command is MeterReport { } heard && heard.RawValue == _reading),
                $"node {plug} tells {_reading}");
        }

        AssertNoFaultOfOurs();
    }
}
