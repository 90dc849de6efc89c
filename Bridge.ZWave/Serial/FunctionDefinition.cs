using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>Decodes the payload of one message.</summary>
public delegate DecodeError SerialMessageDecoder(ref PayloadReader payload, NodeIdWidth width, out ISerialMessage? message);

/// <summary>One message of a function and its decoder.</summary>
public sealed record SerialMessageDefinition(FunctionId Function, MessageKind Kind, SerialMessageDecoder Decode)
{
    /// <summary>The definition of a message record.</summary>
    public static SerialMessageDefinition Of<TMessage>()
        where TMessage : class, ISerialMessage<TMessage> =>
        new(TMessage.FunctionId, TMessage.MessageKind, static (ref PayloadReader payload, NodeIdWidth width, out ISerialMessage? message) =>
        {
            var error = TMessage.TryDecode(ref payload, width, out var decoded);
            message = decoded;
            return error;
        });
}

/// <summary>A Serial API function as data; one file a function declares it, FunctionRegistry lists it.</summary>
/// <param name="Id">The function id.</param>
/// <param name="Name">The name people know: "SendData".</param>
/// <param name="Messages">What may be sent under this id, at most one message a <see cref="MessageKind"/>.</param>
public sealed record FunctionDefinition(FunctionId Id, string Name, IReadOnlyList<SerialMessageDefinition> Messages);
