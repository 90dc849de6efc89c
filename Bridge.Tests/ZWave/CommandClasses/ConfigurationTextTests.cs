using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class ConfigurationTextTests
{
    [Fact]
    public void Name_split_inside_a_character_is_joined_before_it_is_decoded()
    {
        // "Gerät": C3 | A4
        var first = WireAssert.Decode<ConfigurationNameReport>("70 0B 00 05 01 47 65 72 C3");
        var last = WireAssert.Decode<ConfigurationNameReport>("70 0B 00 05 00 A4 74");
        var joined = Assert.IsType<ConfigurationNameReport>(last.JoinAfter(first));
        Assert.Equal("Gerät", joined.Name);
        Assert.Equal(0, joined.ReportsToFollow);
    }

    [Fact]
    public void Info_split_inside_a_character_is_joined_before_it_is_decoded()
    {
        // "5 €": E2 | 82 | AC
        var first = WireAssert.Decode<ConfigurationInfoReport>("70 0D 00 05 02 35 20 E2");
        var second = WireAssert.Decode<ConfigurationInfoReport>("70 0D 00 05 01 82");
        var last = WireAssert.Decode<ConfigurationInfoReport>("70 0D 00 05 00 AC");
        var joined = Assert.IsType<ConfigurationInfoReport>(last.JoinAfter(second.JoinAfter(first)));
        Assert.Equal("5 €", joined.Info);
        Assert.Equal(0, joined.ReportsToFollow);
    }

    [Fact]
    public void Pieces_of_different_parameters_are_not_joined()
    {
        var other = WireAssert.Decode<ConfigurationNameReport>("70 0B 00 04 01 41");
        var last = WireAssert.Decode<ConfigurationNameReport>("70 0B 00 05 00 42");
        Assert.NotEqual(other.PartKey, last.PartKey);
        Assert.Same(last, last.JoinAfter(other));
    }

    [Fact]
    public void Name_is_not_joined_to_a_description()
    {
        var info = WireAssert.Decode<ConfigurationInfoReport>("70 0D 00 05 01 41");
        var name = WireAssert.Decode<ConfigurationNameReport>("70 0B 00 05 00 42");
        Assert.Same(name, name.JoinAfter(info));
        Assert.Same(info, info.JoinAfter(name));
    }

    [Fact]
    public void Text_that_never_ends_stops_growing()
    {
        var piece = new ConfigurationInfoReport(5, 255, new byte[1000]);
        var joined = piece;
        for (var count = 0; count < 100; count++) joined = (ConfigurationInfoReport)piece.JoinAfter(joined);
        Assert.Equal(16_000, joined.InfoBytes.Length);
    }

    [Fact]
    public void Name_that_is_no_UTF8_shows_the_replacement_character() =>
        Assert.Equal("\uFFFDA", WireAssert.Decode<ConfigurationNameReport>("70 0B 00 05 00 FF 41").Name);

    [Theory]
    [InlineData("70 0B 00 05 00 50 6F 77 65 72", "Power")]
    [InlineData("70 0B 00 05 00 50 6F 77 65 72 00 00", "Power")] // filled up
    [InlineData("70 0B 00 05 00", "")] // no name, but an answer
    public void ConfigurationNameReport_tells_the_name(string hex, string name) =>
        Assert.Equal(name, CollectedValues.Of(hex)[ConfigurationCommandClass.ParameterName(5)].AsText);

    [Fact]
    public void ConfigurationInfoReport_tells_the_text() =>
        Assert.Equal("Power", CollectedValues.Of("70 0D 00 05 00 50 6F 77 65 72")[ConfigurationCommandClass.ParameterInfo(5)].AsText);

    [Fact]
    public void Reports_made_from_a_text_are_sent_as_UTF8()
    {
        Assert.Equal([0x70, 0x0B, 0, 5, 0, 0xC3, 0xA4], CommandCodec.Encode(new ConfigurationNameReport(5, "ä"), new(3)));
        Assert.Equal([0x70, 0x0D, 0, 5, 0, 0xC3, 0xA4], CommandCodec.Encode(new ConfigurationInfoReport(5, "ä"), new(3)));
    }
}
