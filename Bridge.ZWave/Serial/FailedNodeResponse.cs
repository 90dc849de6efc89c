using System.Diagnostics.CodeAnalysis;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>Why a failed node cannot be removed or replaced; 0 = started. Source: Serial API reference, RemoveFailedNode.</summary>
[Flags]
public enum FailedNodeStart : byte
{
    Started = 0x00,

    NotPrimaryController = 0x02,

    NoCallbackFunction = 0x04,

    /// <summary>The node is not on the failed list, for the module it still answers.</summary>
    NodeNotFailed = 0x08,

    Busy = 0x10,

    Failed = 0x20,
}

/// <summary>The response of RemoveFailedNode and ReplaceFailedNode. Here 0 means yes.</summary>
/// <remarks>
/// byte 0  00 started, else a mask of reasons
/// Source: Serial API reference, RemoveFailedNode.
/// </remarks>
[SuppressMessage("Design", "CA1000", Justification = "Called through the record that derives from it, never with a type argument.")]
public abstract record FailedNodeResponse<TSelf>
    where TSelf : FailedNodeResponse<TSelf>, new()
{
    public FailedNodeStart StartStatus { get; init; }

    public bool IsAccepted => StartStatus == FailedNodeStart.Started;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TSelf? message)
    {
        message = payload.TryReadByte(out var status) ? new() { StartStatus = (FailedNodeStart)status } : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte((byte)StartStatus);

    public void Describe(FieldWriter fields) => fields.Number("startStatus", (long)StartStatus);
}
