using System.Diagnostics.CodeAnalysis;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>What AddNode and RemoveNode shall do. Source: Serial API reference, AddNodeToNetwork.</summary>
public enum NodeChangeMode : byte
{
    Any = 1,
    Controllers = 2,
    EndNodes = 3,

    /// <summary>A node of the network already (AddNode).</summary>
    Existing = 4,

    Stop = 5,

    /// <summary>AddNode.</summary>
    StopReplication = 6,

    /// <summary>SmartStart: include the node of this DSK (AddNode).</summary>
    SmartStartInclude = 8,

    /// <summary>SmartStart: listen for nodes that want to be included (AddNode).</summary>
    SmartStartListen = 9,
}

/// <summary>How far inclusion or exclusion of a node got. Source: Serial API reference, AddNodeToNetwork.</summary>
public enum NodeChangeStatus : byte
{
    /// <summary>Waiting for the user to push the button of the node.</summary>
    Ready = 0x01,

    NodeFound = 0x02,

    /// <summary>An end node is being added or removed: node id and node information come with it.</summary>
    EndNode = 0x03,

    /// <summary>A controller is being added or removed: node id and node information come with it.</summary>
    Controller = 0x04,

    /// <summary>The protocol is done; AddNode wants a stop with a callback id now. Some firmware ends an exclusion with it.</summary>
    ProtocolDone = 0x05,

    Done = 0x06,

    Failed = 0x07,

    /// <summary>Old firmware; the same as failed.</summary>
    SecurityFailed = 0x09,

    /// <summary>This controller may not include.</summary>
    NotPrimary = 0x23,
}

/// <summary>The callback of AddNode and RemoveNode.</summary>
/// <remarks>
/// byte 0    callback id of the request
/// byte 1    status
/// byte 2    node id (2 bytes in 16-bit mode); 0 = none yet, or a node of another network; required with status 3 and 4
/// byte 3    length of the node information, 0 unless status 3 or 4; required with these
/// byte 4..  node information
/// Source: Serial API reference, AddNodeToNetwork.
/// </remarks>
[SuppressMessage("Design", "CA1000", Justification = "Called through the record that derives from it, never with a type argument.")]
public abstract record NodeChangeCallback<TSelf>
    where TSelf : NodeChangeCallback<TSelf>, new()
{
    public byte CallbackId { get; init; }

    public NodeChangeStatus Status { get; init; }

    /// <summary>Null when the frame ends before it.</summary>
    public NodeId? NodeId { get; init; }

    /// <summary>Only with EndNode and Controller, and then not always.</summary>
    public NodeInformation? NodeInformation { get; init; }

    /// <summary>
    /// Everything but the stages from ready to adding or removing. "Protocol done" is final as well: what follows belongs to the stop
    /// request with its own callback id.
    /// </summary>
    public bool IsFinal => Status is not (NodeChangeStatus.Ready or NodeChangeStatus.NodeFound) && !HasNodeInformation;

    private bool HasNodeInformation => Status is NodeChangeStatus.EndNode or NodeChangeStatus.Controller;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TSelf? message)
    {
        message = null;
        if (!payload.TryReadByte(out var callbackId) || !payload.TryReadByte(out var status)) return DecodeError.Truncated;
        var callback = new TSelf { CallbackId = callbackId, Status = (NodeChangeStatus)status };
        if (payload.TryReadNodeId(width, out var node)) callback = callback with { NodeId = node };
        if (callback.HasNodeInformation)
        {
            // Half a node id must not be read as the length behind it.
            if (callback.NodeId is null) return DecodeError.Truncated;
            var error = NodeInformation.TryRead(ref payload, out var information);
            if (error != DecodeError.None) return error;
            callback = callback with { NodeInformation = information };
        }

        message = callback;
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(CallbackId);
        payload.WriteByte((byte)Status);
        if (NodeId is not { } node) return;
        payload.WriteNodeId(width, node);
        NodeInformation.Write(ref payload, HasNodeInformation ? NodeInformation : null);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("callbackId", (long)CallbackId);
        fields.Number("status", (long)Status);
        fields.Number("nodeId", (long?)NodeId?.Value);
        NodeInformation?.Describe(fields);
    }
}
