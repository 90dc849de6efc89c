using System.Diagnostics.CodeAnalysis;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>A RES that says yes or no.</summary>
/// <remarks>
/// byte 0  00 refused, anything else (01) accepted
/// Source: Serial API reference, transactions.
/// </remarks>
[SuppressMessage("Design", "CA1000", Justification = "Called through the record that derives from it, never with a type argument.")]
public abstract record StatusResponse<TSelf>
    where TSelf : StatusResponse<TSelf>, new()
{
    /// <summary>The module took the request.</summary>
    public static TSelf Accepted => new() { Status = 1 };

    /// <summary>The module refused; no callback follows.</summary>
    public static TSelf Refused => new() { Status = 0 };

    public byte Status { get; init; }

    public bool IsAccepted => Status != 0;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TSelf? message)
    {
        message = payload.TryReadByte(out var status) ? new() { Status = status } : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(Status);

    public void Describe(FieldWriter fields) => fields.Number("status", (long)Status);
}
