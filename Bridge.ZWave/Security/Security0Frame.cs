using System.Security.Cryptography;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Security;

/// <summary>The parts of a Message Encapsulation as they stand on the wire.</summary>
internal readonly ref struct Security0FrameParts(
    byte command, ReadOnlySpan<byte> senderNonce, ReadOnlySpan<byte> ciphertext, byte receiverNonceId, ReadOnlySpan<byte> authenticationCode)
{
    public byte Command { get; } = command;

    public ReadOnlySpan<byte> SenderNonce { get; } = senderNonce;

    public ReadOnlySpan<byte> Ciphertext { get; } = ciphertext;

    public byte ReceiverNonceId { get; } = receiverNonceId;

    public ReadOnlySpan<byte> AuthenticationCode { get; } = authenticationCode;
}

/// <summary>What a frame is bound to besides the key: the same bytes from or to another node, or with another command byte, are not accepted.</summary>
internal readonly ref struct Security0FrameContext(
    byte command, NodeId source, NodeId destination, ReadOnlySpan<byte> senderNonce, ReadOnlySpan<byte> receiverNonce)
{
    /// <summary>81, or C1 when the sender asks for the next nonce.</summary>
    public byte Command { get; } = command;

    public NodeId Source { get; } = source;

    public NodeId Destination { get; } = destination;

    public ReadOnlySpan<byte> SenderNonce { get; } = senderNonce;

    public ReadOnlySpan<byte> ReceiverNonce { get; } = receiverNonce;
}

/// <summary>Makes and opens Message Encapsulations of Security 0. No state.</summary>
/// <remarks>
/// byte 0..1    98 81, or 98 C1
/// byte 2..9    sender's nonce
/// byte 10..    AES-128-OFB of frame control byte and command, 2..255 bytes; initial vector: sender's nonce, receiver's nonce
/// then 1 byte  id of the receiver's nonce: its first byte
/// last 8       first half of AES-128-CBC-MAC (zero vector, zero padding) over
///              sender's nonce | receiver's nonce | command byte | source | destination | length of ciphertext | ciphertext
/// Source: Security 0 specification.
/// </remarks>
internal static class Security0Frame
{
    /// <summary>All but the command itself.</summary>
    public const int Overhead = HeaderLength + 1 + TrailerLength;

    /// <summary>The length of the ciphertext is authenticated as one byte.</summary>
    public const int MaximumLength = HeaderLength + byte.MaxValue + TrailerLength;

    private const int NonceLength = Security0NonceReport.NonceLength;
    private const int CodeLength = 8;
    private const int HeaderLength = 2 + NonceLength;
    private const int TrailerLength = 1 + CodeLength;
    private const int MinimumCiphertext = 2;
    private const int BlockLength = 16;

    /// <summary>How many bytes of a command fit in a frame of a length; negative when not even the rest of the frame does.</summary>
    public static int MaximumPlaintext(int maximumPayload) => Math.Min(maximumPayload, MaximumLength) - Overhead;

    /// <summary>Takes a frame apart; false: not one, or too short or too long to be one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out Security0FrameParts parts)
    {
        parts = default;
        var length = frame.Length - HeaderLength - TrailerLength;
        if (length is < MinimumCiphertext or > byte.MaxValue || frame[0] != Security0CommandClass.Id.Value) return false;
        if (frame[1] != Security0Encapsulation.CommandId.Command && frame[1] != Security0EncapsulationNonceGet.CommandId.Command) return false;
        parts = new(frame[1], frame[2..HeaderLength], frame.Slice(HeaderLength, length), frame[HeaderLength + length], frame[^CodeLength..]);
        return true;
    }

    /// <summary>Writes the whole frame and returns its length.</summary>
    /// <param name="frame">At least <see cref="MaximumLength"/> bytes.</param>
    public static int Seal(Security0Keys keys, Security0FrameContext context, FrameControl control, scoped ReadOnlySpan<byte> command, Span<byte> frame)
    {
        frame[0] = (byte)Security0CommandClass.Id.Value;
        frame[1] = context.Command;
        context.SenderNonce.CopyTo(frame[2..]);
        var ciphertext = frame.Slice(HeaderLength, 1 + command.Length);
        ciphertext[0] = control.Value;
        command.CopyTo(ciphertext[1..]);
        ApplyKeystream(keys.Encryption, context, ciphertext);
        var trailer = frame.Slice(HeaderLength + ciphertext.Length, TrailerLength);
        trailer[0] = context.ReceiverNonce[0];
        Authenticate(keys.Authentication, context, ciphertext, trailer[1..]);
        return HeaderLength + ciphertext.Length + TrailerLength;
    }

    /// <summary>Writes frame control byte and command, if the authentication code is right.</summary>
    /// <param name="opened">As long as the ciphertext.</param>
    public static bool TryOpen(Security0Keys keys, Security0FrameContext context, Security0FrameParts parts, Span<byte> opened)
    {
        Span<byte> expected = stackalloc byte[CodeLength];
        Authenticate(keys.Authentication, context, parts.Ciphertext, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, parts.AuthenticationCode)) return false;
        parts.Ciphertext.CopyTo(opened);
        ApplyKeystream(keys.Encryption, context, opened);
        return true;
    }

    /// <summary>Gives the cipher a key; it forgets it when it is disposed.</summary>
    public static void UseKey(Aes aes, SecretKey key)
    {
        Span<byte> bytes = stackalloc byte[SecretKey.Length];
        key.Reveal(bytes);
        aes.SetKey(bytes);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>The authentication code: the first bytes of the CBC-MAC over the context and the ciphertext.</summary>
    private static void Authenticate(SecretKey key, Security0FrameContext context, ReadOnlySpan<byte> ciphertext, Span<byte> code)
    {
        Span<byte> data = stackalloc byte[(2 * NonceLength) + 4 + byte.MaxValue];
        var writer = new PayloadWriter(data);
        writer.WriteBytes(context.SenderNonce);
        writer.WriteBytes(context.ReceiverNonce);
        writer.WriteByte(context.Command);
        writer.WriteByte((byte)context.Source.Value);
        writer.WriteByte((byte)context.Destination.Value);
        writer.WriteByte((byte)ciphertext.Length);
        writer.WriteBytes(ciphertext);
        using var aes = Aes.Create();
        UseKey(aes, key);
        CbcMac(aes, writer.Written, code);
    }

    /// <summary>AES-CBC-MAC with a zero vector and zero padding, cut to the length of <paramref name="code"/>.</summary>
    internal static void CbcMac(Aes aes, ReadOnlySpan<byte> data, Span<byte> code)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        block.Clear();
        for (var start = 0; start < data.Length; start += BlockLength)
        {
            var count = Math.Min(BlockLength, data.Length - start);
            for (var index = 0; index < count; index++) block[index] ^= data[start + index];
            aes.EncryptEcb(block, block, PaddingMode.None);
        }

        block[..code.Length].CopyTo(code);
    }

    /// <summary>AES-OFB: the same in both directions.</summary>
    private static void ApplyKeystream(SecretKey key, Security0FrameContext context, Span<byte> bytes)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        context.SenderNonce.CopyTo(block);
        context.ReceiverNonce.CopyTo(block[NonceLength..]);
        using var aes = Aes.Create();
        UseKey(aes, key);
        for (var index = 0; index < bytes.Length; index++)
        {
            if (index % BlockLength == 0) aes.EncryptEcb(block, block, PaddingMode.None);
            bytes[index] ^= block[index % BlockLength];
        }

        CryptographicOperations.ZeroMemory(block);
    }
}
