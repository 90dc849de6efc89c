using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>
/// Where encryption is plugged in: opens the frames of Security 0 (0x98 0x81, 0xC1) and Security 2 (0x9F 0x03). Called by the loop that
/// handles received frames and by nobody else. Frames of ours are encrypted when they are sent, not when they are wrapped: only then there is a nonce.
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
    /// parts of a command, or a repetition: nothing is to be taken.
    /// </returns>
    DecodeError TryDecrypt(
        Reception reception, ReadOnlySpan<byte> frame, Span<byte> plaintext, out int length, out SecurityClass securityClass);
}
