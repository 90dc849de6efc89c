using Bridge.Discovery;
using Bridge.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Data;

/// <summary>Every discovery template of the product, one row a file.</summary>
public sealed class AllTemplatesTests
{
    private static readonly TemplateCatalog s_catalog = TemplateCatalog.Load(Repository.Path("discovery-templates"));

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Repository.Path("discovery-templates"), "*.json", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Repository.Path("discovery-templates"), file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Template_file_has_no_fault(string file)
    {
        List<TemplateFault> faults = [];
        TemplateReader.Read(File.ReadAllText(Repository.Path("discovery-templates", file)), file, faults);
        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Template_expands_with_every_value_there_and_with_none(string file)
    {
        var template = Assert.Single(s_catalog.Templates, template => template.Source == file);
        var full = TemplateExpander.Expand(template.Payload, Facts.Empty.With(FactName.All.Values.Select(static fact => (fact.Name, (object?)Sample(fact.Type)))));
        Assert.DoesNotContain("${", full.ToString(), StringComparison.Ordinal);
        Assert.Equal(template.Payload.Properties().Select(static key => key.Name), full.Properties().Select(static key => key.Name));
        Assert.DoesNotContain("${", TemplateExpander.Expand(template.Payload, Facts.Empty).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Template_of_a_component_has_a_name_and_an_id_that_is_never_made_of_names(string file)
    {
        var template = Assert.Single(s_catalog.Templates, template => template.Source == file);
        if (template.IsRoot) return;
        Assert.True(template.Payload.ContainsKey("name"));
        Assert.Equal("${device_id}_${component_id}", template.Payload["unique_id"]);
    }

    /// <summary>A template that is never the best one for anything is dead.</summary>
    [Fact]
    public void Every_template_is_used_by_an_approved_document()
    {
        var components = Directory.EnumerateFiles(Repository.Path("Bridge.Tests", "Data", "Golden"), "*.approved.json")
            .SelectMany(static file => JObject.Parse(File.ReadAllText(file)).Properties())
            .SelectMany(static document => document.Value["components"] is JObject all ? all.Properties().Select(static one => (JObject)one.Value) : [(JObject)document.Value])
            .ToArray();
        Assert.All(s_catalog.Templates.Where(static template => !template.IsRoot), template =>
            Assert.True(Array.Exists(components, component => IsMadeOf(template, component)), template.Source));
    }

    [Fact]
    public void Every_name_and_every_kind_is_explained()
    {
        var text = File.ReadAllText(Repository.Path("discovery-templates", "README.md"));
        Assert.All(FactName.All.Keys.Concat(FactName.Kinds.Keys), name => Assert.Contains($"`{name}`", text, StringComparison.Ordinal));
    }

    private static bool IsMadeOf(DiscoveryTemplate template, JObject component) =>
        (component["platform"] is null || (string?)component["platform"] == template.Component)
        && template.Payload.Properties().All(key => component[key.Name] is { } value
            ? key.Value.ToString().Contains("${", StringComparison.Ordinal) || JToken.DeepEquals(key.Value, value)
            : key.Value.ToString().Contains("${", StringComparison.Ordinal))
        && component.Properties().All(key => key.Name == "platform" || template.Payload.ContainsKey(key.Name));

    private static object Sample(FactType type) => type switch
    {
        FactType.Text => "text",
        FactType.Number => 5L,
        FactType.Flag => true,
        _ => new[] { "one", "two" },
    };
}
