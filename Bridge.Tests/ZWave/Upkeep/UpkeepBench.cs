using Bridge.Tests.Support;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Upkeep;

namespace Bridge.Tests.ZWave.Upkeep;

/// <summary>Our host on the simulated stick, with upkeep and a folder for backups; pauses that do not make a test slow.</summary>
internal sealed class UpkeepBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private UpkeepBench(SimulatedHost host, Func<NvmBackupOptions, NvmBackupOptions> backups)
    {
        Host = host;
        Upkeep = new(host.Network, backups(new(Folder)), new()
        {
            NodePause = TimeSpan.FromMilliseconds(5),
            StepPause = TimeSpan.FromMilliseconds(1),
            RetryPause = TimeSpan.FromMilliseconds(1),
        });
    }

    public SimulatedHost Host { get; }

    public NetworkUpkeep Upkeep { get; }

    public string Folder => _folder["backups"];

    /// <summary>The names of the files in the folder, in order.</summary>
    public string[] Files => [.. new DirectoryInfo(Folder).EnumerateFiles().Select(static file => file.Name).Order(StringComparer.Ordinal)];

    public static async Task<UpkeepBench> StartAsync(
        SimulatedControllerOptions? options = null, Func<NvmBackupOptions, NvmBackupOptions>? backups = null) =>
        new(await SimulatedHost.StartAsync(options), backups ?? (static same => same));

    /// <summary>The module hears, its memory is closed, and a plug can be switched.</summary>
    public async Task<bool> WorksAsync()
    {
        var isOn = !Host.Plugs[2].IsOn();
        await Host.Network.SetSwitchAsync(new(2), new(0), isOn);
        return Host.Controller.IsReceiving && !Host.Controller.IsMemoryOpen && Host.Plugs[2].IsOn() == isOn;
    }

    public async ValueTask DisposeAsync()
    {
        await Upkeep.DisposeAsync();
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
