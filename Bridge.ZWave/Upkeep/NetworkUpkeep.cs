using Bridge.ZWave.Network;

namespace Bridge.ZWave.Upkeep;

/// <summary>Everything that keeps a network in order. One thing at a time; to be disposed before the network.</summary>
public sealed class NetworkUpkeep : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly NetworkLoop _loop;
    private readonly UpkeepTurn _turn = new();

    public NetworkUpkeep(ZWaveNetwork network, NvmBackupOptions backups, HealTimes? times = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(backups);
        _loop = network.Context.Loop;
        var folder = new NvmBackupFolder(backups, network.Context.Time);
        Radio = new(network.Context);
        Heal = new(network, _turn, times ?? new(), _ending.Token);
        Backup = new(network, _turn, backups, folder, _ending.Token);
        Restore = new(network, _turn, Backup, folder, _ending.Token);
    }

    public RadioQuestions Radio { get; }

    public NetworkHeal Heal { get; }

    public NvmBackup Backup { get; }

    public NvmRestore Restore { get; }

    /// <summary>Ends what is under way in good order: the module hears again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ending.IsCancellationRequested) return;
        await _ending.CancelAsync();
        await _loop.RunAsync(() => _turn.Ended);
        _ending.Dispose();
    }
}
