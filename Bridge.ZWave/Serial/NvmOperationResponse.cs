using System.Diagnostics.CodeAnalysis;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>How an operation on the non-volatile memory went. Source: Serial API reference, NVM.</summary>
public enum NvmOperationStatus : byte
{
    Ok = 0x00,
    Error = 0x01,
    OperationMismatch = 0x02,
    OperationInterference = 0x03,

    /// <summary>Only the function with 4-byte offsets.</summary>
    SubCommandUnsupported = 0x04,
    EndOfFile = 0xFF,
}

/// <summary>The response of the two backup functions; they differ in the width of offset and size.</summary>
/// <remarks>
/// byte 0   status
/// byte 1   n; it and all behind it may be missing
/// byte 2   offset, or with open the size of the memory (2 or 4 bytes)
/// then     n bytes read; the answer to a write may tell n without them
/// Source: Serial API reference, NVM.
/// </remarks>
[SuppressMessage("Design", "CA1000", Justification = "Called through the record that derives from it, never with a type argument.")]
public abstract record NvmOperationResponse<TSelf>
    where TSelf : NvmOperationResponse<TSelf>, new()
{
    public NvmOperationStatus Status { get; init; }

    /// <summary>Bytes read or written.</summary>
    public byte Length { get; init; }

    /// <summary>The size of the memory after open, else the offset; null when the frame ends before it.</summary>
    public uint? OffsetOrSize { get; init; }

    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>False on errors; the end of the file is none. The caller decides: an error tells more than "refused".</summary>
    public bool IsAccepted => Status is NvmOperationStatus.Ok or NvmOperationStatus.EndOfFile;

    /// <summary>Bytes of offset and size: 2 or 4.</summary>
    private protected abstract int OffsetSize { get; }

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TSelf? message)
    {
        message = null;
        if (!payload.TryReadByte(out var status)) return DecodeError.Truncated;
        var response = new TSelf { Status = (NvmOperationStatus)status };
        if (payload.TryReadByte(out var length) && payload.TryReadUnsigned(response.OffsetSize, out var offset))
        {
            ReadOnlySpan<byte> data = default;
            if (!payload.IsAtEnd && !payload.TryReadBytes(length, out data)) return DecodeError.Truncated;
            response = response with { Length = length, OffsetOrSize = offset, Data = data.ToArray() };
        }

        message = response;
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)Status);
        if (OffsetOrSize is not { } offset) return;
        payload.WriteByte(Length);
        payload.WriteSized(OffsetSize, offset);
        payload.WriteBytes(Data.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("status", (long)Status);
        if (OffsetOrSize is not { } offset) return;
        fields.Number("length", (long)Length);
        fields.Number("offsetOrSize", (long)offset);
        fields.Hex("data", Data.Span);
    }
}
