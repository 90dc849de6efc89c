using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>What Basic, Switch Binary and Switch All do with relays.</summary>
internal static class SwitchCommands
{
    private const byte HighestLevel = 0x63;

    /// <summary>Switches an endpoint to a value of a Set: 0 off, 1..99 and FF on, others mean nothing to most plugs.</summary>
    public static CommandOutcome Set(SimulatedNode node, byte endpoint, byte value)
    {
        var isReserved = value is > HighestLevel and not SwitchState.On;
        if (isReserved && !node.Plug.Quirks.Contains(PlugQuirk.AnyValueIsOn)) return CommandOutcome.Refused;
        return Switch(node, node.Relays.RelaysOf(endpoint), value != SwitchState.Off);
    }

    public static CommandOutcome Switch(SimulatedNode node, IReadOnlyList<int>? relays, bool isOn) =>
        relays is not null && node.Relays.SwitchByRadio(relays, isOn) ? CommandOutcome.Done : CommandOutcome.Refused;

    public static byte State(SimulatedNode node, byte endpoint) => SwitchState.ToByte(node.Relays.IsOn(node.Relays.RelaysOf(endpoint) ?? []));
}

/// <summary>Basic: the same as Switch Binary.</summary>
internal sealed class SimulatedBasic(SimulatedNode node) : ISimulatedCommandClass
{
    public CommandClassId Id => BasicCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        switch (command)
        {
            case BasicSet set: return SwitchCommands.Set(node, context.Endpoint, set.Value);
            case BasicGet:
                context.Reply(new BasicReport(SwitchCommands.State(node, context.Endpoint)));
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }
}

/// <summary>Switch Binary. A relay needs no time: a duration is taken and means nothing.</summary>
internal sealed class SimulatedSwitchBinary(SimulatedNode node) : ISimulatedCommandClass
{
    public CommandClassId Id => SwitchBinaryCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        switch (command)
        {
            case SwitchBinarySet set: return SwitchCommands.Set(node, context.Endpoint, set.TargetValue);
            case SwitchBinaryGet:
                var state = SwitchCommands.State(node, context.Endpoint);
                context.Reply(new SwitchBinaryReport(state, state, Duration.Instantly));
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }
}

/// <summary>Switch All: on and off may come as broadcast, the mode says which of them the plug follows.</summary>
internal sealed class SimulatedSwitchAll(SimulatedNode node) : ISimulatedCommandClass
{
    private static readonly byte[] s_modes =
        [SwitchAllCommandClass.Excluded, SwitchAllCommandClass.OnlyAllOff, SwitchAllCommandClass.OnlyAllOn, SwitchAllCommandClass.Included];

    private byte _mode = SwitchAllCommandClass.Included;

    public CommandClassId Id => SwitchAllCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        switch (command)
        {
            case SwitchAllSet set when s_modes.Contains(set.Mode):
                _mode = set.Mode;
                return CommandOutcome.Done;
            case SwitchAllSet: return CommandOutcome.Refused;
            case SwitchAllGet:
                context.Reply(new SwitchAllReport(_mode));
                return CommandOutcome.Done;
            case SwitchAllOn: return Follow(isOn: true, SwitchAllCommandClass.OnlyAllOn);
            case SwitchAllOff: return Follow(isOn: false, SwitchAllCommandClass.OnlyAllOff);
            default: return CommandOutcome.Unknown;
        }
    }

    public void Reset() => _mode = SwitchAllCommandClass.Included;

    private CommandOutcome Follow(bool isOn, byte modeOfItsOwn) => _mode == SwitchAllCommandClass.Included || _mode == modeOfItsOwn
        ? SwitchCommands.Switch(node, [.. node.Relays.All.Select(static relay => relay.Number)], isOn)
        : CommandOutcome.Refused;
}

/// <summary>
/// Protection: who may use the button. States the plug does not have are ignored. The radio protection of version 2 is kept and told, and protects nothing.
/// </summary>
internal sealed class SimulatedProtection(SimulatedNode node) : ISimulatedCommandClass
{
    private const byte FirstVersionWithRadio = 2;
    private static readonly int[] s_radioStates = [0, 1];

    private byte _radio;

    public CommandClassId Id => ProtectionCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        switch (command)
        {
            case ProtectionSet set:
                if (!node.Protection.Set(set.LocalState)) return CommandOutcome.Refused;
                _radio = set.RfState ?? _radio;
                return CommandOutcome.Done;
            case ProtectionGet:
                context.Reply(new ProtectionReport(node.Protection.State, _radio));
                return CommandOutcome.Done;
            case ProtectionSupportedGet when node.Plug.VersionOf(Id) >= FirstVersionWithRadio:
                context.Reply(new ProtectionSupportedReport(
                    false, false, [.. node.Plug.ProtectionStates.Select(static state => (int)state)], s_radioStates));
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }

    public void Reset()
    {
        node.Protection.Set(LocalProtection.Unprotected);
        _radio = 0;
    }
}
