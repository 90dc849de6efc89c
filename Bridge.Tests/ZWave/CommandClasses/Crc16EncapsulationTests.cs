using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Encapsulation;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class Crc16EncapsulationTests
{
    [Theory]
    [InlineData("56 01 20 02 4D 26", "20 02")]
    [InlineData("56 01 25 03 FF 79 58", "25 03 FF")]
    public void Crc16Encapsulation_holds_a_command(string hex, string inner)
    {
        var command = WireAssert.Decode<Crc16Encapsulation>(hex);
        Assert.Equal(inner, Hex.Spaced(command.Command.Span));
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(command, CodecContext.Newest)));
    }

    [Theory]
    [InlineData("56 01 20 02 4D 27")]
    [InlineData("56 01 20 03 4D 26")]
    [InlineData("56 01 25 03 FF 58 79")] // bytes swapped
    [InlineData("56 01 20 4D 26")]
    public void Crc16Encapsulation_with_a_wrong_checksum_is_refused(string hex) => WireAssert.Refused(hex, DecodeError.Checksum);

    [Fact]
    public void Crc16Encapsulation_every_flipped_bit_is_noticed()
    {
        var bytes = WireAssert.Bytes("56 01 25 03 FF 79 58");
        for (var bit = 16; bit < bytes.Length * 8; bit++)
        {
            var damaged = bytes.ToArray();
            damaged[bit >> 3] ^= (byte)(1 << (bit & 7));
            Assert.Equal(DecodeError.Checksum, CommandCodec.TryDecode(damaged, out _));
        }
    }

    [Theory]
    [InlineData("56 01")]
    [InlineData("56 01 20")]
    [InlineData("56 01 94 79")] // a checksum and no command
    public void Crc16Encapsulation_without_a_command_is_truncated(string hex) => WireAssert.Refused(hex, DecodeError.Truncated);

    [Theory]
    [InlineData("56 01 25 03 FF 79 58", "checksum=31064 encapsulated={currentValue=255 state='on'}")]
    [InlineData("56 01 25 03 FF 79 59", "Checksum")]
    public void Crc16Encapsulation_is_described(string hex, string fields) => Assert.Equal(fields, FieldText.OrErrorOf(hex));
}
