using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>ApplicationUpdate (0x49): news of the network, among them the answer to RequestNodeInfo.</summary>
public static class ApplicationUpdate
{
    public static readonly FunctionId Id = new(0x49);

    public static readonly FunctionDefinition Definition =
        new(Id, "ApplicationUpdate", [SerialMessageDefinition.Of<ApplicationUpdateRequest>()]);
}

/// <summary>What happened. Source: Serial API reference, ApplicationUpdate.</summary>
public enum ApplicationUpdateStatus : byte
{
    SucIdChanged = 0x10,

    /// <summary>Another controller removed a node.</summary>
    NodeRemoved = 0x20,

    /// <summary>Another controller added a node.</summary>
    NodeAdded = 0x40,

    RoutingPending = 0x80,

    /// <summary>The node did not answer; there is no node id, it belongs to the pending RequestNodeInfo.</summary>
    NodeInformationRequestFailed = 0x81,

    /// <summary>Rare.</summary>
    NodeInformationRequestDone = 0x82,

    /// <summary>A node sent its node information frame, asked or not.</summary>
    NodeInformationReceived = 0x84,

    /// <summary>SmartStart: a node unknown to us wants to be included.</summary>
    SmartStartPrime = 0x85,

    /// <summary>SmartStart: a node of ours powered up.</summary>
    SmartStartIncludedNode = 0x86,

    /// <summary>As <see cref="SmartStartPrime"/>, over Long Range.</summary>
    SmartStartLongRangePrime = 0x87,
}

/// <summary>ApplicationUpdate, sent by the module on its own.</summary>
/// <remarks>
/// byte 0    status
/// 84 40 86  byte 1 node id (2 bytes in 16-bit mode), then length and node information; length 0 = list unknown
/// 20 10     byte 1 node id (2 bytes in 16-bit mode)
/// 85 87     byte 1 node id 0 (2 bytes in 16-bit mode), byte 2 RX status, bytes 3-6 NWI home id, then length and node information
/// others    zeros where the node id and the length would be, or nothing; neither is read
/// Source: Serial API reference, ApplicationUpdate.
/// </remarks>
public sealed record ApplicationUpdateRequest(ApplicationUpdateStatus Status) : ISerialMessage<ApplicationUpdateRequest>
{
    public static FunctionId FunctionId => ApplicationUpdate.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;

    /// <summary>Whom it is about; null with the statuses that name no node.</summary>
    public NodeId? NodeId { get; init; }

    /// <summary>Null when the status has none or the list is unknown.</summary>
    public NodeInformation? NodeInformation { get; init; }

    /// <summary>Only with the two SmartStart primes.</summary>
    public ReceiveStatus? ReceiveStatus { get; init; }

    /// <summary>Tells which DSK of the provisioning list asks; only with the two SmartStart primes.</summary>
    public HomeId? NwiHomeId { get; init; }

    private bool HasNodeInformation => Status is ApplicationUpdateStatus.NodeInformationReceived
        or ApplicationUpdateStatus.NodeAdded or ApplicationUpdateStatus.SmartStartIncludedNode || IsPrime;

    private bool IsPrime => Status is ApplicationUpdateStatus.SmartStartPrime or ApplicationUpdateStatus.SmartStartLongRangePrime;

    private bool HasNodeOnly => Status is ApplicationUpdateStatus.NodeRemoved or ApplicationUpdateStatus.SucIdChanged;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out ApplicationUpdateRequest? message)
    {
        message = null;
        if (!payload.TryReadByte(out var status)) return DecodeError.Truncated;
        var update = new ApplicationUpdateRequest((ApplicationUpdateStatus)status);
        if (update.HasNodeInformation || update.HasNodeOnly)
        {
            if (!payload.TryReadNodeId(width, out var node)) return DecodeError.Truncated;
            update = update with { NodeId = node };
        }

        if (update.IsPrime)
        {
            if (!payload.TryReadByte(out var receiveStatus) || !payload.TryReadUInt32(out var home)) return DecodeError.Truncated;
            update = update with { ReceiveStatus = (ReceiveStatus)receiveStatus, NwiHomeId = new(home) };
        }

        if (update.HasNodeInformation)
        {
            var error = NodeInformation.TryRead(ref payload, out var information);
            if (error != DecodeError.None) return error;
            update = update with { NodeInformation = information };
        }

        message = update;
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)Status);
        payload.WriteNodeId(width, NodeId ?? Wire.NodeId.None);
        if (HasNodeOnly) return;
        if (IsPrime)
        {
            payload.WriteByte((byte)(ReceiveStatus ?? Serial.ReceiveStatus.None));
            payload.WriteUInt32((NwiHomeId ?? default).Value);
        }

        NodeInformation.Write(ref payload, NodeInformation);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("updateStatus", (long)Status);
        fields.Number("nodeId", (long?)NodeId?.Value);
        fields.Number("rxStatus", (long?)ReceiveStatus);
        if (NwiHomeId is { } home) fields.Text("nwiHomeId", home.ToString());
        NodeInformation?.Describe(fields);
    }
}
