using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetLongRangeNodes (0xDA): the Long Range nodes of the network, a segment of 128 at a time.</summary>
public static class GetLongRangeNodes
{
    public static readonly FunctionId Id = new(0xDA);

    public static readonly FunctionDefinition Definition = new(Id, "GetLongRangeNodes",
    [
        SerialMessageDefinition.Of<GetLongRangeNodesRequest>(),
        SerialMessageDefinition.Of<GetLongRangeNodesResponse>(),
    ]);
}

/// <summary>GetLongRangeNodes request.</summary>
/// <remarks>
/// byte 0  segment, from 0 on
/// Source: Serial API reference, GetLongRangeNodes.
/// </remarks>
public sealed record GetLongRangeNodesRequest(byte Segment) : ISerialMessage<GetLongRangeNodesRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetLongRangeNodes.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetLongRangeNodesRequest? message)
    {
        message = payload.TryReadByte(out var segment) ? new(segment) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(Segment);

    public void Describe(FieldWriter fields) => fields.Number("segment", (long)Segment);
}

/// <summary>GetLongRangeNodes response.</summary>
/// <remarks>
/// byte 0    01 = there are more segments to ask for
/// byte 1    segment
/// byte 2    n, 16
/// byte 3..  n bytes: byte k bit b = node 256 + 128 * segment + 8k + b is in the network
/// Source: Serial API reference, GetLongRangeNodes.
/// </remarks>
public sealed record GetLongRangeNodesResponse(bool MoreNodes, byte Segment, IReadOnlyList<NodeId> NodeIds)
    : ISerialMessage<GetLongRangeNodesResponse>
{
    /// <summary>Nodes of one segment.</summary>
    public const int NodesPerSegment = 128;

    private const int MaskLength = NodesPerSegment / 8;
    private const int FirstLongRangeNode = 256;

    public static FunctionId FunctionId => GetLongRangeNodes.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    private int FirstNode => FirstLongRangeNode + (NodesPerSegment * Segment);

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetLongRangeNodesResponse? message)
    {
        message = null;
        if (!payload.TryReadByte(out var more)
            || !payload.TryReadByte(out var segment)
            || !LengthByte.TryRead(ref payload, out var mask))
        {
            return DecodeError.Truncated;
        }

        if (mask.Length > MaskLength) return DecodeError.ReservedValue;
        message = new(more != 0, segment, []);
        message = message with { NodeIds = NodeMask.Read(mask, message.FirstNode) };
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)(MoreNodes ? 1 : 0));
        payload.WriteByte(Segment);
        payload.WriteByte(MaskLength);
        NodeMask.Write(ref payload, NodeIds, FirstNode, MaskLength);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("moreNodes", MoreNodes);
        fields.Number("segment", (long)Segment);
        fields.NodeIds("nodeIds", NodeIds);
    }
}
