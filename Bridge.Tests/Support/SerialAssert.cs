using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>Checks every row of a Serial API function needs. Takes whole frames as the documents print them.</summary>
internal static class SerialAssert
{
    public static T FromHost<T>(string frame, string fields, int required, NodeIdWidth width = NodeIdWidth.Bits8, int[]? alsoWhole = null)
        where T : class, ISerialMessage<T> => Frame<T>(frame, isFromHost: true, fields, required, width, alsoWhole ?? []);

    public static T FromModule<T>(string frame, string fields, int required, NodeIdWidth width = NodeIdWidth.Bits8, int[]? alsoWhole = null)
        where T : class, ISerialMessage<T> => Frame<T>(frame, isFromHost: false, fields, required, width, alsoWhole ?? []);

    /// <summary>The payload is refused for this reason.</summary>
    public static void Refused<T>(string payload, DecodeError reason, NodeIdWidth width = NodeIdWidth.Bits8)
        where T : class, ISerialMessage<T>
    {
        Assert.Equal(reason, FunctionRegistry.TryDecode(T.FunctionId, T.MessageKind, WireAssert.Bytes(payload), width, out var message));
        Assert.Null(message);
    }

    /// <summary>The payload, without frame around it, decodes.</summary>
    public static T Payload<T>(string payload, NodeIdWidth width = NodeIdWidth.Bits8)
        where T : class, ISerialMessage<T>
    {
        Assert.Equal(
            DecodeError.None,
            FunctionRegistry.TryDecode(T.FunctionId, T.MessageKind, WireAssert.Bytes(payload), width, out var message));
        return Assert.IsType<T>(message, exactMatch: false);
    }

    /// <summary>The frame <paramref name="message"/> makes.</summary>
    public static void Encodes(string frame, ISerialMessage message, NodeIdWidth width = NodeIdWidth.Bits8) =>
        Assert.Equal(frame, Hex.Spaced(DataFrame.Of(message, width).ToBytes()));

    /// <summary>
    /// The frame is whole, decodes to a <typeparamref name="T"/> with these fields and encodes to the same bytes; cut below
    /// <paramref name="required"/> payload bytes it is truncated (but for the lengths <paramref name="alsoWhole"/>), cut above it decodes.
    /// </summary>
    private static T Frame<T>(string frame, bool isFromHost, string fields, int required, NodeIdWidth width, int[] alsoWhole)
        where T : class, ISerialMessage<T>
    {
        var (type, function, payload) = Parse(frame);
        var kind = type == 0x01 ? MessageKind.Response : isFromHost ? MessageKind.HostRequest : MessageKind.ModuleRequest;
        Assert.Equal(DecodeError.None, FunctionRegistry.TryDecode(function, kind, payload, width, out var decoded));
        var message = Assert.IsType<T>(decoded, exactMatch: false);
        Assert.Equal(function, message.Function);
        Assert.Equal(kind, message.Kind);
        Assert.Equal(fields, FieldText.Of(message));
        Assert.Equal(frame, Hex.Spaced(DataFrame.Of(message, width).ToBytes()));
        for (var length = 0; length < payload.Length; length++)
        {
            var error = FunctionRegistry.TryDecode(function, kind, payload.AsSpan(0, length), width, out var part);
            var isWhole = length >= required || alsoWhole.Contains(length);
            Assert.True(error == (isWhole ? DecodeError.None : DecodeError.Truncated), $"{length} bytes of {payload.Length}: {error}");
            Assert.Equal(error == DecodeError.None, part is not null);
        }

        return message;
    }

    /// <summary>Reads a data frame by hand: start, length and checksum must be right.</summary>
    private static (byte Type, FunctionId Function, byte[] Payload) Parse(string frame)
    {
        var bytes = WireAssert.Bytes(frame);
        Assert.Equal(0x01, bytes[0]);
        Assert.Equal(bytes.Length - 2, bytes[1]);
        Assert.InRange(bytes[2], 0, 1);
        byte checksum = 0xFF;
        foreach (var value in bytes.AsSpan(1, bytes.Length - 2)) checksum ^= value;
        Assert.Equal(checksum, bytes[^1]);
        return (bytes[2], new(bytes[3]), bytes[4..^1]);
    }
}
