using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>No Operation (0x00, V1): a frame that asks for nothing but its acknowledgement.</summary>
public static class NoOperationCommandClass
{
    public static readonly CommandClassId Id = new(0x00);

    public static readonly CommandClassDefinition Definition = new(Id, "NO_OPERATION", ImplementedVersion: 1,
    [
        CommandDefinition.Of<NoOperation>("NO_OPERATION"),
    ])
    {
        HasCommandByte = false,
    };
}

/// <summary>No Operation (0x00): the ping. That the frame is acknowledged is the whole answer.</summary>
/// <remarks>
/// One byte, the class itself; anything after it is ignored. Source: transport encapsulation command class specification, No Operation.
/// </remarks>
public sealed record NoOperation : EmptyCommand<NoOperation>, ICommand<NoOperation>
{
    public static CommandId CommandId => new(NoOperationCommandClass.Id, 0x00);
}
