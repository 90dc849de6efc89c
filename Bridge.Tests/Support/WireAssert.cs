using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>Checks every codec row needs: both ways, every truncation, trailing bytes.</summary>
internal static class WireAssert
{
    public static byte[] Bytes(string hex) =>
        Hex.TryParse(hex, out var bytes) ? bytes : throw new ArgumentException("not hex: " + hex, nameof(hex));

    /// <summary>
    /// The bytes decode to <paramref name="expected"/>, it encodes to the bytes again (with <paramref name="version"/>), and bytes a newer
    /// version might append change nothing when <paramref name="ignoresTrailing"/>.
    /// </summary>
    public static void Command<T>(string hex, T expected, byte version = byte.MaxValue, bool ignoresTrailing = false)
        where T : class, ICommand<T>
    {
        var bytes = Bytes(hex);
        Assert.Equal(expected, Decode<T>(bytes));
        Assert.Equal(Hex.Spaced(bytes), Encode(expected, version));
        if (ignoresTrailing) Assert.Equal(expected, Decode<T>([.. bytes, 0xA5, 0x5A]));
    }

    /// <summary>
    /// The bytes decode to a <typeparamref name="T"/> that encodes to the same bytes; with <paramref name="ignoresTrailing"/> also when bytes
    /// a newer version might append follow. For records that hold lists and so do not compare by content.
    /// </summary>
    public static T RoundTrip<T>(string hex, byte version = byte.MaxValue, bool ignoresTrailing = false)
        where T : class, ICommand
    {
        var bytes = Bytes(hex);
        var command = Decode<T>(bytes);
        Assert.Equal(Hex.Spaced(bytes), Encode(command, version));
        if (ignoresTrailing) Assert.Equal(Hex.Spaced(bytes), Encode(Decode<T>([.. bytes, 0xA5, 0x5A]), version));
        return command;
    }

    /// <summary>The command as spaced hex, for a node with this version of its class.</summary>
    public static string Encode(ICommand command, byte version = byte.MaxValue) => Hex.Spaced(CommandCodec.Encode(command, new(version)));

    /// <summary>The bytes decode to a command of type <typeparamref name="T"/>.</summary>
    public static T Decode<T>(byte[] bytes)
        where T : class, ICommand
    {
        Assert.Equal(DecodeError.None, CommandCodec.TryDecode(bytes, out var command));
        return Assert.IsType<T>(command);
    }

    public static T Decode<T>(string hex)
        where T : class, ICommand => Decode<T>(Bytes(hex));

    /// <summary>The bytes are refused for this reason.</summary>
    public static void Refused(string hex, DecodeError reason)
    {
        Assert.Equal(reason, CommandCodec.TryDecode(Bytes(hex), out var command));
        Assert.Null(command);
    }

    /// <summary>Every prefix that keeps class and command but fewer than <paramref name="required"/> parameter bytes is "truncated".</summary>
    public static void TruncatedBelow(string hex, int required)
    {
        var bytes = Bytes(hex);
        for (var count = 0; count < required; count++)
        {
            Assert.Equal(DecodeError.Truncated, CommandCodec.TryDecode(bytes.AsSpan(0, 2 + count), out _));
        }
    }
}
