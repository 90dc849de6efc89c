using System.Diagnostics.CodeAnalysis;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>The callback of SendData and SendDataBridge.</summary>
/// <remarks>
/// byte 0    callback id of the request
/// byte 1    transmit status
/// byte 2..  TX report when switched on (SerialApiSetup 02); of fewer than 17 bytes only the first two, the transmit time, are used;
///           fewer than 2 bytes are ignored
/// Source: Serial API reference, SendData and TX report.
/// </remarks>
[SuppressMessage("Design", "CA1000", Justification = "Called through the record that derives from it, never with a type argument.")]
public abstract record ReportedTransmitCallback<TSelf>
    where TSelf : ReportedTransmitCallback<TSelf>, new()
{
    public byte CallbackId { get; init; }

    public TransmitStatus TransmitStatus { get; init; }

    /// <summary>The transmit time of firmware that tells nothing else; null beside a whole report.</summary>
    public ushort? TransmitTicks { get; init; }

    public TransmitReport? Report { get; init; }

    public bool IsFinal => true;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TSelf? message)
    {
        message = null;
        if (!payload.TryReadByte(out var callbackId) || !payload.TryReadByte(out var status)) return DecodeError.Truncated;
        var report = TransmitReport.TryRead(ref payload);
        ushort? transmitTicks = report is null && payload.TryReadUInt16(out var ticks) ? ticks : null;
        message = new()
        {
            CallbackId = callbackId,
            TransmitStatus = (TransmitStatus)status,
            TransmitTicks = transmitTicks,
            Report = report,
        };
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(CallbackId);
        payload.WriteByte((byte)TransmitStatus);
        if (Report is { } report) report.Write(ref payload);
        else if (TransmitTicks is { } ticks) payload.WriteUInt16(ticks);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("callbackId", (long)CallbackId);
        fields.Number("transmitStatus", (long)TransmitStatus);
        if (Report is { } report) report.Describe(fields);
        else fields.Number("transmitTicks", (long?)TransmitTicks);
    }
}
