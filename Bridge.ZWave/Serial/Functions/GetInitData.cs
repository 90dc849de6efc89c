using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetInitData (0x02): the nodes of the network and what the module is.</summary>
public static class GetInitData
{
    public static readonly FunctionId Id = new(0x02);

    public static readonly FunctionDefinition Definition = new(Id, "GetInitData",
    [
        SerialMessageDefinition.Of<GetInitDataRequest>(),
        SerialMessageDefinition.Of<GetInitDataResponse>(),
    ]);
}

/// <summary>What the module is, in GetInitData. Source: Serial API reference, GetInitData.</summary>
[Flags]
public enum InitDataCapabilities : byte
{
    None = 0x00,

    /// <summary>End-node API; without it the module is a controller.</summary>
    EndNode = 0x01,

    TimerFunctions = 0x02,

    /// <summary>Secondary controller; without it primary.</summary>
    SecondaryController = 0x04,

    /// <summary>The module is SIS (SUC that includes for others).</summary>
    Sis = 0x08,
}

/// <summary>GetInitData request: no payload.</summary>
public sealed record GetInitDataRequest : EmptyMessage<GetInitDataRequest>, ISerialMessage<GetInitDataRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetInitData.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;
}

/// <summary>GetInitData response.</summary>
/// <remarks>
/// byte 0     API version: 1..9 the old numbering; from 10 on the official version + 9
/// byte 1     capabilities: 01 end-node API, 02 timer functions, 04 secondary controller, 08 SIS. The published text of one
///            version swaps the sense of 01 and 04; firmware keeps the meaning above
/// byte 2     L, 29 for controllers, may be 0
/// byte 3..   L bytes: byte k bit b = node 8k + b + 1 is in the network, in both node id widths
/// byte 3+L   chip type, optional
/// byte 4+L   chip version, optional
/// Source: Serial API reference, GetInitData.
/// </remarks>
/// <param name="NodeIds">The classic nodes; Long Range nodes come with GetLongRangeNodes.</param>
public sealed record GetInitDataResponse(
    byte ApiVersion,
    InitDataCapabilities Capabilities,
    IReadOnlyList<NodeId> NodeIds,
    byte? ChipType = null,
    byte? ChipVersion = null) : ISerialMessage<GetInitDataResponse>
{
    public static FunctionId FunctionId => GetInitData.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetInitDataResponse? message)
    {
        message = null;
        if (!payload.TryReadByte(out var version)
            || !payload.TryReadByte(out var capabilities)
            || !LengthByte.TryRead(ref payload, out var mask))
        {
            return DecodeError.Truncated;
        }

        if (mask.Length > NodeMask.Length) return DecodeError.ReservedValue;
        message = new(
            version,
            (InitDataCapabilities)capabilities,
            NodeMask.Read(mask),
            payload.TryReadByte(out var type) ? type : null,
            payload.TryReadByte(out var chipVersion) ? chipVersion : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(ApiVersion);
        payload.WriteByte((byte)Capabilities);
        payload.WriteByte(NodeMask.Length);
        NodeMask.Write(ref payload, NodeIds);
        if (ChipType is not { } type) return;
        payload.WriteByte(type);
        if (ChipVersion is { } version) payload.WriteByte(version);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("apiVersion", (long)ApiVersion);
        fields.Number("apiCapabilities", (long)Capabilities);
        fields.Flag("endNode", Capabilities.HasFlag(InitDataCapabilities.EndNode));
        fields.Flag("timerSupport", Capabilities.HasFlag(InitDataCapabilities.TimerFunctions));
        fields.Flag("secondaryController", Capabilities.HasFlag(InitDataCapabilities.SecondaryController));
        fields.Flag("isSis", Capabilities.HasFlag(InitDataCapabilities.Sis));
        fields.NodeIds("nodeIds", NodeIds);
        fields.Number("chipType", (long?)ChipType);
        fields.Number("chipVersion", (long?)ChipVersion);
    }
}
