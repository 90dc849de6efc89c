using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>What became of a command; a supervised one is told so.</summary>
internal enum CommandOutcome
{
    /// <summary>Not a command of this plug.</summary>
    Unknown,

    /// <summary>Done, or answered.</summary>
    Done,

    /// <summary>Understood, but nothing changed.</summary>
    Refused,
}

/// <summary>Where a command came from and where its answers go.</summary>
/// <param name="Endpoint">Whom it is for; 0 = the root device.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="SecurityClass">How it was encrypted.</param>
/// <param name="Reply">Sends an answer in the encapsulations of the command; does nothing where no answer is allowed.</param>
internal sealed record CommandContext(byte Endpoint, NodeId Source, SecurityClass SecurityClass, Action<ICommand> Reply);

/// <summary>How a plug handles the commands of one class, on all its endpoints. Belongs to one node, called one at a time.</summary>
internal interface ISimulatedCommandClass
{
    CommandClassId Id { get; }

    CommandOutcome Handle(CommandContext context, ICommand command);

    /// <summary>Back to what it was in the box.</summary>
    void Reset()
    {
    }
}
