using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>The list of all command classes, sorted by number. Explicit: what is not here is not decoded (docs/decisions/0005).</summary>
public static class CommandRegistry
{
    /// <summary>Every class this library knows, by number.</summary>
    public static IReadOnlyList<CommandClassDefinition> All { get; } =
    [
        NoOperationCommandClass.Definition, // 00
        BasicCommandClass.Definition, // 20
        ApplicationStatusCommandClass.Definition, // 22
        SwitchBinaryCommandClass.Definition, // 25
        SwitchAllCommandClass.Definition, // 27
        MeterCommandClass.Definition, // 32
        TransportServiceCommandClass.Definition, // 55
        Crc16EncapsulationCommandClass.Definition, // 56
        AssociationGroupInformationCommandClass.Definition, // 59
        DeviceResetLocallyCommandClass.Definition, // 5A
        ZWavePlusInfoCommandClass.Definition, // 5E
        MultiChannelCommandClass.Definition, // 60
        SupervisionCommandClass.Definition, // 6C
        ConfigurationCommandClass.Definition, // 70
        NotificationCommandClass.Definition, // 71
        ManufacturerSpecificCommandClass.Definition, // 72
        PowerlevelCommandClass.Definition, // 73
        ProtectionCommandClass.Definition, // 75
        NodeNamingCommandClass.Definition, // 77
        FirmwareUpdateMetaDataCommandClass.Definition, // 7A
        WakeUpCommandClass.Definition, // 84
        AssociationCommandClass.Definition, // 85
        VersionCommandClass.Definition, // 86
        IndicatorCommandClass.Definition, // 87
        TimeCommandClass.Definition, // 8A
        MultiChannelAssociationCommandClass.Definition, // 8E
        MultiCommandCommandClass.Definition, // 8F
        Security0CommandClass.Definition, // 98
        Security2CommandClass.Definition, // 9F
    ];

    private static readonly CommandClassDefinition?[] s_classes = BuildClasses();
    private static readonly CommandDefinition?[]?[] s_commands = BuildCommands();

    /// <summary>The definition of a class, or null.</summary>
    public static CommandClassDefinition? Find(CommandClassId commandClass) =>
        commandClass.Value < s_classes.Length ? s_classes[commandClass.Value] : null;

    /// <summary>The definition of a command, or null.</summary>
    public static CommandDefinition? Find(CommandId command) =>
        command.CommandClass.Value < s_commands.Length ? s_commands[command.CommandClass.Value]?[command.Command] : null;

    private static CommandClassDefinition?[] BuildClasses()
    {
        var classes = new CommandClassDefinition?[256];
        foreach (var definition in All) classes[definition.Id.Value] = definition;
        return classes;
    }

    private static CommandDefinition?[]?[] BuildCommands()
    {
        var commands = new CommandDefinition?[]?[256];
        foreach (var definition in All)
        {
            var row = commands[definition.Id.Value] = new CommandDefinition?[256];
            foreach (var command in definition.Commands) row[command.Id.Command] = command;
        }

        return commands;
    }
}
