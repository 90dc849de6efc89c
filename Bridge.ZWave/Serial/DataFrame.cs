using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>REQ or RES: the type byte of a data frame.</summary>
public enum FrameType : byte
{
    Request = 0x00,
    Response = 0x01,
}

/// <summary>A data frame whose checksum was right.</summary>
/// <remarks>
/// byte 0       SOF 01
/// byte 1       LEN, bytes after this one, checksum included (3..255)
/// byte 2       type: 00 REQ, 01 RES
/// byte 3       function id
/// byte 4..     payload (LEN - 3 bytes)
/// last byte    checksum: FF xor every byte from LEN to the last payload byte
/// Source: Serial API reference, data frame.
/// </remarks>
public sealed record DataFrame(FrameType Type, FunctionId Function, ReadOnlyMemory<byte> Payload)
{
    public const byte StartOfFrame = 0x01;

    /// <summary>Longest payload: LEN is one byte and counts type, function id and checksum as well.</summary>
    public const int MaximumPayload = 252;

    /// <summary>Length of a frame without payload.</summary>
    public const int Overhead = 5;

    /// <summary>FF xor every byte.</summary>
    public static byte Checksum(ReadOnlySpan<byte> fromLengthToLastPayloadByte)
    {
        byte checksum = 0xFF;
        foreach (var value in fromLengthToLastPayloadByte) checksum ^= value;
        return checksum;
    }

    /// <summary>The whole frame on the line.</summary>
    public byte[] ToBytes()
    {
        if (Payload.Length > MaximumPayload) throw new InvalidOperationException($"a payload of {Payload.Length} bytes does not fit a frame");
        var bytes = new byte[Payload.Length + Overhead];
        bytes[0] = StartOfFrame;
        bytes[1] = (byte)(Payload.Length + 3);
        bytes[2] = (byte)Type;
        bytes[3] = Function.Value;
        Payload.Span.CopyTo(bytes.AsSpan(4));
        bytes[^1] = Checksum(bytes.AsSpan(1, bytes.Length - 2));
        return bytes;
    }

    /// <summary>The frame that carries <paramref name="message"/>.</summary>
    public static DataFrame Of(ISerialMessage message, NodeIdWidth width)
    {
        ArgumentNullException.ThrowIfNull(message);
        Span<byte> buffer = stackalloc byte[MaximumPayload];
        var payload = new PayloadWriter(buffer);
        message.Encode(ref payload, width);
        if (payload.Overflowed) throw new InvalidOperationException($"{message.Function} does not fit a frame");
        var type = message.Kind == MessageKind.Response ? FrameType.Response : FrameType.Request;
        return new(type, message.Function, payload.Written.ToArray());
    }

    public override string ToString() => Hex.Spaced(ToBytes());
}
