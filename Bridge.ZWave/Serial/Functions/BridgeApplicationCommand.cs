using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>BridgeApplicationCommandHandler (0xA8): a command from a node, on modules with the bridge library.</summary>
public static class BridgeApplicationCommand
{
    public static readonly FunctionId Id = new(0xA8);

    public static readonly FunctionDefinition Definition =
        new(Id, "BridgeApplicationCommandHandler", [SerialMessageDefinition.Of<BridgeApplicationCommandRequest>()]);
}

/// <summary>BridgeApplicationCommandHandler, sent by the module on its own. The destination comes before the source.</summary>
/// <remarks>
/// byte 0       RX status
/// byte 1       destination node id (2 bytes in 16-bit mode)
/// byte 2       source node id (2 bytes in 16-bit mode)
/// byte 3       n, never 0
/// byte 4..     n bytes of command class frame
/// byte 4+n     m, length of the multicast mask; 0 unless multicast (a missing one is read as 0)
/// byte 5+n..   m bytes, at most 29: byte k bit b = node 8k + b + 1, in both node id widths
/// byte 5+n+m   RSSI, absent on some firmware
/// Source: Serial API reference, BridgeApplicationCommandHandler.
/// </remarks>
/// <param name="MulticastNodeIds">Who else a multicast was meant for; null when there is no mask.</param>
public sealed record BridgeApplicationCommandRequest(
    ReceiveStatus ReceiveStatus,
    NodeId DestinationNodeId,
    NodeId SourceNodeId,
    ReadOnlyMemory<byte> Command,
    IReadOnlyList<NodeId>? MulticastNodeIds = null,
    Rssi? Rssi = null) : ISerialMessage<BridgeApplicationCommandRequest>, IReceivedCommand
{
    public static FunctionId FunctionId => BridgeApplicationCommand.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out BridgeApplicationCommandRequest? message)
    {
        message = null;
        if (!payload.TryReadByte(out var status)
            || !payload.TryReadNodeId(width, out var destination)
            || !payload.TryReadNodeId(width, out var source)
            || !LengthByte.TryRead(ref payload, out var command))
        {
            return DecodeError.Truncated;
        }

        ReadOnlySpan<byte> mask = default;
        if (!payload.IsAtEnd && !LengthByte.TryRead(ref payload, out mask)) return DecodeError.Truncated;
        if (command.IsEmpty || mask.Length > NodeMask.Length) return DecodeError.ReservedValue;
        message = new(
            (ReceiveStatus)status,
            destination,
            source,
            command.ToArray(),
            mask.IsEmpty ? null : NodeMask.Read(mask),
            payload.TryReadByte(out var rssi) ? Serial.Rssi.FromByte(rssi) : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)ReceiveStatus);
        payload.WriteNodeId(width, DestinationNodeId);
        payload.WriteNodeId(width, SourceNodeId);
        LengthByte.Write(ref payload, Command.Span);
        payload.WriteByte((byte)(MulticastNodeIds is null ? 0 : NodeMask.Length));
        if (MulticastNodeIds is { } nodes) NodeMask.Write(ref payload, nodes);
        if (Rssi is { } rssi) payload.WriteByte(rssi.ToByte());
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("rxStatus", (long)ReceiveStatus);
        fields.Number("destinationNodeId", (long)DestinationNodeId.Value);
        fields.Number("sourceNodeId", (long)SourceNodeId.Value);
        fields.Encapsulated("encapsulated", Command.Span);
        if (MulticastNodeIds is { } nodes) fields.NodeIds("multicastNodeIds", nodes);
        fields.Number("rxRssi", (long?)Rssi?.Value);
    }
}
