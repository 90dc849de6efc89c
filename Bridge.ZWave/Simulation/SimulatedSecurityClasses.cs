using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>Security 2 inside encryption: tells what needs the highest class; at a lower class there is nothing.</summary>
internal sealed class SimulatedSecurity2(SimulatedNode node) : ISimulatedCommandClass
{
    public CommandClassId Id => Security2CommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        if (command is not Security2CommandsSupportedGet || context.SecurityClass < SecurityClass.S2Unauthenticated) return CommandOutcome.Unknown;
        context.Reply(new Security2CommandsSupportedReport(node.ClassesBehind(context.SecurityClass)));
        return CommandOutcome.Done;
    }
}

/// <summary>Security 0 inside encryption: tells what needs it, when it is the highest class.</summary>
internal sealed class SimulatedSecurity0(SimulatedNode node) : ISimulatedCommandClass
{
    public CommandClassId Id => Security0CommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        if (command is not Security0CommandsSupportedGet || context.SecurityClass != SecurityClass.S0) return CommandOutcome.Unknown;
        context.Reply(new Security0CommandsSupportedReport(0, node.ClassesBehind(SecurityClass.S0)));
        return CommandOutcome.Done;
    }
}
