using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>Version.</summary>
internal sealed class SimulatedVersion(SimulatedNode node) : ISimulatedCommandClass
{
    public CommandClassId Id => VersionCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        switch (command)
        {
            case VersionGet:
                var identity = node.Plug.Identity;
                context.Reply(new VersionReport(identity.LibraryType, identity.ProtocolVersion, node.Firmware.Version, identity.HardwareVersion ?? 0, []));
                return CommandOutcome.Done;
            case VersionCommandClassGet get:
                context.Reply(new VersionCommandClassReport(get.RequestedCommandClass, node.Plug.VersionOf(get.RequestedCommandClass)));
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }
}

/// <summary>Manufacturer Specific: asked for any device id it tells the serial number.</summary>
internal sealed class SimulatedManufacturerSpecific(SimulatedNode node) : ISimulatedCommandClass
{
    private const byte FirstVersionWithDeviceId = 2;

    public CommandClassId Id => ManufacturerSpecificCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        var identity = node.Plug.Identity;
        switch (command)
        {
            case ManufacturerSpecificGet:
                context.Reply(new ManufacturerSpecificReport(identity.ManufacturerId, identity.ProductTypeId, identity.ProductId));
                return CommandOutcome.Done;
            case DeviceSpecificGet when node.Plug.VersionOf(Id) >= FirstVersionWithDeviceId:
                context.Reply(new DeviceSpecificReport(DeviceIdType.SerialNumber, DeviceIdDataFormat.Binary, [.. identity.SerialNumber]));
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }
}

/// <summary>Z-Wave Plus Info.</summary>
internal sealed class SimulatedZWavePlusInfo(SimulatedNode node) : ISimulatedCommandClass
{
    public CommandClassId Id => ZWavePlusInfoCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        if (command is not ZWavePlusInfoGet || node.Plug.ZWavePlus is not { } plus) return CommandOutcome.Unknown;
        context.Reply(new ZWavePlusInfoReport(
            plus.Version, (ZWavePlusRoleType)plus.RoleType, (ZWavePlusNodeType)plus.NodeType, plus.InstallerIcon, plus.UserIcon));
        return CommandOutcome.Done;
    }
}

/// <summary>Powerlevel: reduced power ends by itself; every frame of a test arrives.</summary>
internal sealed class SimulatedPowerlevel(SimulatedNode node) : ISimulatedCommandClass
{
    private byte _level;
    private TimeSpan _until;
    private PowerlevelTestNodeReport _test = new(0, PowerlevelTestStatus.Failed, 0);

    public CommandClassId Id => PowerlevelCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        var now = node.Agenda.Now;
        switch (command)
        {
            case PowerlevelSet { PowerLevel: <= PowerlevelCommandClass.MinimumPower } set:
                (_level, _until) = (set.PowerLevel, now + TimeSpan.FromSeconds(set.TimeoutSeconds));
                return CommandOutcome.Done;
            case PowerlevelSet: return CommandOutcome.Refused;
            case PowerlevelGet:
                var left = _level == PowerlevelCommandClass.NormalPower ? TimeSpan.Zero : _until - now;
                context.Reply(left > TimeSpan.Zero ? new PowerlevelReport(_level, (byte)Math.Ceiling(left.TotalSeconds)) : new PowerlevelReport(0, 0));
                return CommandOutcome.Done;
            case PowerlevelTestNodeSet { PowerLevel: <= PowerlevelCommandClass.MinimumPower } test:
                _test = new(test.TestNodeId, PowerlevelTestStatus.Success, test.TestFrameCount);
                return CommandOutcome.Done;
            case PowerlevelTestNodeSet: return CommandOutcome.Refused;
            case PowerlevelTestNodeGet:
                context.Reply(_test);
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }

    public void Reset() => (_level, _test) = (0, new(0, PowerlevelTestStatus.Failed, 0));
}

/// <summary>Indicator: the plug blinks to show which it is (indicator 50), and stops by itself.</summary>
internal sealed class SimulatedIndicator(SimulatedNode node) : ISimulatedCommandClass
{
    private const byte Endless = 0xFF;
    private static readonly byte[] s_properties = [IndicatorPropertyId.OnOffPeriod, IndicatorPropertyId.OnOffCycles, IndicatorPropertyId.OnTime];

    private readonly Dictionary<byte, byte> _values = s_properties.ToDictionary(static property => property, static _ => (byte)0);
    private Appointment? _end;

    public CommandClassId Id => IndicatorCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        switch (command)
        {
            case IndicatorSet { Objects: { Count: > 0 } objects }: return Set(objects);
            case IndicatorSet: return CommandOutcome.Refused; // the plug has no indicator for the value of version 1
            case IndicatorGet { IndicatorId: null }:
                context.Reply(new IndicatorReport(0));
                return CommandOutcome.Done;
            case IndicatorGet:
                context.Reply(new IndicatorReport(0, [.. s_properties.Select(Object)]));
                return CommandOutcome.Done;
            case IndicatorSupportedGet get:
                var isKnown = get.IndicatorId is IndicatorSupportedGet.First or IndicatorCommandClass.Identify;
                context.Reply(isKnown
                    ? new IndicatorSupportedReport(IndicatorCommandClass.Identify, 0, [.. s_properties.Select(static property => (int)property)])
                    : new IndicatorSupportedReport(0, 0, []));
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }

    public void Reset() => Stop();

    private IndicatorObject Object(byte property) => new(IndicatorCommandClass.Identify, property, _values[property]);

    private CommandOutcome Set(IReadOnlyList<IndicatorObject> objects)
    {
        var isKnown = objects.All(static part => part.IndicatorId == IndicatorCommandClass.Identify && s_properties.Contains(part.PropertyId));
        if (!isKnown) return CommandOutcome.Refused;
        foreach (var part in objects) _values[part.PropertyId] = part.Value;
        _end?.Cancel();
        var cycles = _values[IndicatorPropertyId.OnOffCycles];
        var period = TimeSpan.FromMilliseconds(100 * _values[IndicatorPropertyId.OnOffPeriod]);
        _end = cycles is 0 or Endless ? null : node.Agenda.After(period * cycles, Stop);
        return CommandOutcome.Done;
    }

    private void Stop()
    {
        _end?.Cancel();
        foreach (var property in s_properties) _values[property] = 0;
    }
}
