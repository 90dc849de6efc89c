using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Decodes the parameters of one command.</summary>
public delegate DecodeError CommandDecoder(ref PayloadReader payload, out ICommand? command);

/// <summary>One command of a class: number, name in the specification's capitals, decoder.</summary>
public sealed record CommandDefinition(CommandId Id, string Name, CommandDecoder Decode)
{
    /// <summary>The definition of a command record.</summary>
    public static CommandDefinition Of<TCommand>(string name)
        where TCommand : class, ICommand<TCommand> =>
        new(TCommand.CommandId, name, static (ref PayloadReader payload, out ICommand? command) =>
        {
            var error = TCommand.TryDecode(ref payload, out var decoded);
            command = decoded;
            return error;
        });
}

/// <summary>
/// A command class as data: its commands and what the interview asks. One file a class declares it; <see cref="CommandRegistry"/> lists it.
/// </summary>
/// <param name="Id">The class number.</param>
/// <param name="Name">The name in the specification's capitals, without COMMAND_CLASS_.</param>
/// <param name="ImplementedVersion">The highest version all of whose fields are encoded and decoded.</param>
/// <param name="Commands">Every command of the class.</param>
public sealed record CommandClassDefinition(
    CommandClassId Id, string Name, byte ImplementedVersion, IReadOnlyList<CommandDefinition> Commands)
{
    /// <summary>What the interview asks an endpoint that supports the class, in this order.</summary>
    public IReadOnlyList<InterviewStep> InterviewSteps { get; init; } = [];

    /// <summary>
    /// The bits of the second byte that number the command; fewer than eight only where the specification packs data into the
    /// rest (Transport Service).
    /// </summary>
    public byte CommandMask { get; init; } = 0xFF;

    /// <summary>False for the few classes whose frames have no command number (No Operation).</summary>
    public bool HasCommandByte { get; init; } = true;
}
