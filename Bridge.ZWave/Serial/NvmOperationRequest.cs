using System.Diagnostics.CodeAnalysis;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>What to do with the non-volatile memory. Always close, then soft reset. Source: Serial API reference, NVM.</summary>
public enum NvmOperation : byte
{
    Open = 0x00,
    Read = 0x01,
    Write = 0x02,
    Close = 0x03,
}

/// <summary>The request of the two backup functions; they differ in the width of the offset.</summary>
/// <remarks>
/// byte 0          operation: 00 open, 01 read, 02 write, 03 close
/// read            byte 1 number of bytes, then the offset (2 or 4 bytes)
/// write           byte 1 n, then the offset (2 or 4 bytes), then n bytes
/// Source: Serial API reference, NVM.
/// </remarks>
[SuppressMessage("Design", "CA1000", Justification = "Called through the record that derives from it, never with a type argument.")]
public abstract record NvmOperationRequest<TSelf>
    where TSelf : NvmOperationRequest<TSelf>, new()
{
    public NvmOperation Operation { get; init; }

    /// <summary>Bytes to read or to write.</summary>
    public byte Length { get; init; }

    public uint Offset { get; init; }

    /// <summary>Only with a write.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    public TransactionShape Shape => TransactionShape.Response;

    /// <summary>Bytes of the offset: 2 or 4.</summary>
    private protected abstract int OffsetSize { get; }

    public static TSelf Open() => new() { Operation = NvmOperation.Open };

    public static TSelf Read(uint offset, byte length) => new() { Operation = NvmOperation.Read, Offset = offset, Length = length };

    /// <summary>Writes at most as many bytes as fit a frame.</summary>
    public static TSelf Write(uint offset, ReadOnlyMemory<byte> data) =>
        new() { Operation = NvmOperation.Write, Offset = offset, Length = (byte)data.Length, Data = data };

    public static TSelf Close() => new() { Operation = NvmOperation.Close };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TSelf? message)
    {
        message = null;
        if (!payload.TryReadByte(out var operation)) return DecodeError.Truncated;
        var request = new TSelf { Operation = (NvmOperation)operation };
        if (request.Operation is NvmOperation.Read or NvmOperation.Write)
        {
            if (!payload.TryReadByte(out var length) || !payload.TryReadUnsigned(request.OffsetSize, out var offset))
            {
                return DecodeError.Truncated;
            }

            request = request with { Length = length, Offset = offset };
        }

        if (request.Operation == NvmOperation.Write)
        {
            if (!payload.TryReadBytes(request.Length, out var data)) return DecodeError.Truncated;
            request = request with { Data = data.ToArray() };
        }

        message = request;
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)Operation);
        if (Operation is not (NvmOperation.Read or NvmOperation.Write)) return;
        payload.WriteByte(Length);
        payload.WriteSized(OffsetSize, Offset);
        if (Operation == NvmOperation.Write) payload.WriteBytes(Data.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("operation", (long)Operation);
        if (Operation is not (NvmOperation.Read or NvmOperation.Write)) return;
        fields.Number("length", (long)Length);
        fields.Number("offset", (long)Offset);
        if (Operation == NvmOperation.Write) fields.Hex("data", Data.Span);
    }
}
