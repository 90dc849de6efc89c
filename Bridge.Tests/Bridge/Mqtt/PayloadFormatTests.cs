using System.Text;
using System.Text.Json;
using Bridge.Mqtt;
using Xunit;

namespace Bridge.Tests.Mqtt;

public sealed class PayloadFormatTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  \r\n\t")]
    [InlineData("\uFEFF")]
    public void Blanks_are_nothing(string text) => Assert.Equal(PayloadKind.Empty, Read(text).Kind);

    [Theory]
    [InlineData("ON", "ON")]
    [InlineData(" ON\r\n", "ON")]
    [InlineData("\"ON\"", "ON")]
    [InlineData("True", "True")]
    [InlineData("NaN", "NaN")]
    [InlineData("Infinity", "Infinity")]
    [InlineData("-Infinity", "-Infinity")]
    [InlineData("'ON'", "'ON'")]
    [InlineData("+1", "+1")]
    [InlineData("01", "01")]
    [InlineData("1.", "1.")]
    [InlineData(".5", ".5")]
    [InlineData("1,5", "1,5")]
    [InlineData("0x10", "0x10")]
    [InlineData("1 2", "1 2")]
    [InlineData("true false", "true false")]
    [InlineData("On when relay is on", "On when relay is on")]
    [InlineData("// on", "// on")]
    [InlineData("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"", "a\"\\/\b\f\n\r\té😀")]
    [InlineData("1e400", "1e400")]
    [InlineData("1e-400", "1e-400")]
    [InlineData("1e-100", "1e-100")]
    [InlineData("1e99999999999999999999", "1e99999999999999999999")]
    [InlineData("12345678901234567890123456789012345678901", "12345678901234567890123456789012345678901")]
    [InlineData("1.00000000000000000000000000000000000001", "1.00000000000000000000000000000000000001")]
    public void Text_is_text_however_it_is_written(string text, string expected)
    {
        var value = Read(text);
        Assert.Equal((PayloadKind.Text, expected), (value.Kind, value.Text));
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.00", "0")]
    [InlineData("0e5", "0")]
    [InlineData("-1", "-1")]
    [InlineData("2000", "2000")]
    [InlineData("12.50", "12.50")]
    [InlineData("1e9", "1000000000")]
    [InlineData("2.5E+2", "250")]
    [InlineData("5e-1", "0.5")]
    public void Numbers_are_exact(string text, string expected)
    {
        var value = Read(text);
        Assert.Equal(PayloadKind.Number, value.Kind);
        Assert.Equal(expected, PayloadFormat.ToJson(value));
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData(" { \"state\" : \"ON\" ,\n\"list\":[1, true,null, \"x\"], \"deep\":{\"a\":[]} } ", "{\"state\":\"ON\",\"list\":[1,true,null,\"x\"],\"deep\":{\"a\":[]}}")]
    [InlineData("[1,[2,[3]]]", "[1,[2,[3]]]")]
    [InlineData("\"\\u0000\\u001f\\n\"", "\"\\u0000\\u001f\\n\"")]
    [InlineData("{\"n\":1e400}", "{\"n\":\"1e400\"}")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    public void Json_comes_out_compact(string text, string expected) => Assert.Equal(expected, PayloadFormat.ToJson(Read(text)));

    [Theory]
    [InlineData("{", "a key in double quotes is missing")]
    [InlineData("{'a':1}", "a key in double quotes is missing")]
    [InlineData("{a:1}", "a key in double quotes is missing")]
    [InlineData("{\"a\":1,}", "a key in double quotes is missing")]
    [InlineData("{\"a\" 1}", "a colon is missing")]
    [InlineData("{\"a\":}", "this is no value")]
    [InlineData("{\"a\":1 \"b\":2}", "a comma or the end of the object is missing")]
    [InlineData("{\"a\":1}x", "nothing more is expected")]
    [InlineData("{\"a\":1,\"a\":2}", "the key \"a\" is there twice")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "the key \"a\" is there twice")]
    [InlineData("{\"a\":NaN}", "this is no value")]
    [InlineData("{\"a\":nul}", "this is no value")]
    [InlineData("{\"a\":-Infinity}", "this is no number")]
    [InlineData("{\"a\":01}", "this is no number")]
    [InlineData("{\"a\":1.}", "a digit is missing")]
    [InlineData("{\"a\":1e}", "a digit is missing")]
    [InlineData("{\"a\":/* */1}", "this is no value")]
    [InlineData("[1,]", "this is no value")]
    [InlineData("[1", "a comma or the end of the list is missing")]
    [InlineData("[", "a value is missing")]
    [InlineData("\"ON", "the end of the text is missing")]
    [InlineData("\"\\", "the end of the text is missing")]
    [InlineData("\"\\x\"", "this is no escape sequence")]
    [InlineData("\"\\u12g4\"", "this is no escape sequence")]
    [InlineData("\"\\u+123\"", "this is no escape sequence")]
    [InlineData("\"\\ud800\"", "half of a surrogate pair")]
    [InlineData("\"\\udc00\\ud800\"", "half of a surrogate pair")]
    [InlineData("\"\\ud800\\u0041\"", "half of a surrogate pair")]
    [InlineData("\"a\nb\"", "a control character inside of text")]
    public void What_looks_like_json_and_is_none_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(PayloadFormat.TryRead(Encoding.UTF8.GetBytes(text), out _, out var fault));
        Assert.StartsWith("the payload is no JSON: " + reason + " (at character ", fault);
    }

    [Fact]
    public void A_fault_says_where_it_is()
    {
        Assert.False(PayloadFormat.TryRead("{\"a\":x}"u8, out _, out var fault));
        Assert.Equal("the payload is no JSON: this is no value (at character 6)", fault);
    }

    [Fact]
    public void Sixteen_levels_are_taken_and_no_more()
    {
        Assert.Equal(PayloadKind.List, Read(new string('[', 16) + new string(']', 16)).Kind);
        Assert.False(PayloadFormat.TryRead(Encoding.UTF8.GetBytes(new string('[', 17) + new string(']', 17)), out _, out var fault));
        Assert.Equal("the payload is no JSON: more than 16 levels (at character 18)", fault);
    }

    [Fact]
    public void Sixteen_kilobytes_are_taken_and_no_more()
    {
        Assert.Equal(16384, Read(new string('x', 16384)).Text.Length);
        Assert.False(PayloadFormat.TryRead(new byte[16385], out _, out var fault));
        Assert.Equal("the payload has 16385 bytes; at most 16384 are taken", fault);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { (byte)'O', 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    public void Bytes_that_are_no_text_are_refused(byte[] bytes)
    {
        Assert.False(PayloadFormat.TryRead(bytes, out _, out var fault));
        Assert.Equal("the payload is no UTF-8 text", fault);
    }

    [Fact]
    public void An_excerpt_has_two_hundred_characters_and_no_half_ones()
    {
        Assert.Equal(new string('x', 200), PayloadFormat.Excerpt(Encoding.UTF8.GetBytes(new string('x', 5000))));
        Assert.Equal(new string('x', 199), PayloadFormat.Excerpt(Encoding.UTF8.GetBytes(new string('x', 199) + "😀")));
        Assert.Equal("\uFFFDON", PayloadFormat.Excerpt([0xFF, (byte)'O', (byte)'N']));
    }

    /// <summary>Whatever comes in: no exception, and what is taken for an object or a list is what another strict reader takes for one.</summary>
    [Fact]
    public void A_hundred_thousand_random_payloads_end_in_a_value_or_a_reason()
    {
        var random = new PayloadGenerator(20260731);
        for (var count = 0; count < 100_000; count++)
        {
            var bytes = random.Next();
            if (!PayloadFormat.TryRead(bytes, out var value, out var fault))
            {
                Assert.InRange(fault.Length, 1, 200);
                continue;
            }

            if (value.Kind is not (PayloadKind.List or PayloadKind.Object)) continue;
            using var other = JsonDocument.Parse(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Trim());
            Assert.Equal(value.Kind == PayloadKind.Object ? JsonValueKind.Object : JsonValueKind.Array, other.RootElement.ValueKind);
            var written = PayloadFormat.ToJson(value);
            Assert.Equal(written, PayloadFormat.ToJson(Read(written)));
        }
    }

    private static PayloadValue Read(string text)
    {
        Assert.True(PayloadFormat.TryRead(Encoding.UTF8.GetBytes(text), out var value, out var fault), fault);
        return value;
    }
}
