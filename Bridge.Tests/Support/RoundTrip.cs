using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>Bytes to a record and back, for records that hold lists and so do not compare by content.</summary>
internal static class RoundTrip
{
    /// <summary>
    /// The bytes decode to a <typeparamref name="T"/> that encodes to the same bytes; with <paramref name="ignoresTrailing"/> also when
    /// a newer version appended some.
    /// </summary>
    public static T Of<T>(string hex, byte version = byte.MaxValue, bool ignoresTrailing = false)
        where T : class, ICommand
    {
        var command = WireAssert.Decode<T>(hex);
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(command, new(version))));
        if (ignoresTrailing)
        {
            var longer = WireAssert.Decode<T>(hex + " A5 5A");
            Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(longer, new(version))));
        }

        return command;
    }
}
