using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>The functions that set the module itself: timeouts, what it tells about its host, SerialApiSetup, restart.</summary>
internal sealed class ModuleSetup(SimulatedModule module, Action<WakeUpReason> restart) : ISimulatedFunctions
{
    private const byte LongRangePayload = 164;
    private static readonly RfRegion[] s_regions = [RfRegion.Europe, RfRegion.UnitedStates, RfRegion.AustraliaNewZealand];

    private static readonly SerialApiSetupSubCommand[] s_subCommands =
    [
        SerialApiSetupSubCommand.GetSupported, SerialApiSetupSubCommand.SetTransmitStatusReport, SerialApiSetupSubCommand.SetMaximumLongRangePower,
        SerialApiSetupSubCommand.SetPowerLevel, SerialApiSetupSubCommand.GetMaximumLongRangePower, SerialApiSetupSubCommand.GetPowerLevel,
        SerialApiSetupSubCommand.GetMaximumPayloadSize, SerialApiSetupSubCommand.GetMaximumLongRangePayloadSize, SerialApiSetupSubCommand.SetPowerLevel16,
        SerialApiSetupSubCommand.GetPowerLevel16, SerialApiSetupSubCommand.GetSupportedRegions, SerialApiSetupSubCommand.GetRegionInformation,
        SerialApiSetupSubCommand.GetRegion, SerialApiSetupSubCommand.SetRegion, SerialApiSetupSubCommand.SetNodeIdBaseType,
    ];

    public IEnumerable<FunctionId> Ids =>
        [SetApplicationNodeInformation.Id, SetSerialApiTimeouts.Id, SoftReset.Id, SerialApiStarted.Id, SerialApiSetup.Id];

    public bool Handle(ISerialMessage request)
    {
        switch (request)
        {
            case SetApplicationNodeInformationRequest information:
                module.Application = information;
                return true;
            case SetSerialApiTimeoutsRequest timeouts:
                module.Respond(new SetSerialApiTimeoutsResponse(module.Line.AckTimeout, module.ByteTimeout));
                (module.Line.AckTimeout, module.ByteTimeout) = (timeouts.AckTimeout, timeouts.ByteTimeout);
                return true;
            case SoftResetRequest:
                restart(WakeUpReason.SoftwareReset);
                return true;
            case SerialApiSetupRequest setup:
                module.Respond(Answer(setup));
                // The response is still written in the old width.
                if (setup.NodeIdBaseType is { } width) module.Width = width;
                return true;
            default: return false;
        }
    }

    private SerialApiSetupResponse Answer(SerialApiSetupRequest setup)
    {
        switch (setup.SubCommand)
        {
            case SerialApiSetupSubCommand.GetSupported: return SupportedSubCommands();
            case SerialApiSetupSubCommand.SetTransmitStatusReport:
                module.ReportsTransmissions = setup.Enable ?? false;
                break;
            case SerialApiSetupSubCommand.SetMaximumLongRangePower:
                module.MaximumLongRangePowerDeciDbm = setup.MaximumLongRangePowerDeciDbm ?? 0;
                break;
            case SerialApiSetupSubCommand.SetPowerLevel or SerialApiSetupSubCommand.SetPowerLevel16:
                module.Power = setup.Power ?? default;
                break;
            case SerialApiSetupSubCommand.GetMaximumLongRangePower: return SerialApiSetupResponse.MaximumLongRangePower(module.MaximumLongRangePowerDeciDbm);
            case SerialApiSetupSubCommand.GetPowerLevel: return SerialApiSetupResponse.PowerLevel(module.Power, is16Bit: false);
            case SerialApiSetupSubCommand.GetPowerLevel16: return SerialApiSetupResponse.PowerLevel(module.Power, is16Bit: true);
            case SerialApiSetupSubCommand.GetMaximumPayloadSize: return SerialApiSetupResponse.MaximumPayload(module.Options.MaximumPayload);
            case SerialApiSetupSubCommand.GetMaximumLongRangePayloadSize: return SerialApiSetupResponse.MaximumPayload(LongRangePayload, isLongRange: true);
            case SerialApiSetupSubCommand.GetSupportedRegions: return SerialApiSetupResponse.SupportedRegions(s_regions);
            case SerialApiSetupSubCommand.GetRegionInformation:
                var region = setup.Region ?? RfRegion.Unknown;
                return SerialApiSetupResponse.InformationOf(new(region, s_regions.Contains(region), SupportsLongRange: false, RfRegion.Unknown));
            case SerialApiSetupSubCommand.GetRegion: return SerialApiSetupResponse.CurrentRegion(module.Region);
            case SerialApiSetupSubCommand.SetRegion:
                if (setup.Region is not { } wanted || !s_regions.Contains(wanted)) return SerialApiSetupResponse.Done(setup.SubCommand, status: 0);
                module.Region = wanted;
                break;
            case SerialApiSetupSubCommand.SetNodeIdBaseType: break;
            default: return SerialApiSetupResponse.Unsupported(setup.SubCommand);
        }

        return SerialApiSetupResponse.Done(setup.SubCommand);
    }

    /// <summary>The powers of two as one byte, and all as a mask whose first bit is sub-command 1.</summary>
    private static SerialApiSetupResponse SupportedSubCommands()
    {
        int[] numbers = [.. s_subCommands.Select(static subCommand => (int)subCommand)];
        var flags = numbers.Where(static number => int.IsPow2(number)).Sum();
        var mask = new byte[BitMask.LengthFor(1, numbers)];
        BitMask.Write(mask, 1, numbers);
        return SerialApiSetupResponse.Supported((byte)flags, mask);
    }
}
