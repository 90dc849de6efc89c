using Bridge.Tests.ZWave.Network;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Firmware;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Firmware;

/// <summary>Our host and a simulated plug at node 2 that takes firmware, with waiting times that do not make a test slow.</summary>
internal sealed class FirmwareBench : IAsyncDisposable
{
    public const ushort ManufacturerId = 0x0312;
    public const ushort FirmwareId = 0xAC01;

    public static readonly NodeId Node = new(2);

    private static readonly FirmwareTimeouts s_quick = new()
    {
        RequestReport = TimeSpan.FromMilliseconds(200),
        Button = TimeSpan.FromMilliseconds(300),
        FirstGet = TimeSpan.FromMilliseconds(200),
        NextGet = TimeSpan.FromMilliseconds(300),
        FragmentPause = TimeSpan.FromMilliseconds(1),
        Status = TimeSpan.FromMilliseconds(300),
        Abort = TimeSpan.FromMilliseconds(300),
        Activation = TimeSpan.FromMilliseconds(300),
        Restart = TimeSpan.FromMilliseconds(20),
        PingPause = TimeSpan.FromMilliseconds(50),
        Return = TimeSpan.FromMilliseconds(500),
        Progress = TimeSpan.Zero,
    };

    // Not a limit of what is tested: only keeps a broken test from waiting for ever.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(60);

    private readonly NetworkBench _bench;
    private readonly Lock _gate = new();
    private readonly List<FirmwareProgress> _progress = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FirmwareBench(NetworkBench bench, FirmwareTimeouts timeouts)
    {
        _bench = bench;
        Updater = new(bench.Network, timeouts);
        Updater.Changed += Note;
    }

    public FirmwareUpdater Updater { get; }

    public SimulatedNode Plug => _bench.Plugs[2];

    public NetworkBench Host => _bench;

    public IReadOnlyList<FirmwareProgress> Progress
    {
        get
        {
            lock (_gate) return [.. _progress];
        }
    }

    /// <summary>The states in their order, each once.</summary>
    public IEnumerable<FirmwareState> States => Progress.Select(static progress => progress.State).Distinct();

    /// <summary>What was said of an update since the interview: offers, fragments, activations; not the questions.</summary>
    public string[] Offered => [.. _bench.Said(2).Where(static hex => hex is ['7', 'A', ' ', '0', '3' or '6' or '8', ..])];

    public static async Task<FirmwareBench> StartAsync(
        Func<PlugFirmware, PlugFirmware>? change = null, byte version = 5, Func<FirmwareTimeouts, FirmwareTimeouts>? timeouts = null) =>
        new(await NetworkBench.StartAsync(Plug4003(change, version)), timeouts?.Invoke(s_quick) ?? s_quick);

    /// <summary>
    /// The same with keys: the plug is spoken to with Security 2. Whether it could decrypt a command shows by what it answers, or in ten minutes; nothing
    /// else is waited for in vain.
    /// </summary>
    public static async Task<FirmwareBench> StartSecureAsync(Func<PlugDefinition, PlugDefinition>? change = null)
    {
        var keys = NetworkKeys.Generate();
        var plugs = new SimulatedNetwork(TimeProvider.System, new(0xC0DE2026), new(1));
        var plug = Plug4003(null, version: 5);
        plugs.Secure(plugs.Add(Node, change?.Invoke(plug) ?? plug), keys, SecurityClasses.All);
        var bench = new NetworkBench(plugs, NetworkBench.Quick with { Decryption = TimeSpan.FromMinutes(10) }, keys: keys);
        bench.Network.Start();
        await bench.Probe.UntilInterviewedAsync(Node);
        return new(bench, s_quick with
        {
            RequestReport = s_hang,
            FirstGet = s_hang,
            NextGet = s_hang,
            Status = s_hang,
            Abort = s_hang,
            Return = s_hang,
        });
    }

    private static PlugDefinition Plug4003(Func<PlugFirmware, PlugFirmware>? change, byte version)
    {
        var plug = PlugFile.Read("n4003");
        var firmware = plug.Firmware! with { RestartTime = TimeSpan.FromMilliseconds(20) };
        return plug with
        {
            Firmware = change?.Invoke(firmware) ?? firmware,
            CommandClasses = [.. plug.CommandClasses.Select(known => known.Id == FirmwareUpdateMetaDataCommandClass.Id ? known with { Version = version } : known)],
        };
    }

    /// <summary>An image the plug takes: 130 bytes, which is three fragments of 40 and one of 10.</summary>
    public static FirmwareImage Image(ushort manufacturerId = ManufacturerId, ushort firmwareId = FirmwareId, int length = 130) =>
        Read(SimulatedFirmware.MakeImage(manufacturerId, firmwareId, new(1, 3), length));

    public static FirmwareImage Read(byte[] bytes)
    {
        Assert.True(FirmwareFile.TryRead("plug.bin", bytes, out var image, out var fault), fault);
        return image;
    }

    public static FirmwareOrder Order(FirmwareImage? image = null) => new(Node, image ?? Image());

    /// <summary>The update fails with this code and reason, and that is what was told last.</summary>
    public async Task FailsAsync(FirmwareOrder order, ZWaveErrorCode code, string reason)
    {
        var exception = await Assert.ThrowsAsync<ZWaveException>(() => Updater.UpdateAsync(order));
        Assert.Equal((code, reason), (exception.Code, exception.Message));
        Assert.Equal((FirmwareState.Failed, reason), (Progress[^1].State, Progress[^1].Error));
    }

    /// <summary>Waits until progress is told that this holds for.</summary>
    public async Task UntilAsync(Func<FirmwareProgress, bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_progress.Exists(progress => holds(progress))) return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Updater.Dispose();
        await _bench.DisposeAsync();
    }

    private void Note(FirmwareProgress progress)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _progress.Add(progress);
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.TrySetResult();
    }
}
