using System.Diagnostics.CodeAnalysis;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>The callback of a transmission without TX report.</summary>
/// <remarks>
/// byte 0  callback id of the request
/// byte 1  transmit status
/// Source: Serial API reference, transmit status.
/// </remarks>
[SuppressMessage("Design", "CA1000", Justification = "Called through the record that derives from it, never with a type argument.")]
public abstract record TransmitCallback<TSelf>
    where TSelf : TransmitCallback<TSelf>, new()
{
    public byte CallbackId { get; init; }

    public TransmitStatus TransmitStatus { get; init; }

    public TransmitReport? Report => null;

    public bool IsFinal => true;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TSelf? message)
    {
        message = payload.TryReadByte(out var callbackId) && payload.TryReadByte(out var status)
            ? new() { CallbackId = callbackId, TransmitStatus = (TransmitStatus)status }
            : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(CallbackId);
        payload.WriteByte((byte)TransmitStatus);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("callbackId", (long)CallbackId);
        fields.Number("transmitStatus", (long)TransmitStatus);
    }
}
