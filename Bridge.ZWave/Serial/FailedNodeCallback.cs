using System.Diagnostics.CodeAnalysis;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>How the removal or replacement of a failed node goes. Source: Serial API reference, RemoveFailedNode.</summary>
public enum FailedNodeStatus : byte
{
    /// <summary>The node answers: neither removed nor replaced.</summary>
    NodeOk = 0x00,
    Removed = 0x01,
    NotRemoved = 0x02,

    /// <summary>Put the new node in learn mode now.</summary>
    ReadyToReplace = 0x03,
    Replaced = 0x04,
    ReplaceFailed = 0x05,
}

/// <summary>The callback of RemoveFailedNode and ReplaceFailedNode.</summary>
/// <remarks>
/// byte 0  callback id of the request
/// byte 1  status, one byte in both node id widths
/// Source: Serial API reference, RemoveFailedNode.
/// </remarks>
[SuppressMessage("Design", "CA1000", Justification = "Called through the record that derives from it, never with a type argument.")]
public abstract record FailedNodeCallback<TSelf>
    where TSelf : FailedNodeCallback<TSelf>, new()
{
    public byte CallbackId { get; init; }

    public FailedNodeStatus Status { get; init; }

    public bool IsFinal => Status != FailedNodeStatus.ReadyToReplace;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TSelf? message)
    {
        message = payload.TryReadByte(out var callbackId) && payload.TryReadByte(out var status)
            ? new() { CallbackId = callbackId, Status = (FailedNodeStatus)status }
            : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(CallbackId);
        payload.WriteByte((byte)Status);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("callbackId", (long)CallbackId);
        fields.Number("status", (long)Status);
    }
}
