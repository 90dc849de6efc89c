using Bridge.ZWave;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Upkeep;
using Xunit;

namespace Bridge.Tests.ZWave.Upkeep;

public sealed class NvmRestoreTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task What_was_in_the_memory_is_in_it_again_and_what_was_in_between_is_saved(byte chipType)
    {
        var options = chipType == 5 ? SimulatedControllerOptions.Series500 : new() { ChipType = chipType };
        await using var bench = await UpkeepBench.StartAsync(options);
        var memory = bench.Host.Controller.ReadMemory();
        var name = Named(bench, memory);
        bench.Host.Controller.WriteMemory(1000, (byte)(memory[1000] + 1));
        var changed = bench.Host.Controller.ReadMemory();

        var result = await bench.Upkeep.Restore.RunAsync(name, isForced: false);

        Assert.Equal(memory, bench.Host.Controller.ReadMemory());
        Assert.Equal(changed, File.ReadAllBytes(result.Before));
        // whoever listens is told that everything begins anew
        await bench.Host.Probe.UntilReadyAsync(times: 2);
        Assert.True(await bench.WorksAsync());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Another_size_is_refused_forced_or_not_and_nothing_is_written(int difference)
    {
        await using var bench = await UpkeepBench.StartAsync();
        var memory = bench.Host.Controller.ReadMemory();
        var name = Named(bench, new byte[memory.Length + difference]);
        foreach (var isForced in (bool[])[false, true])
        {
            var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Upkeep.Restore.RunAsync(name, isForced));
            Assert.Equal($"the backup has {memory.Length + difference} bytes, this controller's memory {memory.Length}: it is of another kind", error.Message);
        }

        Assert.Equal(memory, bench.Host.Controller.ReadMemory());
        Assert.True(await bench.WorksAsync());
    }

    [Fact]
    public async Task Another_network_is_refused_unless_it_is_forced()
    {
        await using var bench = await UpkeepBench.StartAsync();
        var content = bench.Host.Controller.ReadMemory();
        content[7]++;
        var name = Named(bench, content, "0000BEEF");
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Upkeep.Restore.RunAsync(name, isForced: false));
        Assert.Contains("belongs to another network than C0DE2026", error.Message, StringComparison.Ordinal);
        await bench.Upkeep.Restore.RunAsync(name, isForced: true);
        Assert.Equal(content, bench.Host.Controller.ReadMemory());
    }

    [Theory]
    [InlineData("../nvm-C0DE2026-20260101T000000Z.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("network-C0DE2026.json")]
    [InlineData("nvm-C0DE2026-20260101T000000Z.bin")]
    [InlineData("")]
    public async Task What_is_no_backup_is_refused(string name)
    {
        await using var bench = await UpkeepBench.StartAsync();
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Upkeep.Restore.RunAsync(name, isForced: true));
        Assert.Equal(ZWaveErrorCode.InvalidArgument, error.Code);
        Assert.True(await bench.WorksAsync());
    }

    [Theory]
    [InlineData(NvmOperation.Open, 0)]
    [InlineData(NvmOperation.Write, 0)]
    [InlineData(NvmOperation.Write, 100)]
    public async Task A_memory_that_does_not_take_it_is_told_and_the_controller_hears_again(NvmOperation operation, int after)
    {
        await using var bench = await UpkeepBench.StartAsync();
        var name = Named(bench, bench.Host.Controller.ReadMemory());
        bench.Host.Faults.FailMemory(operation, NvmOperationStatus.Error, after);
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Upkeep.Restore.RunAsync(name, isForced: false));
        Assert.Equal(ZWaveErrorCode.Refused, error.Code);
        Assert.True(await bench.WorksAsync());
    }

    [Fact]
    public async Task What_reads_back_different_is_told()
    {
        await using var bench = await UpkeepBench.StartAsync();
        var memory = bench.Host.Controller.ReadMemory();
        var name = Named(bench, memory);
        bench.Upkeep.Restore.Progressed += progress =>
        {
            if (progress is { Work: "writing" } && progress.Done == progress.Total) bench.Host.Controller.WriteMemory(500, (byte)(memory[500] + 1));
        };
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Upkeep.Restore.RunAsync(name, isForced: false));
        Assert.Equal((ZWaveErrorCode.NotConfirmed, "what was written between 480 and 720 reads back different"), (error.Code, error.Message));
    }

    [Fact]
    public async Task While_another_is_under_way_it_is_refused()
    {
        await using var bench = await UpkeepBench.StartAsync();
        var name = Named(bench, bench.Host.Controller.ReadMemory());
        var backup = bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Upkeep.Restore.RunAsync(name, isForced: false));
        Assert.Equal(ZWaveErrorCode.NotReady, error.Code);
        await backup;
    }

    private static string Named(UpkeepBench bench, byte[] content, string homeId = "C0DE2026")
    {
        Directory.CreateDirectory(bench.Folder);
        var name = $"nvm-{homeId}-20200101T000000Z.bin";
        File.WriteAllBytes(Path.Combine(bench.Folder, name), content);
        return name;
    }
}
