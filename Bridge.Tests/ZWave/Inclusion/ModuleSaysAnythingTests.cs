using Bridge.ZWave;
using Bridge.ZWave.Inclusion;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>Whatever a module says while a node may join or leave, it ends, and the next may begin.</summary>
public sealed class ModuleSaysAnythingTests
{
    private static readonly byte[] s_statuses = [1, 2, 3, 4, 5, 6, 7, 9, 0x23, 0x55];

    [Theory]
    [InlineData(0x4A)]
    [InlineData(0x4B)]
    public async Task It_ends(byte function)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var said = new byte[random.Next(12)];
            random.NextBytes(said);
            await EndsAsync(function, said);
        }
    }

    private static async Task EndsAsync(byte function, byte[] said)
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        // Nobody answers what the module is asked for after this.
        var asked = new List<string>();
        var start = function == 0x4A
            ? rig.Inclusion.StartInclusionAsync(TimeSpan.FromSeconds(60), InclusionStrategy.Insecure, rig.User)
            : rig.Inclusion.StartExclusionAsync(TimeSpan.FromSeconds(60));
        var (_, id) = await rig.TakeAsync();
        foreach (var one in said)
        {
            await rig.SayAsync(function, id, s_statuses[one % s_statuses.Length], (ushort)(one % 3), one % 2 == 0 ? "00" : "03 04 10 01");
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await rig.Network.ReadAsync(_ => rig.Inclusion.Activity) != InclusionActivity.None)
        {
            limit.Token.ThrowIfCancellationRequested();
            // Nothing is on the line while time goes on.
            for (var turn = 0; turn < 3; turn++) await rig.SyncAsync();
            rig.Time.Advance(TimeSpan.FromSeconds(5));
            while (rig.TryTake() is { } request) asked.Add(request);
        }

        await Record.ExceptionAsync(() => start);
        await rig.SyncAsync();
        while (rig.TryTake() is { } request) asked.Add(request);
        // The last word is always that it is over.
        Assert.Contains(asked, request => request == $"{function:X2} 05 00");
    }
}
