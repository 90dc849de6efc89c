using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Security;

/// <summary>
/// What the extensions of a received frame say. One that is encrypted and should not be, or the other way round, is ignored, like one of a known type with
/// another length. Source: Security 2 specification, extensions.
/// </summary>
internal sealed class ReceivedExtensions
{
    /// <summary>Of the SPAN extension.</summary>
    public ReadOnlyMemory<byte>? SenderEntropy { get; private set; }

    /// <summary>Of the MGRP extension.</summary>
    public byte? Group { get; private set; }

    /// <summary>The sender does not follow a group of ours.</summary>
    public bool IsOutOfSync { get; private set; }

    /// <summary>The group and inner state of the MPAN extension.</summary>
    public (byte Group, SecretKey State)? Multicast { get; private set; }

    private bool HasUnknownCritical { get; set; }

    /// <summary>The command is not to be looked at, though the frame is genuine.</summary>
    public bool Forbids => HasUnknownCritical || (Group is not null && Multicast is not null);

    public static ReceivedExtensions OfPlain(Security2Encapsulation frame)
    {
        var found = new ReceivedExtensions();
        foreach (var extension in frame.Extensions)
        {
            switch (extension.Type)
            {
                case Security2ExtensionType.SinglecastSequence: found.SenderEntropy ??= extension.Value; break;
                case Security2ExtensionType.MulticastGroup: found.Group ??= extension.Value.Span[0]; break;
                case Security2ExtensionType.MulticastOutOfSync: found.IsOutOfSync = true; break;
                default: found.CheckUnknown(extension); break;
            }
        }

        return found;
    }

    /// <summary>Reads the extensions in front of a decrypted command.</summary>
    /// <param name="length">Of all of them.</param>
    public bool TryReadEncrypted(ReadOnlySpan<byte> text, out int length)
    {
        var payload = new PayloadReader(text);
        List<Security2Extension> extensions = [];
        var error = Security2Extension.TryReadAll(ref payload, 0, extensions);
        length = payload.Position;
        foreach (var extension in extensions)
        {
            if (extension.Type != Security2ExtensionType.MulticastSequence) CheckUnknown(extension);
            else if (error == DecodeError.None) Multicast ??= (extension.Value.Span[0], new(extension.Value.Span[1..]));
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsMemory(extension.Value).Span);
        }

        return error == DecodeError.None;
    }

    private void CheckUnknown(Security2Extension extension) => HasUnknownCritical |= extension.IsCritical && !Enum.IsDefined(extension.Type);
}
