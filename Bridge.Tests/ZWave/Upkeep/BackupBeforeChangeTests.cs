using System.Collections.Concurrent;
using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Upkeep;
using Xunit;

namespace Bridge.Tests.ZWave.Upkeep;

/// <summary>The module's memory is saved before the module changes it.</summary>
public sealed class BackupBeforeChangeTests : IAsyncLifetime
{
    // Not a limit of what is tested: only keeps a broken test from waiting for ever.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<InclusionActivity> _before = new();
    private readonly ConcurrentQueue<string> _order = new();
    private readonly SemaphoreSlim _news = new(0);
    private UpkeepBench _bench = null!;
    private NodeInclusion _inclusion = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await UpkeepBench.StartAsync();
        _inclusion = new(_bench.Host.Network, new()
        {
            BeforeChange = (activity, cancellationToken) =>
            {
                _before.Enqueue(activity);
                return _bench.Upkeep.Backup.RunAsync(NvmBackupReason.Inclusion, cancellationToken);
            },
        });
        _bench.Upkeep.Backup.Ended += (_, result) => Note(result.Outcome.ToString());
        _inclusion.Progressed += news => Note(news.GetType().Name);
    }

    public async ValueTask DisposeAsync()
    {
        _inclusion.Dispose();
        await _bench.DisposeAsync();
        _news.Dispose();
    }

    [Theory]
    [InlineData(InclusionActivity.Including, nameof(InclusionStarted))]
    [InlineData(InclusionActivity.Excluding, nameof(ExclusionStarted))]
    [InlineData(InclusionActivity.Replacing, nameof(ReplacementStarted))]
    public async Task There_is_a_file_of_the_memory_before_the_module_waits_for_a_button(InclusionActivity activity, string started)
    {
        var memory = _bench.Host.Controller.ReadMemory();
        await BeginAsync(activity);
        Assert.Equal([activity], _before);
        Assert.Equal(["Made", started], await FirstTwoAsync());
        Assert.Equal(memory, await File.ReadAllBytesAsync(Path.Combine(_bench.Folder, Assert.Single(_bench.Files))));
        Assert.True(_bench.Host.Controller is { IsReceiving: true, IsMemoryOpen: false });
    }

    [Theory]
    [InlineData(InclusionActivity.Including, nameof(InclusionStarted))]
    [InlineData(InclusionActivity.Excluding, nameof(ExclusionStarted))]
    [InlineData(InclusionActivity.Replacing, nameof(ReplacementStarted))]
    public async Task A_backup_that_fails_holds_up_nobody(InclusionActivity activity, string started)
    {
        _bench.Host.Faults.FailMemory(NvmOperation.Read, NvmOperationStatus.OperationInterference, after: 10);
        await BeginAsync(activity);
        Assert.Equal(["Failed", started], await FirstTwoAsync());
        Assert.False(Directory.Exists(_bench.Folder));
    }

    [Fact]
    public async Task A_plug_that_joins_afterwards_is_in_the_network()
    {
        await BeginAsync(InclusionActivity.Including);
        var plug = _bench.Host.Plugs.PutOnTable(PlugFile.Read("energy-switch"));
        plug.PressInclusionButton();
        await _bench.Host.Probe.UntilInterviewedAsync(new Bridge.ZWave.Wire.NodeId(5));
        Assert.True(await _bench.WorksAsync());
    }

    [Fact]
    public async Task While_the_memory_is_read_no_other_change_begins()
    {
        Task? second = null;
        _bench.Upkeep.Backup.Progressed += _ => second ??= ExcludeAsync();
        await BeginAsync(InclusionActivity.Including);
        var error = await Assert.ThrowsAsync<ZWaveException>(() => second!);
        Assert.Equal((ZWaveErrorCode.NotReady, "a node is being included"), (error.Code, error.Message));
        Assert.Equal(["Made", nameof(InclusionStarted)], await FirstTwoAsync());
    }

    [Theory]
    [InlineData(InclusionActivity.Including, nameof(InclusionStopped))]
    [InlineData(InclusionActivity.Excluding, nameof(ExclusionStopped))]
    [InlineData(InclusionActivity.Replacing, nameof(InclusionStopped))]
    public async Task A_change_that_is_stopped_while_the_memory_is_read_does_not_begin(InclusionActivity activity, string stopped)
    {
        Task<bool>? stopping = null;
        _bench.Upkeep.Backup.Progressed += _ => stopping ??= _inclusion.StopAsync();
        var error = await Assert.ThrowsAsync<ZWaveException>(() => BeginAsync(activity));
        Assert.Equal((ZWaveErrorCode.Cancelled, "stopped before it began"), (error.Code, error.Message));
        Assert.True(await stopping!);
        Assert.Equal(["Made", stopped], await FirstTwoAsync());
        await BeginAsync(InclusionActivity.Including);
    }

    [Fact]
    public async Task A_stick_pulled_meanwhile_ends_the_inclusion_before_it_began()
    {
        _bench.Upkeep.Backup.Progressed += _ => _bench.Host.IsPlugged = false;
        var error = await Assert.ThrowsAsync<ZWaveException>(() => BeginAsync(InclusionActivity.Including));
        Assert.Equal(ZWaveErrorCode.LinkLost, error.Code);
        Assert.DoesNotContain(nameof(InclusionStarted), _order);
    }

    [Fact]
    public async Task A_dead_node_is_taken_off_the_list_without_a_backup()
    {
        _bench.Host.Plugs[3].IsDead = true;
        await _inclusion.RemoveFailedAsync(new(3));
        Assert.Empty(_before);
        Assert.False(Directory.Exists(_bench.Folder));
    }

    private void Note(string what)
    {
        _order.Enqueue(what);
        _news.Release();
    }

    // The event follows when whoever began is told that the button may be pushed.
    private async Task<string[]> FirstTwoAsync()
    {
        for (var count = 0; count < 2; count++) Assert.True(await _news.WaitAsync(s_hang), string.Join(", ", _order));
        return [.. _order];
    }

    private async Task ExcludeAsync() => await _inclusion.StartExclusionAsync(TimeSpan.FromSeconds(60));

    private Task BeginAsync(InclusionActivity activity)
    {
        var open = TimeSpan.FromSeconds(60);
        var user = new KeyExchangeDialog(null, null);
        switch (activity)
        {
            case InclusionActivity.Including: return _inclusion.StartInclusionAsync(open, InclusionStrategy.Insecure, user);
            case InclusionActivity.Excluding: return _inclusion.StartExclusionAsync(open);
            default:
                _bench.Host.Plugs[3].IsDead = true;
                return _inclusion.ReplaceFailedAsync(new(3), open, InclusionStrategy.Insecure, user);
        }
    }
}
