using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetRoutingInfo (0x80): the neighbours of a node as the module knows them.</summary>
public static class GetRoutingInfo
{
    public static readonly FunctionId Id = new(0x80);

    public static readonly FunctionDefinition Definition = new(Id, "GetRoutingInfo",
    [
        SerialMessageDefinition.Of<GetRoutingInfoRequest>(),
        SerialMessageDefinition.Of<GetRoutingInfoResponse>(),
    ]);
}

/// <summary>GetRoutingInfo request.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// byte 1  80 leave out bad links, 40 leave out nodes that do not repeat
/// byte 2  00, may be missing
/// Source: Serial API reference, GetRoutingInfo.
/// </remarks>
public sealed record GetRoutingInfoRequest(NodeId NodeId, bool RemoveBad = false, bool RemoveNonRepeaters = false)
    : ISerialMessage<GetRoutingInfoRequest>, IHostRequest
{
    private const byte BadBit = 0x80;
    private const byte NonRepeatersBit = 0x40;

    public static FunctionId FunctionId => GetRoutingInfo.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetRoutingInfoRequest? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var node) || !payload.TryReadByte(out var options)) return DecodeError.Truncated;
        message = new(node, (options & BadBit) != 0, (options & NonRepeatersBit) != 0);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, NodeId);
        payload.WriteByte((byte)((RemoveBad ? BadBit : 0) | (RemoveNonRepeaters ? NonRepeatersBit : 0)));
        payload.WriteByte(0);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("nodeId", (long)NodeId.Value);
        fields.Flag("removeBad", RemoveBad);
        fields.Flag("removeNonRepeaters", RemoveNonRepeaters);
    }
}

/// <summary>GetRoutingInfo response.</summary>
/// <remarks>
/// bytes 0-28  byte k bit b = node 8k + b + 1 is a neighbour, in both node id widths
/// Source: Serial API reference, GetRoutingInfo.
/// </remarks>
public sealed record GetRoutingInfoResponse(IReadOnlyList<NodeId> NodeIds) : ISerialMessage<GetRoutingInfoResponse>
{
    public static FunctionId FunctionId => GetRoutingInfo.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetRoutingInfoResponse? message)
    {
        message = payload.TryReadBytes(NodeMask.Length, out var mask) ? new(NodeMask.Read(mask)) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => NodeMask.Write(ref payload, NodeIds);

    public void Describe(FieldWriter fields) => fields.NodeIds("nodeIds", NodeIds);
}
