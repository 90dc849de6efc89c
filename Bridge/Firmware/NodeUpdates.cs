using System.Globalization;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Firmware;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.Firmware;

/// <summary>
/// Firmware updates of all nodes: which files there are, what runs, what was interrupted. What has not come to a good end is remembered over a restart, and
/// nothing that was only begun counts as done. Observer members and <see cref="StatusOf"/> belong to the network's loop; the others may be called by any
/// thread.
/// </summary>
public sealed class NodeUpdates : INetworkObserver, IDisposable
{
    private readonly ZWaveNetwork _network;
    private readonly FirmwareUpdater _updater;
    private readonly UpdateRecordFile _file;
    private readonly ILogger _logger;
    private readonly SortedDictionary<NodeId, UpdateRecord> _records = [];
    private readonly Lock _gate = new();
    private string? _fileUnderWay;
    private HomeId? _homeId;
    private Task _saving = Task.CompletedTask;

    /// <param name="storage">The storage directory.</param>
    /// <param name="timeouts">Waiting times of updates; null: the usual ones.</param>
    public NodeUpdates(ZWaveNetwork network, string storage, TimeProvider time, ILogger logger, FirmwareTimeouts? timeouts = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, _logger) = (network, logger);
        _file = new(storage, time, logger);
        Folder = new(storage, time);
        _updater = new(network, timeouts);
        _updater.Changed += OnProgress;
    }

    /// <summary>Where the user's files are.</summary>
    public FirmwareFolder Folder { get; }

    /// <summary>Something of a node's update changed. Raised on the network's loop.</summary>
    public event Action<FirmwareProgress>? Progressed;

    /// <summary>What is remembered of a node changed without an update of it. Raised on the network's loop.</summary>
    public event Action<NodeId>? Changed;

    /// <summary>Null: the node has not told what it runs, or cannot be updated.</summary>
    public UpdateStatus? StatusOf(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (Read(node.Id, VersionCommandClass.FirmwareVersion).AsText is not { } installed) return null;
        var newest = NewestFor(node.Id);
        var isNewer = newest is not null && FirmwareVersion.Parse(installed) is { } version && newest.Name.Version > version;
        var record = _records.GetValueOrDefault(node.Id);
        return new(
            installed,
            isNewer ? newest!.Name.Version.ToString() : installed,
            record is null ? UpdateStatus.Idle : record.IsInterrupted ? UpdateStatus.Interrupted : UpdateStatus.Word(record.State),
            record is not null ? record.File : isNewer ? newest!.File : null)
        {
            Title = node.Device is { } device ? $"{device.Model} firmware" : null,
            IsInProgress = record is { IsRunning: true },
            Percent = record is { IsRunning: true, State: FirmwareState.Transferring or FirmwareState.Checking } ? record.Percent : null,
            Error = record?.Error,
            IsResumable = record is { IsResumable: true },
        };
    }

    /// <inheritdoc cref="FirmwareUpdater.DescribeAsync"/>
    public Task<FirmwareDescription> DescribeAsync(NodeId node)
    {
        Folder.Look();
        return _updater.DescribeAsync(node);
    }

    /// <summary>Updates a node and returns when that ended well. An interrupted update with the same image is gone on with.</summary>
    /// <param name="file">Where the image comes from; null: not from a file.</param>
    /// <exception cref="ZWaveException">It was not begun, or failed.</exception>
    public Task<FirmwareProgress> UpdateAsync(FirmwareOrder order, string? file)
    {
        ArgumentNullException.ThrowIfNull(order);
        return OnLoopAsync(() =>
        {
            // Only one runs at a time, and the one that runs keeps its file.
            if (_updater.Running is null) _fileUnderWay = file;
            var resumes = _records.TryGetValue(order.Node, out var record) && record.IsResumable
                && (record.Checksum, record.Target) == (order.Image.Checksum, order.Target);
            return _updater.UpdateAsync(order with { Resumes = resumes });
        });
    }

    /// <summary>Updates a node with the newest file there is for it.</summary>
    /// <exception cref="ZWaveException">There is no newer file, it cannot be read, or the update failed.</exception>
    public async Task<FirmwareProgress> InstallAsync(NodeId node)
    {
        Folder.Look();
        var newest = await _network.ReadAsync(_ =>
        {
            var installed = FirmwareVersion.Parse(Read(node, VersionCommandClass.FirmwareVersion).AsText);
            return NewestFor(node) is { } found && !(found.Name.Version <= installed)
                ? found
                : throw Failure(node, $"there is no newer firmware for node {node} in the folder {FirmwareFolder.Name} ({Wanted(node)})");
        });
        // Not on the network's loop: it may be a large file.
        var (image, fault) = await Task.Run(() => (Folder.TryRead(newest.File, out var read, out var reason) ? read : null, reason));
        if (image is null) throw Failure(node, fault!);
        return await UpdateAsync(
            new(node, image) { ManufacturerId = newest.Name.ManufacturerId, FirmwareId = newest.Name.FirmwareId }, newest.File);
    }

    /// <inheritdoc cref="FirmwareUpdater.AbortAsync"/>
    public Task<bool> AbortAsync(NodeId node) => _updater.AbortAsync(node);

    /// <summary>Starts the firmware a node has stored.</summary>
    /// <exception cref="ZWaveException">Nothing waits to be started, or it failed.</exception>
    public Task<FirmwareProgress> ActivateAsync(NodeId node) => OnLoopAsync(() =>
        _records.TryGetValue(node, out var record) && record.State == FirmwareState.WaitingForActivation
            ? _updater.ActivateAsync(node, record.Target, record.Checksum)
            : throw Failure(node, $"node {node} has no stored firmware that waits to be activated"));

    public void ControllerChanged(ControllerStatus status)
    {
        if (status != ControllerStatus.Ready || _network.View.Identity is not { } identity || identity.HomeId == _homeId) return;
        _homeId = identity.HomeId;
        _records.Clear();
        foreach (var record in _file.Load(identity.HomeId).Where(record => _network.View.FindNode(record.Node) is not null)) Recall(record);
    }

    public void NodeRemoved(NodeId node)
    {
        if (_records.Remove(node)) Save();
    }

    /// <summary>Ends when everything is written.</summary>
    public Task FlushAsync()
    {
        lock (_gate) return _saving;
    }

    public void Dispose()
    {
        _updater.Dispose();
        Folder.Dispose();
    }

    private static ZWaveException Failure(NodeId node, string text) => new(ZWaveErrorCode.InvalidArgument, text) { Node = node };

    private FirmwareOnDisk? NewestFor(NodeId node) => Folder.Newest(
        Read(node, FirmwareUpdateMetaDataCommandClass.FirmwareManufacturerId).AsInteger, ChipFirmwareId(node));

    private string Wanted(NodeId node) => ChipFirmwareId(node) is { } id
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{Read(node, FirmwareUpdateMetaDataCommandClass.FirmwareManufacturerId).AsInteger:x4}-{id:x4}-<version>.hex, .ota, .otz, .gbl or .bin")
        : "the node has not told which firmware it runs";

    private long? ChipFirmwareId(NodeId node) =>
        Read(node, FirmwareUpdateMetaDataCommandClass.FirmwareIds).AsNumbers is [var chip, ..] ? chip : null;

    private Value Read(NodeId node, PropertyId property) => _network.View.Values.Read(new(node, EndpointIndex.Root, property));

    private async Task<T> OnLoopAsync<T>(Func<Task<T>> work) => await await _network.ReadAsync(_ => work());

    private void OnProgress(FirmwareProgress progress)
    {
        var before = _records.GetValueOrDefault(progress.Node);
        if (progress.State is FirmwareState.Done or FirmwareState.Aborted)
        {
            _records.Remove(progress.Node);
        }
        else
        {
            _records[progress.Node] = new(progress.Node, progress.Target, progress.Checksum, progress.State)
            {
                File = progress.State == FirmwareState.Activating && before is { State: FirmwareState.WaitingForActivation } ? before.File : _fileUnderWay,
                Error = progress.Error,
                CanResume = progress.CanResume,
                Percent = progress.Percent,
            };
        }

        // The percentage is not worth a write.
        if (before?.State != progress.State || before.IsInterrupted) Save();
        Progressed?.Invoke(progress);
    }

    private void Recall(UpdateRecord record)
    {
        _records[record.Node] = record;
        Changed?.Invoke(record.Node);
        // The node may run something new by now that it has not told yet.
        if (record is { IsInterrupted: true, State: not (FirmwareState.Preparing or FirmwareState.WaitingForButton or FirmwareState.Transferring) })
        {
            _ = AskAgainAsync(record);
        }
    }

    private async Task AskAgainAsync(UpdateRecord record)
    {
        try
        {
            var isComplete = await _network.InterviewAsync(record.Node);
            await _network.OnLoopAsync(() =>
            {
                // Stored before it was interrupted: what the node tells now is what came of it.
                if (!isComplete || record.State is not (FirmwareState.Restarting or FirmwareState.Interviewing)) return;
                if (_records.GetValueOrDefault(record.Node) != record) return;
                _records.Remove(record.Node);
                Save();
                Changed?.Invoke(record.Node);
            });
        }
        catch (Exception exception) when (exception is ZWaveException or OperationCanceledException)
        {
            _logger.VersionNotAsked(record.Node.Value, exception.Message);
        }
    }

    // On the network's loop; written beside it, one after the other.
    private void Save()
    {
        if (_homeId is not { } homeId) return;
        var records = _records.Values.ToArray();
        lock (_gate)
        {
            _saving = _saving.ContinueWith(
                _ => _file.Save(homeId, records), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
