using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>The list of all simulated command classes, sorted by number.</summary>
internal static class SimulatedCommandClasses
{
    /// <summary>The behaviours of the classes a plug has anywhere; those that are around others (Transport Service) are not here.</summary>
    public static IReadOnlyDictionary<CommandClassId, ISimulatedCommandClass> For(SimulatedNode node)
    {
        ISimulatedCommandClass[] all =
        [
            new SimulatedBasic(node), // 20
            new SimulatedSwitchBinary(node), // 25
            new SimulatedSwitchAll(node), // 27
            new SimulatedMeter(node), // 32
            new SimulatedAssociationGroupInformation(node), // 59
            new SimulatedZWavePlusInfo(node), // 5E
            new SimulatedMultiChannel(node), // 60
            new SimulatedConfiguration(node), // 70
            new SimulatedNotification(node), // 71
            new SimulatedManufacturerSpecific(node), // 72
            new SimulatedPowerlevel(node), // 73
            new SimulatedProtection(node), // 75
            new SimulatedFirmwareUpdate(node), // 7A
            new SimulatedAssociation(node), // 85
            new SimulatedVersion(node), // 86
            new SimulatedIndicator(node), // 87
            new SimulatedMultiChannelAssociation(node), // 8E
            new SimulatedSecurity0(node), // 98
            new SimulatedSecurity2(node), // 9F
        ];
        return all.Where(commandClass => node.Plug.VersionOf(commandClass.Id) > 0).ToDictionary(static commandClass => commandClass.Id);
    }
}
