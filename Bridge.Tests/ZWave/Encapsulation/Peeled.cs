using Bridge.Tests.Support;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.ZWave.Encapsulation;

/// <summary>What unwrapping made of a frame, on the heap for asserts.</summary>
internal sealed record Peeled(DecodeError Error, Envelope Envelope, string[] Commands)
{
    public static Peeled Of(string hex, ISecurityLayer? security = null, Reception reception = default) =>
        Of(WireAssert.Bytes(hex), security, reception);

    public static Peeled Of(byte[] frame, ISecurityLayer? security = null, Reception reception = default)
    {
        Span<byte> plaintext = stackalloc byte[256];
        var error = Unwrapping.TryUnwrap(frame, reception, security ?? NoSecurity.Instance, plaintext, out var unwrapped);
        List<string> commands = [];
        foreach (var command in unwrapped) commands.Add(Hex.Spaced(command));
        Xunit.Assert.Equal(unwrapped.Count, commands.Count);
        return new(error, unwrapped.Envelope, [.. commands]);
    }

    /// <summary>The one command, which must have been found.</summary>
    public static Peeled Single(string hex, ISecurityLayer? security = null, Reception reception = default)
    {
        var peeled = Of(hex, security, reception);
        Xunit.Assert.Equal(DecodeError.None, peeled.Error);
        Xunit.Assert.Single(peeled.Commands);
        return peeled;
    }

    public string Command => Commands[0];
}

/// <summary>No keys: encrypted frames stay closed.</summary>
internal sealed class NoSecurity : ISecurityLayer
{
    public static readonly NoSecurity Instance = new();

    public DecodeError TryDecrypt(
        Reception reception, ReadOnlySpan<byte> frame, Span<byte> plaintext, out int length, out SecurityClass securityClass)
    {
        length = 0;
        securityClass = SecurityClass.None;
        return DecodeError.NotDecrypted;
    }
}

/// <summary>A security layer that turns every bit round instead of encrypting; the frame is one of Security 2, its tag is zeros.</summary>
internal sealed class InvertingSecurity : ISecurityLayer
{
    private const int Head = 4;
    private const int Tag = 8;

    public bool HasKey { get; init; } = true;

    public DecodeError TryDecrypt(
        Reception reception, ReadOnlySpan<byte> frame, Span<byte> plaintext, out int length, out SecurityClass securityClass)
    {
        length = Math.Max(0, frame.Length - Head - Tag);
        securityClass = SecurityClass.S2Authenticated;
        if (!HasKey || frame.Length < Head + Tag) return DecodeError.NotDecrypted;
        for (var index = 0; index < length; index++) plaintext[index] = (byte)~frame[Head + index];
        return DecodeError.None;
    }

    /// <summary>The frame that holds a command.</summary>
    public static string Seal(string hex)
    {
        Span<byte> buffer = stackalloc byte[256];
        var frame = new PayloadWriter(buffer);
        frame.WriteBytes([0x9F, 0x03, 0x01, 0x00]);
        foreach (var value in WireAssert.Bytes(hex)) frame.WriteByte((byte)~value);
        frame.WriteZeros(Tag);
        return Hex.Spaced(frame.Written);
    }
}
