using Bridge.Discovery;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Discovery;

public sealed class TemplateExpanderTests
{
    private static readonly Facts s_facts = Facts.Empty
        .With(("text", "Heater"), ("whole", 5L), ("point", 5.5m), ("round", 5.0m), ("flag", true), ("list", new[] { "Off", "On" }))
        .WithNull("nothing");

    [Theory]
    [InlineData("\"${text}\"", "\"Heater\"")]
    [InlineData("\"${whole}\"", "5")]
    [InlineData("\"${point}\"", "5.5")]
    [InlineData("\"${round}\"", "5")]
    [InlineData("\"${flag}\"", "true")]
    [InlineData("\"${list}\"", "[\"Off\",\"On\"]")]
    [InlineData("\"${nothing}\"", "null")]
    public void A_text_that_is_only_a_name_becomes_the_value_with_its_type(string leaf, string expected) =>
        Assert.Equal($"{{\"key\":{expected}}}", Expand($"{{\"key\":{leaf}}}"));

    [Theory]
    [InlineData("The ${text}", "The Heater")]
    [InlineData("${text} ${whole}", "Heater 5")]
    [InlineData("{\\\"id\\\": ${whole}}", "{\\\"id\\\": 5}")]
    [InlineData("{{ value_json.${text} }}", "{{ value_json.Heater }}")]
    [InlineData("{{ value | int }} } $ $x {", "{{ value | int }} } $ $x {")]
    [InlineData("$${text} ${text}", "${text} Heater")]
    public void Names_within_a_text_are_replaced_and_everything_else_stays(string leaf, string expected) =>
        Assert.Equal($"{{\"key\":\"{expected}\"}}", Expand($"{{\"key\":\"{leaf}\"}}"));

    [Theory]
    [InlineData("{\"a\":1,\"b\":\"${absent}\"}", "{\"a\":1}")]
    [InlineData("{\"a\":1,\"b\":\"x ${absent} y\"}", "{\"a\":1}")]
    [InlineData("{\"a\":[\"${absent}\",\"${text}\"]}", "{\"a\":[\"Heater\"]}")]
    [InlineData("{\"a\":{\"b\":{\"c\":\"${absent}\",\"d\":2}}}", "{\"a\":{\"b\":{\"d\":2}}}")]
    public void What_names_an_absent_value_is_left_out(string payload, string expected) => Assert.Equal(expected, Expand(payload));

    [Fact]
    public void Everything_that_is_no_text_stays_as_it_is() =>
        Assert.Equal("{\"a\":null,\"b\":false,\"c\":0.001,\"d\":[]}", Expand("{\"a\":null,\"b\":false,\"c\":0.001,\"d\":[]}"));

    [Fact]
    public void The_payload_of_the_template_is_not_changed()
    {
        var payload = JObject.Parse("{\"a\":\"${text}\",\"b\":[\"${absent}\"]}");
        TemplateExpander.Expand(payload, s_facts);
        Assert.Equal("{\"a\":\"${text}\",\"b\":[\"${absent}\"]}", payload.ToString(Formatting.None));
    }

    [Fact]
    public void A_value_that_looks_like_a_name_is_not_replaced_again() =>
        Assert.Equal("{\"a\":\"${whole}\"}", TemplateExpander.Expand(JObject.Parse("{\"a\":\"${text}\"}"), s_facts.With(("text", "${whole}"))).ToString(Formatting.None));

    private static string Expand(string payload)
    {
        using var reader = new JsonTextReader(new StringReader(payload)) { FloatParseHandling = FloatParseHandling.Decimal };
        return TemplateExpander.Expand(JObject.Load(reader), s_facts).ToString(Formatting.None);
    }
}
