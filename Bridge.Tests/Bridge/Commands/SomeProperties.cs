using Bridge.Mqtt;
using Bridge.Commands;
using Bridge.Properties;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Commands;

/// <summary>Nodes as the catalog of properties would show them.</summary>
internal static class SomeProperties
{
    /// <summary>One relay, a meter, parameters of every kind, every action.</summary>
    public static readonly NodeProperties Plug = new(new(2),
    [
        Relay(0, "state"),
        Reading(0, "power"),
        new("overload", PropertyKind.Overload) { Stem = "overload", Label = "Overload", IsState = true },
        Parameter(new(3, "power_limit", "Power limit", 2) { Minimum = 0, Maximum = 4500, Unit = "W", Values = new Dictionary<long, string> { [0] = "No limit" } }),
        Parameter(new(6, "report_percent", "Percent", 1) { Minimum = 10, Maximum = 100, AlsoAllowed = [0], Values = new Dictionary<long, string> { [0] = "Off" } }),
        Parameter(new(9, "relay_delay", "Relay delay", 1) { Minimum = 0, Maximum = 255 }),
        Parameter(new(11, "offset", "Offset", 1) { Minimum = -100, Maximum = 100, IsSigned = true }),
        Parameter(new(12, "magic", "Magic", 1) { Minimum = 0, Maximum = 255, Forbidden = [85] }),
        Parameter(new(13, "revision", "Revision", 1) { Minimum = 0, Maximum = 255, IsReadOnly = true }),
        Parameter(new(10, "led", "Light", 1)
        {
            Minimum = 0,
            Maximum = 2,
            IsEnumeration = true,
            Values = new Dictionary<long, string> { [0] = "Off", [1] = "On when relay is on", [2] = "7" },
        }),
        new("parameter_40", PropertyKind.Parameter) { Stem = "parameter_40", Label = "Parameter 40", ParameterNumber = 40, IsState = true, IsSettable = true },
        new("protection", PropertyKind.Protection)
        {
            Stem = "protection",
            Label = "Child lock",
            IsEnumeration = true,
            IsSettable = true,
            IsState = true,
            Options = new Dictionary<long, string> { [0] = "Unprotected", [1] = "By sequence", [2] = "No operation" },
        },
        Reset(0, "reset_meter"),
        Action("identify", PropertyKind.Identify),
        Action("reset_configuration", PropertyKind.ResetConfiguration),
        Action("ping", PropertyKind.Ping),
        new("node_status", PropertyKind.NodeStatus) { Stem = "node_status", Label = "Node status", IsState = true },
    ]);

    /// <summary>Two relays and one endpoint that stands for both.</summary>
    public static readonly NodeProperties Double = new(new(4),
    [
        Relay(1, "state_1"), Relay(2, "state_2"), Relay(3, "state_3", isGroup: true),
        Reading(1, "power_1"), Reading(2, "power_2"), Reading(3, "power_3", isGroup: true),
        Reset(1, "reset_meter_1"), Reset(2, "reset_meter_2"), Reset(3, "reset_meter_3", isGroup: true),
        Action("ping", PropertyKind.Ping),
    ]);

    /// <summary>Two outlets, no group, a meter of the whole strip.</summary>
    public static readonly NodeProperties Strip = new(new(5),
        [Relay(1, "state_1"), Relay(2, "state_2"), Reading(0, "power"), Reset(0, "reset_meter"), Action("ping", PropertyKind.Ping)]);

    /// <summary>Nothing to switch.</summary>
    public static readonly NodeProperties Sensor = new(new(6), [Reading(0, "power"), Action("ping", PropertyKind.Ping)]);

    public static NodeProperties Of(string name) => name switch
    {
        "plug" => Plug,
        "double" => Double,
        "strip" => Strip,
        _ => Sensor,
    };

    /// <summary>"state=ON, power_limit=2000", or the faults.</summary>
    public static string Text(SetCommand command) => command.Faults.Count > 0
        ? string.Join("; ", command.Faults)
        : string.Join(", ", command.Actions.Select(static action => action switch
        {
            SwitchAction { IsOn: null } => $"{action.Name}=TOGGLE",
            SwitchAction { IsOn: var isOn } => $"{action.Name}={(isOn == true ? "ON" : "OFF")}",
            ParameterAction parameter => $"{parameter.Property.ParameterNumber}={parameter.Value}",
            ProtectionAction protection => $"protection={protection.State}",
            ResetMeterAction reset => $"reset {string.Join('+', reset.Endpoints)}{(reset.Shown.SequenceEqual(reset.Endpoints) ? string.Empty : " shows " + string.Join('+', reset.Shown))}",
            _ => $"start {action.Name}",
        }));

    private static NodeProperty Relay(byte endpoint, string name, bool isGroup = false) => new(name, PropertyKind.Switch)
    {
        Stem = "state",
        Label = "Switch",
        Endpoint = new(endpoint),
        IsGroup = isGroup,
        Source = new(new(2), new(endpoint), SwitchBinaryCommandClass.State),
        IsState = true,
        IsSettable = true,
    };

    private static NodeProperty Reading(byte endpoint, string name, bool isGroup = false) =>
        new(name, PropertyKind.Reading) { Stem = "power", Label = "Power", Endpoint = new(endpoint), IsGroup = isGroup, IsState = true };

    private static NodeProperty Reset(byte endpoint, string name, bool isGroup = false) =>
        new(name, PropertyKind.ResetMeter) { Stem = "reset_meter", Label = "Reset", Endpoint = new(endpoint), IsGroup = isGroup, IsSettable = true };

    private static NodeProperty Action(string name, PropertyKind kind) => new(name, kind) { Stem = name, Label = name, IsSettable = true };

    private static NodeProperty Parameter(ParameterDefinition parameter) => new(parameter.Name, PropertyKind.Parameter)
    {
        Stem = parameter.Name,
        Label = parameter.Label,
        ParameterNumber = parameter.Number,
        Parameter = parameter,
        Unit = parameter.Unit,
        Minimum = parameter.Minimum,
        Maximum = parameter.Maximum,
        Options = parameter.Values,
        IsEnumeration = parameter.IsEnumeration,
        IsState = true,
        IsSettable = !parameter.IsReadOnly,
    };
}
