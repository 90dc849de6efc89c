using Bridge.ZWave;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Upkeep;
using Xunit;

namespace Bridge.Tests.ZWave.Upkeep;

public sealed class NvmBackupTests
{
    // Every step is one request: receiver off, open, 205 times read, close, receiver on.
    private const int Reads = 48 * 1024 / 240;

    [Theory]
    [InlineData("500 series")]
    [InlineData("700 series")]
    [InlineData("700 series, 64 KB")]
    [InlineData("700 series, short answers")]
    [InlineData("800 series")]
    [InlineData("bridge library")]
    public async Task The_file_is_the_memory_byte_by_byte(string kind)
    {
        await using var bench = await UpkeepBench.StartAsync(kind switch
        {
            "500 series" => SimulatedControllerOptions.Series500,
            // does not fit the two bytes of the answer
            "700 series, 64 KB" => new() { MemorySize = 64 * 1024 },
            "700 series, short answers" => new() { MemorySize = 8 * 1024 + 1, LongestMemoryRead = 60 },
            "800 series" => new() { ChipType = 8, MemorySize = 80 * 1024 },
            "bridge library" => new() { IsBridge = true },
            _ => null,
        });

        var result = await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);

        Assert.Equal((NvmBackupOutcome.Made, null), (result.Outcome, result.Reason));
        Assert.Equal(bench.Host.Controller.ReadMemory(), File.ReadAllBytes(result.File!));
        Assert.True(await bench.WorksAsync());
    }

    [Fact]
    public async Task The_file_names_network_and_time_and_only_its_owner_may_read_it()
    {
        await using var bench = await UpkeepBench.StartAsync();
        var result = await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);

        // nothing else is left beside it
        Assert.Equal([Path.GetFileName(result.File)!], bench.Files);
        Assert.Matches(@"^nvm-C0DE2026-\d{8}T\d{6}Z\.bin$", bench.Files[0]);
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(result.File!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(bench.Folder));
    }

    [Fact]
    public async Task Nobody_is_told_of_the_reset_at_its_end_and_plugs_are_read_again()
    {
        await using var bench = await UpkeepBench.StartAsync();
        await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);
        Assert.Equal([ControllerStatus.Ready], bench.Host.Probe.Statuses);
        // switched by hand while nothing was heard: found out by reading
        await bench.Host.Probe.UntilAsync(() => bench.Host.Probe.Updates.Count > 0, "a value");
        Assert.DoesNotContain(bench.Host.Probe.NodeStatuses, static change => change.Status == NodeStatus.Dead);
    }

    [Fact]
    public async Task A_command_given_meanwhile_waits_and_is_carried_out_afterwards()
    {
        await using var bench = await UpkeepBench.StartAsync();
        Task<bool>? command = null;
        var wasHeldBack = true;
        bench.Upkeep.Backup.Progressed += progress =>
        {
            command ??= bench.Host.Network.SetSwitchAsync(new(2), new(0), true);
            wasHeldBack &= !bench.Host.Plugs[2].IsOn();
        };
        await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);
        Assert.True(await command!);
        Assert.True(wasHeldBack);
        Assert.True(bench.Host.Plugs[2].IsOn());
    }

    [Theory]
    [InlineData(NvmOperation.Open, NvmOperationStatus.OperationMismatch, 0)]
    [InlineData(NvmOperation.Open, NvmOperationStatus.Error, 0)]
    [InlineData(NvmOperation.Read, NvmOperationStatus.Error, 1)]
    [InlineData(NvmOperation.Read, NvmOperationStatus.OperationInterference, 100)]
    [InlineData(NvmOperation.Read, NvmOperationStatus.EndOfFile, 100)]
    [InlineData(NvmOperation.Read, NvmOperationStatus.EndOfFile, Reads)]
    public async Task What_the_memory_refuses_ends_it_with_the_reason_and_no_file(NvmOperation operation, NvmOperationStatus status, int after)
    {
        await using var bench = await UpkeepBench.StartAsync();
        bench.Host.Faults.FailMemory(operation, status, after);

        var result = await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);

        Assert.Equal((NvmBackupOutcome.Failed, ZWaveErrorCode.Refused, null), (result.Outcome, result.Code, result.File));
        Assert.StartsWith("the controller's memory: ", result.Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.Folder));
        Assert.True(await bench.WorksAsync());
    }

    [Fact]
    public async Task A_memory_that_takes_no_long_questions_is_asked_shorter_ones()
    {
        await using var bench = await UpkeepBench.StartAsync();
        bench.Host.Faults.FailMemory(NvmOperation.Read, NvmOperationStatus.Error);
        var steps = new List<int>();
        bench.Upkeep.Backup.Progressed += progress => steps.Add(progress.Done);
        var result = await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);
        Assert.Equal(NvmBackupOutcome.Made, result.Outcome);
        Assert.Equal([48, 96, 144], steps.Take(3));
        Assert.Equal(48 * 1024, steps[^1]);
    }

    [Theory]
    // receiver off, open, read, a later read, close, receiver on
    [InlineData(0, NvmBackupOutcome.Failed)]
    [InlineData(1, NvmBackupOutcome.Failed)]
    [InlineData(2, NvmBackupOutcome.Failed)]
    [InlineData(50, NvmBackupOutcome.Failed)]
    [InlineData(Reads + 3, NvmBackupOutcome.Made)]
    [InlineData(Reads + 4, NvmBackupOutcome.Made)]
    public async Task An_answer_that_gets_lost_at_any_step_leaves_the_controller_hearing_and_closed(int step, NvmBackupOutcome outcome)
    {
        await using var bench = await UpkeepBench.StartAsync();
        bench.Host.Faults.LoseResponses(1, after: step);

        var result = await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);

        Assert.Equal(outcome, result.Outcome);
        Assert.True(await bench.WorksAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Reads - 1)]
    public async Task Cancelled_at_any_step_there_is_no_file_and_the_controller_works(int step)
    {
        await using var bench = await UpkeepBench.StartAsync();
        using var cancel = new CancellationTokenSource();
        var steps = 0;
        if (step == 0) await cancel.CancelAsync();
        bench.Upkeep.Backup.Progressed += _ =>
        {
            if (++steps == step) cancel.Cancel();
        };

        var result = await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request, cancel.Token);

        Assert.Equal((NvmBackupOutcome.Cancelled, null), (result.Outcome, result.File));
        Assert.False(Directory.Exists(bench.Folder));
        Assert.True(await bench.WorksAsync());
    }

    [Fact]
    public async Task A_pulled_stick_ends_it_and_comes_back_as_always()
    {
        await using var bench = await UpkeepBench.StartAsync();
        bench.Upkeep.Backup.Progressed += _ => bench.Host.IsPlugged = false;
        var result = await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);
        Assert.Equal((NvmBackupOutcome.Failed, ZWaveErrorCode.LinkLost), (result.Outcome, result.Code));
        bench.Host.IsPlugged = true;
        await bench.Host.Probe.UntilReadyAsync(times: 2);
        Assert.True(await bench.WorksAsync());
    }

    [Fact]
    public async Task A_controller_without_such_functions_is_not_touched()
    {
        await using var bench = await UpkeepBench.StartAsync(new() { MissingFunctions = [NvmBackupRestore.Id] });
        var result = await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);
        Assert.Equal((NvmBackupOutcome.Failed, ZWaveErrorCode.NotSupported), (result.Outcome, result.Code));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told()
    {
        await using var bench = await UpkeepBench.StartAsync();
        await File.WriteAllTextAsync(bench.Folder, "a file where the folder should be");
        var result = await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);
        Assert.Equal(NvmBackupOutcome.Failed, result.Outcome);
        Assert.StartsWith("the file could not be written", result.Reason, StringComparison.Ordinal);
        Assert.True(await bench.WorksAsync());
    }

    [Fact]
    public async Task Only_the_newest_of_this_network_are_kept()
    {
        await using var bench = await UpkeepBench.StartAsync(backups: static options => options with { Keep = 2 });
        Directory.CreateDirectory(bench.Folder);
        string[] others = ["nvm-C0DE2026-20200101T000000Z.bin", "nvm-C0DE2026-20210101T000000Z.bin", "nvm-0000BEEF-20200101T000000Z.bin", "nvm-C0DE2026-mine.bin"];
        foreach (var other in others) await File.WriteAllTextAsync(Path.Combine(bench.Folder, other), "older");

        var result = await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);

        // another network's and what has another name are none of our business
        Assert.Equal([others[2], others[1], Path.GetFileName(result.File)!, others[3]], bench.Files);
    }

    [Fact]
    public async Task An_automatic_one_is_made_once_an_hour_at_most()
    {
        await using var bench = await UpkeepBench.StartAsync();
        Assert.Equal(NvmBackupOutcome.Made, (await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Inclusion)).Outcome);
        Assert.Equal(NvmBackupOutcome.NotNeeded, (await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Exclusion)).Outcome);
        Assert.Equal(NvmBackupOutcome.Made, (await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request)).Outcome);
    }

    [Fact]
    public async Task An_hour_later_another_automatic_one_is_made()
    {
        await using var bench = await UpkeepBench.StartAsync();
        Directory.CreateDirectory(bench.Folder);
        var hourAgo = DateTime.UtcNow.AddMinutes(-61);
        await File.WriteAllTextAsync(Path.Combine(bench.Folder, $"nvm-C0DE2026-{hourAgo:yyyyMMdd'T'HHmmss'Z'}.bin"), "older");
        Assert.Equal(NvmBackupOutcome.Made, (await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Inclusion)).Outcome);
    }

    [Fact]
    public async Task Switched_off_none_is_made_by_itself()
    {
        await using var bench = await UpkeepBench.StartAsync(backups: static options => options with { IsAutomatic = false });
        Assert.Equal(NvmBackupOutcome.NotNeeded, (await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Inclusion)).Outcome);
        Assert.Equal(NvmBackupOutcome.Made, (await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request)).Outcome);
    }

    [Fact]
    public async Task Two_at_a_time_there_are_not()
    {
        await using var bench = await UpkeepBench.StartAsync();
        var first = bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);
        var second = await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);
        Assert.Equal((NvmBackupOutcome.Failed, "a backup is under way; try again when it is over"), (second.Outcome, second.Reason));
        Assert.Equal(NvmBackupOutcome.Made, (await first).Outcome);
    }

    [Fact]
    public async Task The_end_of_the_program_waits_until_the_controller_hears_again()
    {
        await using var bench = await UpkeepBench.StartAsync();
        var began = new TaskCompletionSource();
        bench.Upkeep.Backup.Progressed += _ => began.TrySetResult();
        var running = bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request);
        await began.Task;
        await bench.Upkeep.DisposeAsync();
        Assert.True(bench.Host.Controller is { IsReceiving: true, IsMemoryOpen: false });
        Assert.Equal(NvmBackupOutcome.Cancelled, (await running).Outcome);
    }
}
