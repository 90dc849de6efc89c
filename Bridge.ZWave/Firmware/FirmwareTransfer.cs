using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Firmware;

/// <summary>
/// Gives a node the fragments it asks for, until it says how the transfer ended. The node leads: it says which fragments it wants, and wants some again when
/// they got lost. Between two of them the air belongs to others, and commands of users go first. Belongs to the network's loop.
/// </summary>
/// <remarks>Source: application command class specification, Firmware Update Meta Data, transfer.</remarks>
internal sealed class FirmwareTransfer(
    ZWaveNetwork network, Node node, FirmwareInbox inbox, FirmwareImage image, int fragmentSize, FirmwareTimeouts timeouts)
{
    // A node on a bad route wants a fragment again and again; one that never gets further is at fault.
    private const int MaximumRepeats = 50;
    private const int FragmentsToSpoil = 5;
    private const byte FirstVersionWithChecksum = 2;

    private readonly NetworkContext _context = network.Context;
    private readonly int _fragments = image.FragmentsOf(fragmentSize);
    private int _repeats;
    private bool _isAborted;

    // What the node still waits for of its last question, when the transfer was aborted in the middle of the answer.
    private FirmwareFragmentGet? _unanswered;

    /// <summary>A fragment arrived that the node did not have yet.</summary>
    public event Action? Progressed;

    /// <summary>The highest fragment the node has got.</summary>
    public int Highest { get; private set; }

    public int Fragments => _fragments;

    /// <summary>Every fragment was asked for and given, the last one included.</summary>
    public bool IsComplete => Highest == _fragments;

    /// <summary>The user does not want it any more.</summary>
    public void Abort()
    {
        _isAborted = true;
        inbox.Interrupt();
    }

    /// <summary>Runs until the node says how it ended.</summary>
    /// <exception cref="ZWaveException">The node fell silent, asks for ever, or the transfer was aborted.</exception>
    public async Task<FirmwareUpdateStatusReport> RunAsync(CancellationToken cancellationToken)
    {
        var limit = timeouts.FirstGet;
        while (true)
        {
            var said = _isAborted ? null : await inbox.NextAsync(IsOfTransfer, limit, cancellationToken);
            if (_isAborted) return await SpoilAsync(said as FirmwareFragmentGet ?? _unanswered, cancellationToken);
            switch (said)
            {
                case FirmwareUpdateStatusReport status:
                    return status;
                case FirmwareFragmentGet get:
                    await ServeAsync(get, cancellationToken);
                    limit = IsComplete ? timeouts.Status : timeouts.NextGet;
                    break;
                default:
                    throw Failure(ZWaveErrorCode.NodeTimeout, Silence(limit));
            }
        }
    }

    private static bool IsOfTransfer(ICommand command) => command is FirmwareFragmentGet or FirmwareUpdateStatusReport;

    private string Silence(TimeSpan limit) => IsComplete ? $"the node has all fragments and did not say within {limit.TotalSeconds:0} s what became of them"
        : Highest == 0 ? $"the node took the offer and asked for no fragment within {limit.TotalSeconds:0} s"
        : $"the node asked for nothing more for {limit.TotalSeconds:0} s, after fragment {Highest} of {_fragments}";

    private async Task ServeAsync(FirmwareFragmentGet get, CancellationToken cancellationToken)
    {
        var last = Math.Min(get.ReportNumber + get.NumberOfReports - 1, _fragments);
        _repeats = last > Highest && get.ReportNumber > 0 ? 0 : _repeats + 1;
        if (_repeats > MaximumRepeats) throw Failure(ZWaveErrorCode.NodeRefused, $"the node asks for fragment {get.ReportNumber} again and again");
        if (get.ReportNumber == 0) return;
        for (int number = get.ReportNumber; number <= last; number++)
        {
            // A newer question takes the place of this one, and so does the end.
            if (inbox.HasMail) return;
            if (_isAborted)
            {
                _unanswered = get with { ReportNumber = (ushort)number };
                return;
            }

            if (!await SendAsync(Report(number), cancellationToken)) return;
            if (number > Highest)
            {
                Highest = number;
                Progressed?.Invoke();
            }

            if (number < last) await _context.DelayAsync(timeouts.FragmentPause, cancellationToken);
        }
    }

    private FirmwareFragmentReport Report(int number) => new(number == _fragments, (ushort)number, image.Fragment(number, fragmentSize));

    // False: it did not arrive; the node will ask for it again.
    private async Task<bool> SendAsync(FirmwareFragmentReport report, CancellationToken cancellationToken)
    {
        var outcome = await network.Sender.Send(Item(report));
        if (outcome == SendOutcome.TooLong)
        {
            if (!await FindTogetherAsync(cancellationToken)) return false;
            outcome = await network.Sender.Send(Item(report));
        }

        if (outcome == SendOutcome.TooLong) throw CommandExchange.Failure(node, report, outcome);
        return outcome == SendOutcome.Acknowledged;
    }

    // Encrypted frames are longer after a node has lost count of them: a short question brings both sides together again.
    private async Task<bool> FindTogetherAsync(CancellationToken cancellationToken)
    {
        try
        {
            await network.Exchange.QueryAsync<FirmwareMetaDataReport>(
                node, EndpointIndex.Root, new FirmwareMetaDataGet(), SendPriority.Interview, cancellationToken);
            return true;
        }
        catch (ZWaveException exception) when (exception.Code == ZWaveErrorCode.SecurityFailed)
        {
            // Several fragments were under way that it could not decrypt: its next question does it.
            return false;
        }
    }

    private SendItem Item(FirmwareFragmentReport report) =>
        new() { Node = node.Id, Command = report, Priority = SendPriority.Interview, IsAskedForAgain = true };

    // There is no command to call an update off: a spoilt last fragment makes the node do so. One that says nothing more gives up by itself.
    private async Task<FirmwareUpdateStatusReport> SpoilAsync(FirmwareFragmentGet? get, CancellationToken cancellationToken)
    {
        var canSpoil = node.Root.VersionOf(FirmwareUpdateMetaDataCommandClass.Id) >= FirstVersionWithChecksum;
        for (var spoilt = 0; ; spoilt++)
        {
            if (get is { ReportNumber: > 0 } && get.ReportNumber <= _fragments && canSpoil && spoilt < FragmentsToSpoil)
            {
                var fragment = Report(get.ReportNumber);
                await network.Sender.Send(Item(
                    new FirmwareFragmentReport(isLast: true, fragment.ReportNumber, fragment.Data) { Checksum = (ushort)~fragment.Checksum }));
            }

            var said = await inbox.NextAsync(IsOfTransfer, timeouts.Abort, cancellationToken);
            // It was too late: the node had everything.
            if (said is FirmwareUpdateStatusReport { Status: >= FirmwareUpdateStatus.WaitingForActivation } status && IsComplete) return status;
            get = said as FirmwareFragmentGet;
            if (get is null || spoilt >= FragmentsToSpoil) throw Failure(ZWaveErrorCode.Cancelled, "aborted");
        }
    }

    private ZWaveException Failure(ZWaveErrorCode code, string text) => new(code, text) { Node = node.Id };
}
