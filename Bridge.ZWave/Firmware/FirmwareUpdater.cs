using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Firmware;

/// <summary>
/// Brings new firmware to nodes over the air: one node at a time, because the air is narrow. Everything that can be known to be wrong is found before the
/// first frame of it is sent, and a firmware counts as installed when the node says so, never before.
/// </summary>
/// <remarks>Threads: all members may be used by any thread; <see cref="Changed"/> is raised on the network's loop and must not block.</remarks>
public sealed class FirmwareUpdater : IDisposable
{
    // Class, command, number of the fragment, checksum.
    private const int FragmentOverhead = 6;
    private const int Security2Overhead = 12;
    private const int Security0Overhead = 20;

    private readonly ZWaveNetwork _network;
    private readonly NetworkContext _context;
    private readonly FirmwareTimeouts _timeouts;
    private FirmwareRun? _running;

    public FirmwareUpdater(ZWaveNetwork network, FirmwareTimeouts? timeouts = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, _context, _timeouts) = (network, network.Context, timeouts ?? new());
        network.CommandReceived += OnReceived;
        network.Care.Left += OnLeft;
    }

    /// <summary>An update went on: its state changed, or its percentage, the latter at most once in a while.</summary>
    public event Action<FirmwareProgress>? Changed;

    /// <summary>The update under way; null: none. To be read on the network's loop.</summary>
    public FirmwareProgress? Running => _running?.Progress;

    /// <summary>What fits into one frame with everything around it, and not more than the node takes.</summary>
    internal static int FragmentSize(int maximumPayload, SecurityClass securityClass, ushort? maximum)
    {
        var security = securityClass switch
        {
            SecurityClass.None => 0,
            SecurityClass.S0 => Security0Overhead,
            _ => Security2Overhead,
        };
        return Math.Clamp(maximumPayload - FragmentOverhead - security, 1, maximum ?? int.MaxValue);
    }

    /// <summary>Asks a node what it runs and how it can be updated.</summary>
    /// <exception cref="ZWaveException">It cannot be updated over the air, or does not answer.</exception>
    public Task<FirmwareDescription> DescribeAsync(NodeId node, CancellationToken cancellationToken = default) =>
        _context.Loop.RunAsync(() => DescribeAsync(Find(node), cancellationToken));

    /// <summary>
    /// Updates a node, and returns when it runs the new firmware (<see cref="FirmwareState.Done"/>) or has stored it to be started later
    /// (<see cref="FirmwareState.WaitingForActivation"/>).
    /// </summary>
    /// <exception cref="ZWaveException">It was not begun, or failed; the message tells the reason.</exception>
    public Task<FirmwareProgress> UpdateAsync(FirmwareOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return RunAsync(order.Node, order.Target, order.Image.Checksum, run => UpdateAsync(run, order));
    }

    /// <summary>Starts a firmware that was stored to be started later.</summary>
    /// <param name="checksum">Of its image.</param>
    /// <exception cref="ZWaveException">The node does not have it, or does not start it.</exception>
    public Task<FirmwareProgress> ActivateAsync(NodeId node, byte target, ushort checksum) => RunAsync(node, target, checksum, async run =>
    {
        var description = await DescribeAsync(run.Node, run.Stop.Token);
        if (!description.SupportsActivation || description.Find(target) is not { } known)
        {
            throw Failure(run.Node, ZWaveErrorCode.InvalidArgument, $"the node has no stored firmware for target {target}");
        }

        await ActivateAsync(run, description, known.FirmwareId);
        return FirmwareState.Done;
    });

    /// <summary>Calls the update of a node off. Returns when it has ended; false: there was none, or it was too far for that.</summary>
    public Task<bool> AbortAsync(NodeId node) => _context.Loop.RunAsync(async () =>
    {
        if (_running is not { } run || run.Node.Id != node || !run.Abort()) return false;
        return (await run.Ended).State == FirmwareState.Aborted;
    });

    public void Dispose()
    {
        _network.CommandReceived -= OnReceived;
        _network.Care.Left -= OnLeft;
    }

    private Task<FirmwareProgress> RunAsync(NodeId id, byte target, ushort checksum, Func<FirmwareRun, Task<FirmwareState>> work) =>
        _context.Loop.RunAsync(async () =>
        {
            var node = Find(id);
            if (_running is { } other) throw Failure(node, ZWaveErrorCode.NotReady, $"node {other.Node.Id} is being updated; one update at a time");
            using var run = new FirmwareRun(_context, node, new(id, target, checksum, FirmwareState.Preparing), _timeouts, _network.Stopping);
            run.Changed = progress => Changed?.Invoke(progress);
            _running = run;
            try
            {
                run.Become(FirmwareState.Preparing);
                var end = await work(run);
                _running = null;
                _context.Logger.UpdateEnded(id.Value, target, end.ToString());
                return run.End(end, null);
            }
            catch (ZWaveException exception)
            {
                _running = null;
                var isAborted = exception.Code == ZWaveErrorCode.Cancelled && run.IsAborted;
                if (isAborted) _context.Logger.UpdateEnded(id.Value, target, "aborted");
                else _context.Logger.UpdateFailed(id.Value, target, exception.Message);
                run.End(isAborted ? FirmwareState.Aborted : FirmwareState.Failed, exception.Message);
                throw;
            }
            catch (OperationCanceledException) when (!_network.Stopping.IsCancellationRequested)
            {
                _running = null;
                const string reason = "the node left the network";
                _context.Logger.UpdateFailed(id.Value, target, reason);
                run.End(FirmwareState.Failed, reason);
                throw Failure(node, ZWaveErrorCode.NodeUnknown, reason);
            }
            finally
            {
                // Only a program that stops gets here with a run: nothing is told of it, so that it can be gone on with.
                _running = null;
            }
        });

    private async Task<FirmwareState> UpdateAsync(FirmwareRun run, FirmwareOrder order)
    {
        var description = await DescribeAsync(run.Node, run.Stop.Token);
        var fragmentSize = FragmentSize(run.Node, description);
        var faults = order.FaultsFor(description, fragmentSize);
        if (faults.Count > 0) throw Failure(run.Node, ZWaveErrorCode.InvalidArgument, string.Join("; ", faults));
        var firmwareId = description.Find(order.Target)!.FirmwareId;
        run.Begin(new(_network, run.Node, run.Inbox, order.Image, fragmentSize, _timeouts), description.SupportsResume);
        await OfferAsync(run, new(
            description.ManufacturerId, firmwareId, order.Image.Checksum, order.Target, (ushort)fragmentSize,
            // A node that is spoken to encrypted is so during an update, too.
            new(Activation: order.ActivatesLater, NonSecure: false, Resume: order.Resumes && description.SupportsResume),
            description.HardwareVersion));
        _context.Logger.UpdateBegins(run.Node.Id.Value, order.Target, order.Image.Length, run.Transfer!.Fragments);
        run.Become(FirmwareState.Transferring);
        var report = await run.Transfer.RunAsync(run.Stop.Token);
        if (report.Status < FirmwareUpdateStatus.WaitingForActivation) throw Failure(run.Node, ZWaveErrorCode.NodeRefused, FirmwareWords.Of(report.Status));
        if (!run.Transfer.IsComplete)
        {
            throw Failure(run.Node, ZWaveErrorCode.NotConfirmed, "the node says that it stored the firmware, but never fetched the end of it");
        }

        run.IsPastAbort = true;
        if (report.Status == FirmwareUpdateStatus.WaitingForActivation)
        {
            if (order.ActivatesLater) return FirmwareState.WaitingForActivation;
            await ActivateAsync(run, description, firmwareId);
            return FirmwareState.Done;
        }

        var isRestarting = report.Status == FirmwareUpdateStatus.Restarting;
        await ReturnAsync(run, report.WaitTimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : isRestarting ? null : TimeSpan.Zero);
        return FirmwareState.Done;
    }

    private async Task OfferAsync(FirmwareRun run, FirmwareUpdateRequestGet offer)
    {
        if (!run.IsAborted) await SendAsync(run.Node, offer);
        var limit = _timeouts.RequestReport;
        while (true)
        {
            if (run.IsAborted) throw Failure(run.Node, ZWaveErrorCode.Cancelled, "aborted");
            var said = await run.Inbox.NextAsync(static command => command is FirmwareUpdateRequestReport, limit, run.Stop.Token);
            switch ((said as FirmwareUpdateRequestReport)?.Status)
            {
                case FirmwareRequestStatus.Accepted:
                    return;
                case FirmwareRequestStatus.NeedsAuthentication when run.Progress.State != FirmwareState.WaitingForButton:
                    run.Become(FirmwareState.WaitingForButton);
                    limit = _timeouts.Button;
                    break;
                case { } status:
                    throw Failure(run.Node, ZWaveErrorCode.NodeRefused, FirmwareWords.Of(status));
                case null when run.IsAborted:
                    break;
                case null when run.Progress.State == FirmwareState.WaitingForButton:
                    throw Failure(run.Node, ZWaveErrorCode.NodeTimeout, "nobody pressed the button of the device in time");
                case null:
                    throw Failure(run.Node, ZWaveErrorCode.NodeTimeout, "the node does not answer to the offer of a firmware");
            }
        }
    }

    private async Task ActivateAsync(FirmwareRun run, FirmwareDescription description, ushort firmwareId)
    {
        run.IsPastAbort = true;
        run.Become(FirmwareState.Activating);
        var (target, checksum) = (run.Progress.Target, run.Progress.Checksum);
        await SendAsync(run.Node, new FirmwareActivationSet(description.ManufacturerId, firmwareId, checksum, target, description.HardwareVersion));
        var said = await run.Inbox.NextAsync(
            command => command is FirmwareActivationStatusReport report && report.FirmwareTarget == target, _timeouts.Activation, run.Stop.Token);
        switch ((said as FirmwareActivationStatusReport)?.Status)
        {
            case FirmwareActivationStatusReport.Started:
                await ReturnAsync(run, null);
                break;
            case { } status:
                throw Failure(run.Node, ZWaveErrorCode.NodeRefused, FirmwareWords.OfActivation(status));
            case null:
                throw Failure(run.Node, ZWaveErrorCode.NodeTimeout, "the node has stored the firmware and does not answer to its activation");
        }
    }

    private async Task ReturnAsync(FirmwareRun run, TimeSpan? told)
    {
        var back = new FirmwareReturn(_network, run.Node, _timeouts);
        run.Become(FirmwareState.Restarting);
        await back.WaitAsync(told, run.Stop.Token);
        run.Become(FirmwareState.Interviewing);
        await back.InterviewAsync(run.Stop.Token);
    }

    private async Task SendAsync(Node node, ICommand command)
    {
        var item = new SendItem
        {
            Node = node.Id,
            Command = command,
            Priority = SendPriority.User,
            ExpiresAt = _context.TimestampAfter(_context.Timeouts.UserCommandExpiry),
        };
        if (await _network.Sender.Send(item) is not SendOutcome.Acknowledged and var outcome) throw CommandExchange.Failure(node, command, outcome);
    }

    private async Task<FirmwareDescription> DescribeAsync(Node node, CancellationToken cancellationToken)
    {
        if (!node.Root.Supports(FirmwareUpdateMetaDataCommandClass.Id))
        {
            throw Failure(node, ZWaveErrorCode.NotSupported, "the node cannot be updated over the air: it lacks the command class for it");
        }

        // A guess would make fragments of the wrong form.
        if (!node.Root.KnowsVersionOf(FirmwareUpdateMetaDataCommandClass.Id))
        {
            throw Failure(node, ZWaveErrorCode.NotReady, "the interview of the node is not complete: the version of its update class is not known");
        }

        var report = await _network.Exchange.QueryAsync<FirmwareMetaDataReport>(
            node, EndpointIndex.Root, new FirmwareMetaDataGet(), SendPriority.User, cancellationToken);
        return report is null
            ? throw Failure(node, ZWaveErrorCode.NodeTimeout, "the node does not tell what firmware it runs")
            : FirmwareDescription.Of(node.Id, node.Root.VersionOf(FirmwareUpdateMetaDataCommandClass.Id), report);
    }

    private int FragmentSize(Node node, FirmwareDescription description)
    {
        var identity = _context.Identity ?? throw Failure(node, ZWaveErrorCode.LinkLost, "the controller is not there");
        var payload = node.Id.IsLongRange ? identity.MaximumLongRangePayload : identity.MaximumPayload;
        return FragmentSize(payload, node.SecurityClass, description.MaximumFragmentSize);
    }

    private Node Find(NodeId id) => id != _context.Identity?.NodeId && _context.FindNode(id) is { } node
        ? node
        : throw new ZWaveException(ZWaveErrorCode.NodeUnknown, $"node {id} does not exist") { Node = id };

    private void OnReceived(ReceivedCommand received)
    {
        if (_running is { } run && received.Node == run.Node && received.Endpoint.IsRoot) run.Inbox.Offer(received.Command);
    }

    private void OnLeft(Node node)
    {
        if (_running is { } run && run.Node == node) run.Stop.Cancel();
    }

    private static ZWaveException Failure(Node node, ZWaveErrorCode code, string text) => new(code, text) { Node = node.Id };
}
