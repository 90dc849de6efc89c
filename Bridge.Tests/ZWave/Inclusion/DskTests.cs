using System.Globalization;
using Bridge.ZWave.Inclusion;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

public sealed class DskTests
{
    private const string Text = "34028-23669-20938-46346-33746-07431-56821-14553";

    [Theory]
    [InlineData(Text)]
    [InlineData("3402823669209384634633746074315682114553")]
    [InlineData(" 34028 23669 20938 46346\n33746 07431 56821 14553 ")]
    public void Eight_groups_of_five_digits_are_read_however_they_are_divided(string text)
    {
        Assert.True(Dsk.TryParse(text, out var dsk));
        Assert.Equal(Text, dsk.ToString());
        Assert.Equal(34028, dsk.Pin);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("34028")]
    // a digit less, a digit more
    [InlineData("34028-23669-20938-46346-33746-07431-56821-1455")]
    [InlineData("34028-23669-20938-46346-33746-07431-56821-145530")]
    // above 65535
    [InlineData("65536-23669-20938-46346-33746-07431-56821-14553")]
    [InlineData("34028-23669-20938-46346-33746-07431-56821-1455x")]
    // digits of another script
    [InlineData("٣٤٠٢٨-23669-20938-46346-33746-07431-56821-14553")]
    public void Anything_else_is_refused(string? text) => Assert.False(Dsk.TryParse(text, out _));

    [Theory]
    [InlineData("?????-23669-20938-46346-33746-07431-56821-14553", true)]
    [InlineData(Text, true)]
    [InlineData("00000-23669-20938-46346-33746-07431-56821-14553", true)]
    [InlineData("?????-23669-20938-46346-33746-07431-56821-14554", false)]
    [InlineData("?????", false)]
    [InlineData("", false)]
    public void What_a_node_told_without_its_first_group_is_compared_without_it(string told, bool isSame)
    {
        Assert.True(Dsk.TryParse(Text, out var dsk));
        Assert.Equal(isSame, dsk.Matches(told));
    }

    [Fact]
    public void Every_key_is_written_as_it_is_read() =>
        Prop.ForAll(Gen.Choose(0, ushort.MaxValue).ArrayOf(Dsk.Groups).ToArbitrary(), static groups =>
        {
            var text = string.Join('-', groups.Select(static group => group.ToString("D5", CultureInfo.InvariantCulture)));
            Assert.True(Dsk.TryParse(text, out var dsk));
            Assert.True(Dsk.TryParse(dsk.ToString(), out var again));
            Assert.Equal(text, again.ToString());
            Assert.Equal(dsk, again);
            Assert.Equal(dsk.GetHashCode(), again.GetHashCode());
        }).QuickCheckThrowOnFailure();
}
