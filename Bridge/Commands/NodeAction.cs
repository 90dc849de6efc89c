using Bridge.Properties;
using Bridge.ZWave.Wire;

namespace Bridge.Commands;

/// <summary>One thing to do with a node. Everything about it was checked: what is left is the way to the node.</summary>
/// <param name="Name">The property it is about; a newer action of the same name takes the place of an older one.</param>
public abstract record NodeAction(string Name);

/// <summary>Switches a relay.</summary>
/// <param name="Property">Of kind <see cref="PropertyKind.Switch"/>.</param>
/// <param name="IsOn">Null: the opposite of what it is.</param>
public sealed record SwitchAction(NodeProperty Property, bool? IsOn) : NodeAction(Property.Name);

/// <summary>Writes a configuration parameter.</summary>
/// <param name="Value">As the device file spells it: 255, not -1, in an unsigned byte.</param>
public sealed record ParameterAction(NodeProperty Property, long Value) : NodeAction(Property.Name);

/// <summary>Says who may operate the device by hand.</summary>
public sealed record ProtectionAction(NodeProperty Property, long State) : NodeAction(Property.Name);

/// <summary>Sets meters to zero, one after the other.</summary>
/// <param name="Endpoints">Whose meters; a group stands for its members, too.</param>
/// <param name="Shown">Whose new readings are the answer.</param>
public sealed record ResetMeterAction(string Name, IReadOnlyList<EndpointIndex> Endpoints, IReadOnlyList<EndpointIndex> Shown)
    : NodeAction(Name);

/// <summary>Starts one of the other actions: identify, ping, reset of the configuration, update of the firmware.</summary>
public sealed record StartAction(NodeProperty Property) : NodeAction(Property.Name);

/// <summary>What a set command comes to: actions, or faults and then nothing else. Neither: there is nothing to do.</summary>
public sealed record SetCommand(IReadOnlyList<NodeAction> Actions, IReadOnlyList<CommandFault> Faults)
{
    public static readonly SetCommand Nothing = new([], []);

    /// <summary>The result depends on the state before: carried out twice it is something else.</summary>
    public bool IsToggle => Actions.Any(static action => action is SwitchAction { IsOn: null });
}
