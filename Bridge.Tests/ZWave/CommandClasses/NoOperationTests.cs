using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class NoOperationTests
{
    [Fact]
    public void NoOperation_is_the_class_byte_alone() => WireAssert.Command("00", new NoOperation(), ignoresTrailing: true);

    [Fact]
    public void NoOperation_has_no_fields() => Assert.Equal("", FieldText.Of("00"));

    [Fact]
    public void Nothing_at_all_is_truncated() =>
        Assert.Equal(DecodeError.Truncated, CommandCodec.TryDecode([], out _));
}
