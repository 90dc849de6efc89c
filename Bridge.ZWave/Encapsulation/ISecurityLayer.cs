using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>
/// Where encryption is plugged in: opens and makes the frames of Security 0 (0x98 0x81, 0xC1) and Security 2 (0x9F 0x03). Called by
/// the loop that handles received frames and by nobody else.
/// </summary>
public interface ISecurityLayer
{
    /// <summary>Opens an encrypted frame.</summary>
    /// <param name="reception">Who sent the frame, and to whom.</param>
    /// <param name="frame">The frame from its class byte on.</param>
    /// <param name="plaintext">Takes the command; as long as the frame is enough.</param>
    /// <param name="length">Bytes of <paramref name="plaintext"/> that count; 0 when the frame only agrees on a nonce sequence.</param>
    /// <param name="securityClass">The class whose key opened it.</param>
    /// <returns>
    /// <see cref="DecodeError.NotDecrypted"/> when no key opens it, <see cref="DecodeError.NeedMoreData"/> when it is the first of two
    /// parts of a command.
    /// </returns>
    DecodeError TryDecrypt(
        Reception reception, ReadOnlySpan<byte> frame, Span<byte> plaintext, out int length, out SecurityClass securityClass);

    /// <summary>
    /// Encrypts a command for a node and appends it to <paramref name="frame"/>; false when there is no key or no nonce for it (then
    /// nothing was written, and the command must not be sent in the clear instead).
    /// </summary>
    bool TryEncrypt(NodeId node, SecurityClass securityClass, scoped ReadOnlySpan<byte> command, ref PayloadWriter frame);
}

/// <summary>No keys: encrypted frames stay closed, nothing can be sent encrypted.</summary>
public sealed class NoSecurity : ISecurityLayer
{
    public static readonly NoSecurity Instance = new();

    private NoSecurity()
    {
    }

    public DecodeError TryDecrypt(
        Reception reception, ReadOnlySpan<byte> frame, Span<byte> plaintext, out int length, out SecurityClass securityClass)
    {
        length = 0;
        securityClass = SecurityClass.None;
        return DecodeError.NotDecrypted;
    }

    public bool TryEncrypt(NodeId node, SecurityClass securityClass, scoped ReadOnlySpan<byte> command, ref PayloadWriter frame) => false;
}
