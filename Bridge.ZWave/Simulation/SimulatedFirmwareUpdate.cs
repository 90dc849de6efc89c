using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// Firmware Update Meta Data: tells what runs on the plug, takes an offer, fetches the fragments some at a time, checks the image and restarts with it. An
/// answer that does not come is asked for again; after some of that the plug gives up.
/// </summary>
internal sealed class SimulatedFirmwareUpdate(SimulatedNode node) : ISimulatedCommandClass
{
    private const byte NotUpgradable = 0x00;
    private const byte FirstTellingCapabilities = 6;
    private const int MaximumImage = 1024 * 1024;
    private const int MaximumFailures = 3;

    private readonly List<byte> _image = [];
    private FirmwareUpdateRequestGet? _offer;
    private (FirmwareUpdateRequestGet Offer, byte[] Image)? _stored;
    private ushort? _interrupted;
    private ushort? _checksum;
    private Action<ICommand> _say = static _ => { };
    private Appointment? _silence;
    private bool _isFetching;
    private bool _hasAskedAgain;
    private ushort _next;
    private int _missing;
    private int _failures;

    public CommandClassId Id => FirmwareUpdateMetaDataCommandClass.Id;

    private PlugIdentity Identity => node.Plug.Identity;

    private SimulatedFirmware Own => node.Firmware;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        if (node.Plug.Firmware is not { } firmware) return CommandOutcome.Unknown;
        switch (command)
        {
            case FirmwareMetaDataGet:
                context.Reply(Describe(firmware));
                return CommandOutcome.Done;
            case FirmwareUpdateRequestGet offer:
                _say = context.Reply;
                Take(firmware, offer);
                return CommandOutcome.Done;
            case FirmwareFragmentReport fragment when _isFetching:
                _say = context.Reply;
                Take(firmware, fragment);
                return CommandOutcome.Done;
            case FirmwareFragmentReport:
                return CommandOutcome.Refused;
            case FirmwareActivationSet activation:
                _say = context.Reply;
                Activate(firmware, activation);
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }

    /// <summary>Somebody pressed the button that an offer waits for.</summary>
    public void Confirm()
    {
        if (_offer is not null && !_isFetching) Accept(node.Plug.Firmware!);
    }

    private FirmwareMetaDataReport Describe(PlugFirmware firmware) => new(
        Identity.ManufacturerId, firmware.Id, _checksum ?? firmware.Checksum)
    {
        Upgradable = firmware.IsUpgradable ? FirmwareMetaDataReport.CanBeUpgraded : NotUpgradable,
        FurtherTargets = 0,
        MaximumFragmentSize = firmware.MaximumFragmentSize,
        FurtherFirmwareIds = [],
        HardwareVersion = Identity.HardwareVersion ?? 0,
        Capabilities = node.Plug.VersionOf(Id) >= FirstTellingCapabilities
            ? new(ContinuesToFunction: true, firmware.SupportsActivation, SupportsNonSecure: false, firmware.SupportsResume)
            : null,
    };

    private void Take(PlugFirmware firmware, FirmwareUpdateRequestGet offer)
    {
        var answer = Own.Answer ?? Judge(firmware, offer);
        if (answer != FirmwareRequestStatus.Accepted)
        {
            _say(new FirmwareUpdateRequestReport(answer));
            return;
        }

        _offer = offer;
        if (Own.WantsButton) _say(new FirmwareUpdateRequestReport(FirmwareRequestStatus.NeedsAuthentication));
        else Accept(firmware);
    }

    private FirmwareRequestStatus Judge(PlugFirmware firmware, FirmwareUpdateRequestGet offer) =>
        !firmware.IsUpgradable ? FirmwareRequestStatus.NotUpgradable
        : _isFetching ? FirmwareRequestStatus.AnotherUpdateRunning
        : (offer.ManufacturerId, offer.FirmwareId, offer.FirmwareTarget ?? 0) != (Identity.ManufacturerId, firmware.Id, 0)
            ? FirmwareRequestStatus.InvalidCombination
        : offer.FragmentSize is 0 || offer.FragmentSize > firmware.MaximumFragmentSize ? FirmwareRequestStatus.FragmentSizeTooLarge
        : offer.HardwareVersion is { } hardware && hardware != (Identity.HardwareVersion ?? 0) ? FirmwareRequestStatus.WrongHardwareVersion
        : FirmwareRequestStatus.Accepted;

    private void Accept(PlugFirmware firmware)
    {
        var resumes = firmware.SupportsResume && _offer!.Options?.Resume == true && _interrupted == _offer.Checksum;
        if (!resumes)
        {
            _image.Clear();
            _next = 1;
        }

        (_interrupted, _failures, _hasAskedAgain, _isFetching) = (null, 0, false, true);
        _say(new FirmwareUpdateRequestReport(FirmwareRequestStatus.Accepted, new(Resume: resumes)));
        if (!Own.NeverAsks) Ask(firmware, firmware.FragmentsAtOnce);
    }

    private void Ask(PlugFirmware firmware, byte count)
    {
        _missing = count;
        _silence?.Cancel();
        _silence = node.Agenda.After(Own.Patience, () => Fail(firmware));
        _say(new FirmwareFragmentGet(count, _next));
    }

    private void Fail(PlugFirmware firmware)
    {
        if (++_failures >= MaximumFailures) End(FirmwareUpdateStatus.TransmissionFailed, null);
        else Ask(firmware, firmware.FragmentsAtOnce);
    }

    private void Take(PlugFirmware firmware, FirmwareFragmentReport fragment)
    {
        if (!fragment.IsChecksumValid)
        {
            Fail(firmware);
            return;
        }

        // One that is there already, or one behind a gap: what is missing is asked for when nothing more comes.
        if (fragment.ReportNumber != _next || _image.Count + fragment.Data.Length > MaximumImage) return;
        if (Own.AsksAgainFor == _next && !_hasAskedAgain)
        {
            _hasAskedAgain = true;
            Ask(firmware, firmware.FragmentsAtOnce);
            return;
        }

        _image.AddRange(fragment.Data);
        (_next, _failures) = ((ushort)(_next + 1), 0);
        if (fragment.IsLast || Own.SaysStoredAfter == fragment.ReportNumber) Conclude(firmware);
        else if (Own.StopsAskingAfter == fragment.ReportNumber) FallSilent();
        else if (--_missing == 0) Ask(firmware, firmware.FragmentsAtOnce);
    }

    private void FallSilent()
    {
        _silence?.Cancel();
        (_isFetching, _interrupted) = (false, _offer?.Checksum);
    }

    private void Conclude(PlugFirmware firmware)
    {
        var image = _image.ToArray();
        var status = Own.EndsWith
            ?? (Own.SaysStoredAfter is not null ? FirmwareUpdateStatus.Restarting
            : Crc16.Compute(image) != _offer!.Checksum ? FirmwareUpdateStatus.ChecksumError
            : SimulatedFirmware.Judge(image, Identity.ManufacturerId, firmware.Id));
        if (status == FirmwareUpdateStatus.Restarting && _offer!.Options?.Activation == true) status = FirmwareUpdateStatus.WaitingForActivation;
        if (status >= FirmwareUpdateStatus.WaitingForActivation) Own.Image = image;
        if (status == FirmwareUpdateStatus.WaitingForActivation) _stored = (_offer!, image);
        End(status, image);
    }

    private void End(FirmwareUpdateStatus status, byte[]? image)
    {
        _silence?.Cancel();
        (_isFetching, _interrupted) = (false, status == FirmwareUpdateStatus.TransmissionFailed ? _offer?.Checksum : null);
        var restart = node.Plug.Firmware!.RestartTime;
        _say(new FirmwareUpdateStatusReport(status, (ushort)restart.TotalSeconds));
        if (status is FirmwareUpdateStatus.Restarting && image is not null) Start(image);
    }

    private void Activate(PlugFirmware firmware, FirmwareActivationSet activation)
    {
        var isStored = _stored is { } stored && stored.Offer.Checksum == activation.Checksum && activation.FirmwareTarget == 0
            && (activation.ManufacturerId, activation.FirmwareId) == (Identity.ManufacturerId, firmware.Id);
        var status = Own.AnswersActivation
            ?? (isStored ? FirmwareActivationStatusReport.Started : FirmwareActivationStatusReport.InvalidCombination);
        _say(new FirmwareActivationStatusReport(
            activation.ManufacturerId, activation.FirmwareId, activation.Checksum, activation.FirmwareTarget, status, activation.HardwareVersion));
        if (status != FirmwareActivationStatusReport.Started || _stored is not { } known) return;
        _stored = null;
        Start(known.Image);
    }

    private void Start(byte[] image) => node.Agenda.At(node.Agenda.Now, () => node.Restart(
        Own.StaysAway ? TimeSpan.FromDays(1) : node.Plug.Firmware!.RestartTime,
        () =>
        {
            _checksum = Crc16.Compute(image);
            if (image.Length >= SimulatedFirmware.HeaderLength) Own.Version = SimulatedFirmware.VersionOf(image);
        }));
}
