using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>ApplicationCommandHandler (0x04): a command from a node.</summary>
public static class ApplicationCommand
{
    public static readonly FunctionId Id = new(0x04);

    public static readonly FunctionDefinition Definition =
        new(Id, "ApplicationCommandHandler", [SerialMessageDefinition.Of<ApplicationCommandRequest>()]);
}

/// <summary>ApplicationCommandHandler, sent by the module on its own.</summary>
/// <remarks>
/// byte 0     RX status
/// byte 1     source node id (2 bytes in 16-bit mode)
/// byte 2     n, never 0
/// byte 3..   n bytes of command class frame
/// byte 3+n   RSSI, absent on old firmware
/// byte 4+n   security key of firmware that does S2 itself, else 0 or absent
/// Source: Serial API reference, ApplicationCommandHandler.
/// </remarks>
public sealed record ApplicationCommandRequest(
    ReceiveStatus ReceiveStatus,
    NodeId SourceNodeId,
    ReadOnlyMemory<byte> Command,
    Rssi? Rssi = null,
    byte? SecurityKey = null) : ISerialMessage<ApplicationCommandRequest>, IReceivedCommand
{
    public static FunctionId FunctionId => ApplicationCommand.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out ApplicationCommandRequest? message)
    {
        message = null;
        if (!payload.TryReadByte(out var status)
            || !payload.TryReadNodeId(width, out var source)
            || !LengthByte.TryRead(ref payload, out var command))
        {
            return DecodeError.Truncated;
        }

        if (command.IsEmpty) return DecodeError.ReservedValue;
        message = new(
            (ReceiveStatus)status,
            source,
            command.ToArray(),
            payload.TryReadByte(out var rssi) ? Serial.Rssi.FromByte(rssi) : null,
            payload.TryReadByte(out var key) ? key : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)ReceiveStatus);
        payload.WriteNodeId(width, SourceNodeId);
        LengthByte.Write(ref payload, Command.Span);
        if (Rssi is not { } rssi) return;
        payload.WriteByte(rssi.ToByte());
        if (SecurityKey is { } key) payload.WriteByte(key);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("rxStatus", (long)ReceiveStatus);
        fields.Number("sourceNodeId", (long)SourceNodeId.Value);
        fields.Encapsulated("encapsulated", Command.Span);
        fields.Number("rxRssi", (long?)Rssi?.Value);
        fields.Number("securityKey", (long?)SecurityKey);
    }
}
