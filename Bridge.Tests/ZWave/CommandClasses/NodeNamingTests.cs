using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class NodeNamingTests
{
    private static readonly NodeNameText s_lamp = new(CharacterPresentation.Ascii, "Lamp");
    private static readonly NodeNameText s_hall = new(CharacterPresentation.Ascii, "Hall");

    [Fact]
    public void NodeNameSet_is_a_character_set_and_text() => WireAssert.Command("77 01 00 4C 61 6D 70", new NodeNameSet(s_lamp));

    [Fact]
    public void NodeNameGet_has_no_parameters() => WireAssert.Command("77 02", new NodeNameGet(), ignoresTrailing: true);

    [Fact]
    public void NodeNameReport_is_a_character_set_and_text() => WireAssert.Command("77 03 00 4C 61 6D 70", new NodeNameReport(s_lamp));

    [Fact]
    public void NodeLocationSet_is_a_character_set_and_text() => WireAssert.Command("77 04 00 48 61 6C 6C", new NodeLocationSet(s_hall));

    [Fact]
    public void NodeLocationGet_has_no_parameters() => WireAssert.Command("77 05", new NodeLocationGet(), ignoresTrailing: true);

    [Fact]
    public void NodeLocationReport_is_a_character_set_and_text() => WireAssert.Command("77 06 00 48 61 6C 6C", new NodeLocationReport(s_hall));

    [Fact]
    public void NodeNameReport_in_utf_16_has_two_bytes_a_character() =>
        // L, u umlaut
        WireAssert.Command("77 03 02 00 4C 00 FC", new NodeNameReport(new(CharacterPresentation.Utf16, "Lü")));

    [Fact]
    public void NodeNameReport_in_the_oem_set_uses_code_page_437() =>
        // 81 u umlaut, E1 sharp s
        WireAssert.Command("77 03 01 4C 81 E1", new NodeNameReport(new(CharacterPresentation.OemExtended, "Lüß")));

    [Fact]
    public void NodeNameReport_with_nothing_after_the_character_set_is_an_empty_name() =>
        WireAssert.Command("77 03 00", new NodeNameReport(new(CharacterPresentation.Ascii, "")));

    [Theory]
    [InlineData("77 03 00 4C 61 6D 70 00 00 00")]
    [InlineData("77 03 F8 4C 61 6D 70")] // reserved bits 7..3 set
    public void NodeNameReport_reserved_bits_and_trailing_nuls_are_dropped(string hex) =>
        Assert.Equal(new NodeNameReport(s_lamp), WireAssert.Decode<NodeNameReport>(hex));

    [Fact]
    public void NodeNameReport_reads_no_more_than_16_bytes()
    {
        var report = WireAssert.Decode<NodeNameReport>("77 03 00 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66 A5 5A");
        Assert.Equal("0123456789abcdef", report.Text.Text);
    }

    [Fact]
    public void NodeNameReport_half_a_utf_16_character_is_dropped() =>
        Assert.Equal("L", WireAssert.Decode<NodeNameReport>("77 03 02 00 4C 00").Text.Text);

    [Theory]
    [InlineData("77 03 00 4C FC")]
    [InlineData("77 03 03 4C FC")] // reserved character set
    public void NodeNameReport_bytes_above_ascii_are_kept(string hex) =>
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(WireAssert.Decode<NodeNameReport>(hex), new(1))));

    [Theory]
    [InlineData("Lamp", CharacterPresentation.Ascii)]
    [InlineData("Küche", CharacterPresentation.Utf16)]
    public void A_name_is_stored_in_ascii_when_that_is_enough(string text, CharacterPresentation expected) =>
        Assert.Equal(new NodeNameText(expected, text), NodeNameText.Of(text));

    [Theory]
    [InlineData("0123456789abcdefgh", "77 01 00 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66")]
    [InlineData("Küche unten", "77 01 02 00 4B 00 FC 00 63 00 68 00 65 00 20 00 75 00 6E")]
    [InlineData("1234567\U0001F4A1", "77 01 02 00 31 00 32 00 33 00 34 00 35 00 36 00 37")] // the light bulb would be split
    public void NodeNameSet_too_long_is_cut_between_characters(string text, string hex) =>
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(new NodeNameSet(NodeNameText.Of(text)), new(1))));

    [Fact]
    public void NodeNameSet_in_the_oem_set_writes_a_question_mark_for_what_it_lacks() =>
        Assert.Equal(
            "77 01 01 3F 81",
            Hex.Spaced(CommandCodec.Encode(new NodeNameSet(new(CharacterPresentation.OemExtended, "€ü")), new(1))));

    [Theory]
    [InlineData("77 01 00")]
    [InlineData("77 03 00")]
    [InlineData("77 04 00")]
    [InlineData("77 06 00")]
    public void Node_naming_commands_without_a_character_set_are_truncated(string hex) => WireAssert.TruncatedBelow(hex, required: 1);

    [Theory]
    [InlineData("77 01 00 4C 61 6D 70", "charPresentation=0 text='Lamp'")]
    [InlineData("77 02", "")]
    [InlineData("77 03 02 00 4C 00 FC", "charPresentation=2 text='Lü'")]
    [InlineData("77 04 00 48 61 6C 6C", "charPresentation=0 text='Hall'")]
    [InlineData("77 05", "")]
    [InlineData("77 06 00", "charPresentation=0 text=''")]
    public void Node_naming_fields_are_named_as_documented(string hex, string fields) => Assert.Equal(fields, FieldText.Of(hex));

    [Fact]
    public void Interview_asks_name_and_location()
    {
        var interview = new PlayedInterview(NodeNamingCommandClass.Definition, version: 1)
        {
            Answers = { ["77 02"] = "77 03 00 4C 61 6D 70", ["77 05"] = "77 06 00 48 61 6C 6C" },
        };
        Assert.Equal(["77 02", "77 05"], interview.Run());
        Assert.Equal(Value.Of("Lamp"), interview.Read(NodeNamingCommandClass.Name));
        Assert.Equal(Value.Of("Hall"), interview.Read(NodeNamingCommandClass.Location));
    }
}
