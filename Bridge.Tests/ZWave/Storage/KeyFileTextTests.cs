using System.Text;
using Bridge.Tests.Fuzz;
using Bridge.Tests.Support;
using Bridge.ZWave.Storage;
using Xunit;

namespace Bridge.Tests.ZWave.Storage;

public sealed class KeyFileTextTests
{
    [Fact]
    public void All_keys_are_written_with_their_names_in_order_and_read_again()
    {
        var content = Read(KeyTexts.All());
        Assert.Empty(content.Faults);
        Assert.Empty(content.UnknownNames);
        Assert.Equal(KeyTexts.All(), Encoding.UTF8.GetString(KeyFileText.Write(content.Keys)));
        Assert.Equal(KeyTexts.Names, content.Keys.Names);
        Assert.Equal(KeyTexts.Names, KeySet.AllNames);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ }\n")]
    [InlineData("\uFEFF{}")]
    public void An_object_without_entries_has_no_keys_and_no_faults(string text)
    {
        var content = Read(text);
        Assert.Empty(content.Faults);
        Assert.Empty(content.Keys.Names);
        Assert.Equal("{\n}\n", Encoding.UTF8.GetString(KeyFileText.Write(content.Keys)));
    }

    [Fact]
    public void Digits_may_be_of_either_case_and_escaped()
    {
        var content = Read($$"""{"S0_Legacy": "{{KeyTexts.Hex(1).ToUpperInvariant()}}", "S2_\u0041uthenticated": "\u0032{{KeyTexts.Hex(2)[1..]}}"}""");
        Assert.Empty(content.Faults);
        Assert.Equal(KeyTexts.Key(1), content.Keys.Find("S0_Legacy"));
        Assert.Equal(KeyTexts.Key(2), content.Keys.Find("S2_Authenticated"));
    }

    [Theory]
    [InlineData("\"1f1e2d3c\"", "S0_Legacy: 8 characters; allowed: 32 hex digits")]
    [InlineData("\"\"", "S0_Legacy: 0 characters; allowed: 32 hex digits")]
    [InlineData("\"1f1e2d3c4b5a69788796a5b4c3d2e1fg\"", "S0_Legacy: a character is not a hex digit; allowed: 32 hex digits")]
    [InlineData("\"1f1e2d3c4b5a69788796a5b4c3d2e1f10\"", "S0_Legacy: 33 characters; allowed: 32 hex digits")]
    [InlineData("5", "S0_Legacy: not a text; allowed: 32 hex digits")]
    [InlineData("null", "S0_Legacy: not a text; allowed: 32 hex digits")]
    [InlineData("{\"S0_Legacy\": 1}", "S0_Legacy: not a text; allowed: 32 hex digits")]
    public void A_value_that_is_no_key_is_a_fault_with_its_name_and_without_its_value(string value, string fault)
    {
        var content = Read($$"""{"S0_Legacy": {{value}}, "S2_Authenticated": "{{KeyTexts.Hex(3)}}"}""");
        Assert.Equal([fault], content.Faults);
        Assert.Equal(["S2_Authenticated"], content.Keys.Names);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var content = Read("""{"S0_Legacy": "1", "S2_Authenticated": 2, "S2_AccessControl": "zz"}""");
        Assert.Equal(["S0_Legacy", "S2_Authenticated", "S2_AccessControl"], content.Faults.Select(static fault => fault.Split(':')[0]));
    }

    [Fact]
    public void A_name_that_is_there_twice_is_a_fault() => Assert.Equal(
        ["S0_Legacy: it is there twice; allowed: once"],
        Read($$"""{"S0_Legacy": "{{KeyTexts.Hex(1)}}", "S0_Legacy": "{{KeyTexts.Hex(2)}}"}""").Faults);

    [Theory]
    [InlineData("", "not JSON (line 1, byte 1)")]
    [InlineData("{\n  \"S0_Legacy\": 1f1e2d3c\n}", "not JSON (line 2, byte 17)")]
    [InlineData("{} {}", "not JSON (line 1, byte 4)")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("\"1f1e2d3c4b5a69788796a5b4c3d2e1f1\"", "not a JSON object")]
    public void What_is_no_object_is_a_fault_with_its_place(string text, string fault) => Assert.Equal([fault], Read(text).Faults);

    [Fact]
    public void Text_that_is_not_utf_8_is_a_fault()
    {
        byte[] text = [.. "{\"S0_Legacy\": \""u8, 0xFF, 0xFE, .. "\"}"u8];
        Assert.Equal(["not JSON (a text is not UTF-8)"], KeyFileText.Read(text).Faults);
    }

    [Theory]
    [InlineData("S2_AccesControl", "S2_AccesControl")]
    [InlineData("s0_legacy", "s0_legacy")]
    [InlineData("", "(a name of other characters)")]
    [InlineData("a\\nb", "(a name of other characters)")]
    // a key in the place of the name
    [InlineData("1f1e2d3c4b5a69788796a5b4c3d2e1f1", "(a long name)")]
    public void Unknown_entries_are_named_unless_the_name_could_be_a_key(string name, string shown)
    {
        var content = Read($$"""{"{{name}}": {"a": [1, "2"]}, "S0_Legacy": "{{KeyTexts.Hex(1)}}"}""");
        Assert.Empty(content.Faults);
        Assert.Equal([shown], content.UnknownNames);
        Assert.Equal(["S0_Legacy"], content.Keys.Names);
    }

    [Fact]
    public void Settings_of_other_software_are_taken_when_asked_for()
    {
        var content = KeyFileText.Read(Encoding.UTF8.GetBytes(KeyTexts.Settings()), takesSettings: true);
        Assert.Empty(content.Faults);
        Assert.Empty(content.UnknownNames);
        Assert.Equal(KeyTexts.TextOf(Read(KeyTexts.All()).Keys), KeyTexts.TextOf(content.Keys));
    }

    [Fact]
    public void Settings_of_other_software_are_no_key_file() =>
        Assert.Equal(["mqtt", "gateway", "zwave", "ui"], Read(KeyTexts.Settings()).UnknownNames);

    [Theory]
    // before there was Security 2 there was one key
    [InlineData("""{"zwave": {"networkKey": "1f1e2d3c4b5a69788796a5b4c3d2e1f1"}}""", 1)]
    [InlineData("""{"networkKey": "1f1e2d3c4b5a69788796a5b4c3d2e1f1"}""", 1)]
    [InlineData("""{"zwave": {"networkKey": "1f1e2d3c4b5a69788796a5b4c3d2e1f1", "securityKeys": {"S0_Legacy": "2f1e2d3c4b5a69788796a5b4c3d2e1f2"}}}""", 2)]
    public void Old_key_of_settings_is_that_of_security_0_unless_there_is_one(string text, int key)
    {
        var content = KeyFileText.Read(Encoding.UTF8.GetBytes(text), takesSettings: true);
        Assert.Empty(content.Faults);
        Assert.Equal(["S0_Legacy"], content.Keys.Names);
        Assert.Equal(KeyTexts.Key(key), content.Keys.Find("S0_Legacy"));
    }

    [Fact]
    public void Empty_entries_of_settings_are_missing_and_faults_of_the_others_are_told()
    {
        const string text = """
            {"zwave": {"networkKey": "", "securityKeys": {"S0_Legacy": "", "S2_Authenticated": null, "S2_AccessControl": "12", "S3": ""},
            "securityKeysLongRange": {"S2_AccessControl": 7}, "other": [1, {"securityKeys": 3}]}}
            """;
        var content = KeyFileText.Read(Encoding.UTF8.GetBytes(text), takesSettings: true);
        Assert.Empty(content.Keys.Names);
        Assert.Equal(
            ["S2_AccessControl: 2 characters; allowed: 32 hex digits", "S2_AccessControl_LR: not a text; allowed: 32 hex digits"], content.Faults);
        Assert.Equal(["S3"], content.UnknownNames);
    }

    [Fact]
    public void Damaged_texts_never_throw_and_never_show_a_key()
    {
        var random = new Random(20260103);
        var mutator = new FrameMutator(random, longest: 2000);
        byte[][] texts = [Encoding.UTF8.GetBytes(KeyTexts.All()), Encoding.UTF8.GetBytes(KeyTexts.Settings())];
        List<string> said = [];
        for (var round = 0; round < 5000; round++)
        {
            var text = mutator.Mutate(texts[round % 2], texts[(round + 1) % 2], 1 + random.Next(4));
            var content = KeyFileText.Read(text, takesSettings: random.Next(2) == 0);
            said.AddRange(content.Faults);
            said.AddRange(content.UnknownNames);
        }

        Assert.NotEmpty(said);
        KeyTexts.AssertHidden(said.Distinct());
    }

    private static KeyFileContent Read(string text) => KeyFileText.Read(Encoding.UTF8.GetBytes(text));
}
