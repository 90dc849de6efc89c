using Bridge.Discovery;
using Xunit;

namespace Bridge.Tests.Discovery;

public sealed class TemplateReaderTests
{
    private const string Root = """{"device": {"identifiers": ["${device_id}"]}, "origin": {"name": "${origin_name}"}}""";

    [Fact]
    public void A_template_is_read()
    {
        List<TemplateFault> faults = [];
        var template = TemplateReader.Read(
            """{"match": {"kind": "reading", "quantity": ["power", "energy"]}, "component": "sensor", "id": "${id}_raw", "order": 7, "payload": {"name": "${label}"}}""",
            "mine.json", faults);
        Assert.Empty(faults);
        Assert.NotNull(template);
        Assert.Equal("mine.json", template.Source);
        Assert.Equal("sensor", template.Component);
        Assert.Equal(7, template.Order);
        Assert.Equal(2, template.Match.Specificity);
        Assert.Equal(["id"], template.Id.Names);
        Assert.False(template.IsRoot);
    }

    [Theory]
    [InlineData("", "[]", "the file is not a JSON object")]
    [InlineData("", "{", "not JSON: ")]
    [InlineData("", """{"match": {}, "match": {}}""", "not JSON: ")]
    [InlineData("", """{"match": {"kind": "ping"}, "component": "button", "payload": {}} {}""", "not JSON: Additional text")]
    [InlineData("macth", """{"macth": {}, "match": {"kind": "ping"}, "component": "button", "payload": {}}""", "unknown key; known here: $schema, component, id, match, order, payload")]
    [InlineData("match", """{"component": "button", "payload": {}}""", "is missing")]
    [InlineData("match", """{"match": "ping", "component": "button", "payload": {}}""", "\"ping\" is not an object")]
    [InlineData("match.kind", """{"match": {"hidden": true}, "component": "button", "payload": {}}""", "is missing; allowed: bridge, node, switch")]
    [InlineData("match.kind", """{"match": {"kind": "relay"}, "component": "switch", "payload": {}}""", "\"relay\" is none of bridge, node, switch")]
    [InlineData("match.kind", """{"match": {"kind": null}, "component": "switch", "payload": {}}""", "null is not a text")]
    [InlineData("match.colour", """{"match": {"kind": "ping", "colour": 1}, "component": "button", "payload": {}}""", "unknown name; known here: ")]
    [InlineData("match.options", """{"match": {"kind": "parameter", "options": ["On"]}, "component": "select", "payload": {}}""", "unknown name; known here: ")]
    [InlineData("match.hidden", """{"match": {"kind": "parameter", "hidden": "no"}, "component": "select", "payload": {}}""", "\"no\" is not true or false, or null")]
    [InlineData("match.parameter", """{"match": {"kind": "parameter", "parameter": [1, "2"]}, "component": "select", "payload": {}}""", "\"2\" is not a number, or null")]
    [InlineData("match.unit", """{"match": {"kind": "node", "unit": "W"}, "payload": {"device": {}, "origin": {}}}""", "is not known for this kind")]
    [InlineData("component", """{"match": {"kind": "ping"}, "payload": {}}""", "is missing; only templates for a node or the bridge")]
    [InlineData("component", """{"match": {"kind": "ping"}, "component": "knob", "payload": {}}""", "\"knob\" is none of ")]
    [InlineData("id", """{"match": {"kind": "bridge"}, "component": "button", "payload": {}}""", "is missing; only properties have an id of their own")]
    [InlineData("id", """{"match": {"kind": "ping"}, "component": "button", "id": 5, "payload": {}}""", "5 is not a non-empty text")]
    [InlineData("id", """{"match": {"kind": "ping"}, "component": "button", "id": "my ping", "payload": {}}""", "has other characters than")]
    [InlineData("id", """{"match": {"kind": "ping"}, "component": "button", "id": "${component_id}", "payload": {}}""", "unknown name \"component_id\"")]
    [InlineData("id", """{"match": {"kind": "node"}, "id": "root", "payload": {"device": {}, "origin": {}}}""", "the root of a document has none")]
    [InlineData("order", """{"match": {"kind": "ping"}, "component": "button", "order": 5000, "payload": {}}""", "5000 is not a whole number -1000..1000")]
    [InlineData("payload", """{"match": {"kind": "ping"}, "component": "button"}""", "is missing")]
    [InlineData("payload", """{"match": {"kind": "ping"}, "component": "button", "payload": []}""", "[] is not an object")]
    [InlineData("payload.a.b[1]", """{"match": {"kind": "ping"}, "component": "button", "payload": {"a": {"b": ["", "${colour}"]}}}""", "unknown name \"colour\"; known here: ")]
    [InlineData("payload.name", """{"match": {"kind": ["node", "ping"]}, "component": "button", "id": "x", "payload": {"name": "${label}"}}""", "unknown name \"label\"; known here: ")]
    [InlineData("payload.name", """{"match": {"kind": "ping"}, "component": "button", "payload": {"name": "${label"}}""", "\"${\" without \"}\"")]
    [InlineData("payload.name", """{"match": {"kind": "node"}, "payload": {"device": {}, "origin": {}, "name": "Plug"}}""", "unknown key; known here: device, origin")]
    [InlineData("payload.device.sw", """{"match": {"kind": "node"}, "payload": {"device": {"sw": "1"}, "origin": {}}}""", "unknown key; known here: identifiers")]
    [InlineData("payload.origin", """{"match": {"kind": "node"}, "payload": {"device": {}}}""", "is missing")]
    public void A_fault_is_told_with_its_place(string path, string text, string reason)
    {
        List<TemplateFault> faults = [];
        Assert.Null(TemplateReader.Read(text, "mine.json", faults));
        Assert.Contains(faults, fault => fault.File == "mine.json" && fault.Path == path && fault.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        List<TemplateFault> faults = [];
        TemplateReader.Read("""{"match": {"kind": "ping", "unit": 5}, "component": "knob", "order": "1", "payload": {"a": "${x}", "b": "${y}"}}""", "mine.json", faults);
        Assert.Equal(["component", "match.unit", "order", "payload.a", "payload.b"], faults.Select(static fault => fault.Path).Order(StringComparer.Ordinal));
        Assert.StartsWith("mine.json: match.unit: 5 is not a text", faults[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_a_fault()
    {
        List<TemplateFault> faults = [];
        TemplateReader.Read(string.Concat(Enumerable.Repeat("{\"a\":", 5000)), "mine.json", faults);
        Assert.StartsWith("not JSON: ", Assert.Single(faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Component_none_needs_no_payload()
    {
        List<TemplateFault> faults = [];
        Assert.NotNull(TemplateReader.Read("""{"match": {"kind": "ping"}, "component": "none"}""", "mine.json", faults));
        Assert.Empty(faults);
    }

    [Fact]
    public void A_root_has_no_component()
    {
        List<TemplateFault> faults = [];
        Assert.True(TemplateReader.Read($$"""{"match": {"kind": "node"}, "payload": {{Root}}}""", "mine.json", faults)!.IsRoot);
        Assert.Empty(faults);
    }
}
