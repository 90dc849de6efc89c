using Bridge.Tests.Support;
using Bridge.ZWave.Simulation;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>SmartStart on bytes: listening, the prime of a plug that has a DSK, inclusion by the home ids of the DSK, the notice afterwards.</summary>
public sealed class SmartStartTests
{
    // Its public key begins with the DSK 85 20 F0 09 89 30 A7 54 74 8B 7D DC B4 3E F7 5A (RFC 7748, section 6.1).
    private const string PrivateKey = "77 07 6D 0A 73 18 A5 7D 3C 16 C1 72 51 B2 66 45 DF 4C 2F 87 EB C0 99 2A B1 77 FB A5 1D B9 2C 2A";
    private const string Information = "14 04 10 01 5E 25 32 85 8E 59 55 86 72 5A 73 6C 7A 87 70 71 9F";
    private const string Prime = "00 49 85 00 00 F4 8B 7D DC " + Information;

    [Fact]
    public async Task A_plug_with_a_dsk_primes_while_the_controller_listens_and_less_and_less_often()
    {
        await using var bench = new ControllerBench();
        PutOnTable(bench);
        await bench.RequestAsync("4A 49 00");
        await bench.ExpectNothingMoreAsync();

        foreach (var wait in new[] { 4, 8, 16, 32, 64, 128, 256, 512, 512 })
        {
            bench.Time.Advance(TimeSpan.FromSeconds(wait - 1));
            await bench.ExpectNothingMoreAsync();
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            // node 0, RX status 0, home id 748B7DDC of the DSK with the top bits set: F48B7DDC
            await bench.ExpectFrameAsync(Prime);
            // its ACK is there before time goes on
            await bench.ExpectNothingMoreAsync();
        }
    }

    [Fact]
    public async Task Nobody_hears_primes_while_the_controller_does_not_listen()
    {
        await using var bench = new ControllerBench();
        PutOnTable(bench);
        // a plug without a DSK never asks
        bench.Network.PutOnTable(PlugFile.Read(PlugBench.DoubleSwitch));
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        await bench.ExpectNothingMoreAsync();

        await bench.RequestAsync("4A 49 00");
        await bench.RequestAsync("4A 05 00");
        bench.Time.Advance(TimeSpan.FromMinutes(10));

        await bench.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task The_plug_of_these_home_ids_is_included_and_tells_when_it_has_power_again()
    {
        await using var bench = new ControllerBench();
        var plug = PutOnTable(bench);
        await bench.RequestAsync("4A 49 00");
        bench.Time.Advance(TimeSpan.FromSeconds(4));
        await bench.ExpectFrameAsync(Prime);

        // bytes 12..15 B43EF75A of the DSK with the top bits cleared and bit 0 set
        await bench.RequestAsync("4A 48 0C F4 8B 7D DC 34 3E F7 5B");

        await bench.ExpectFrameAsync("00 4A 0C 01 00 00");
        await bench.ExpectFrameAsync("00 4A 0C 02 00 00");
        await bench.ExpectFrameAsync("00 4A 0C 03 05 " + Information);
        await bench.ExpectFrameAsync("00 4A 0C 05 05 00");
        await bench.RequestAsync("4A 05 0D");
        await bench.ExpectFrameAsync("00 4A 0D 06 05 00");
        await bench.RequestAsync("4A 49 00");
        await bench.ExpectNothingMoreAsync();
        bench.Time.Advance(TimeSpan.FromMinutes(30));
        await bench.ExpectNothingMoreAsync();
        plug.FailPower();
        await bench.ExpectFrameAsync("00 49 86 05 " + Information);
    }

    [Fact]
    public async Task Other_home_ids_include_nobody()
    {
        await using var bench = new ControllerBench();
        PutOnTable(bench);
        // the authentication home id differs in its last byte
        await bench.RequestAsync("4A 48 0C F4 8B 7D DC 34 3E F7 5D");
        await bench.ExpectFrameAsync("00 4A 0C 01 00 00");
        await bench.ExpectNothingMoreAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        await bench.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task A_plug_that_comes_later_is_included_when_it_asks()
    {
        await using var bench = new ControllerBench();
        await bench.RequestAsync("4A 48 0C F4 8B 7D DC 34 3E F7 5B");
        await bench.ExpectFrameAsync("00 4A 0C 01 00 00");
        await bench.ExpectNothingMoreAsync();

        PutOnTable(bench);
        bench.Time.Advance(TimeSpan.FromSeconds(4));

        await bench.ExpectFrameAsync("00 4A 0C 02 00 00");
    }

    private static SimulatedNode PutOnTable(ControllerBench bench) =>
        bench.Network.PutOnTable(PlugFile.Read(PlugBench.SmartPlug), WireAssert.Bytes(PrivateKey));
}
