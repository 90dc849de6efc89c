using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Encapsulation;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class MultiCommandTests
{
    [Fact]
    public void MultiCommandEncapsulation_holds_commands_in_order()
    {
        // two commands: Switch Binary Get; Meter Get for W
        var command = WireAssert.Decode<MultiCommandEncapsulation>("8F 01 02 02 25 02 03 32 01 10");
        Assert.Equal(["25 02", "32 01 10"], command.Commands.Select(inner => Hex.Spaced(inner.Span)));
        Assert.Equal("8F 01 02 02 25 02 03 32 01 10", Hex.Spaced(CommandCodec.Encode(command, CodecContext.Newest)));
    }

    [Fact]
    public void MultiCommandEncapsulation_of_nothing_is_empty() =>
        Assert.Empty(WireAssert.Decode<MultiCommandEncapsulation>("8F 01 00").Commands);

    [Theory]
    [InlineData("8F 01")]
    [InlineData("8F 01 02 02 25 02")] // second command missing
    [InlineData("8F 01 02 02 25 02 04 32 01 10")] // second length beyond the end
    [InlineData("8F 01 01 00")] // a command of no bytes
    public void MultiCommandEncapsulation_with_a_wrong_length_is_truncated(string hex) => WireAssert.Refused(hex, DecodeError.Truncated);

    [Theory]
    [InlineData("8F 01 02 02 25 02 03 25 03 FF", "numberOfCommands=2 encapsulatedCommands=[{} {currentValue=255 state='on'}]")]
    [InlineData("8F 01 02 02 25 02 02 25 03", "Truncated")] // the second command lacks its value
    public void MultiCommandEncapsulation_is_described(string hex, string fields) => Assert.Equal(fields, FieldText.OrErrorOf(hex));
}
