using System.Text.RegularExpressions;
using Bridge.Cli;
using Bridge.Discovery;
using Bridge.Options;
using Bridge.Tests.Support;
using Bridge.ZWave.Devices;
using Microsoft.Extensions.Configuration;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Data;

/// <summary>What can be checked in every page of documentation, and in README.</summary>
public sealed partial class DocumentationTests
{
    private static readonly DocumentPage s_readme = new("README.md");

    public static TheoryData<string> Pages =>
        [.. new[] { "docs", "devices", "discovery-templates", "standins" }
            .SelectMany(static folder => Directory.EnumerateFiles(Repository.Path(folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
            .Select(static file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_files_that_are_there(string page)
    {
        var folder = Path.GetDirectoryName(Repository.Path(page))!;
        var targets = Link().Matches(File.ReadAllText(Repository.Path(page))).Select(static link => link.Groups[1].Value)
            .Where(static target => !target.Contains("://", StringComparison.Ordinal) && target[0] != '#');
        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(folder, target.Split('#')[0])), target));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Json_on_a_page_is_json(string page) => Assert.All(new DocumentPage(page).Fences("json"), static text => JToken.Parse(text));

    [Fact]
    public void Readme_begins_with_the_two_commands_each_alone_in_its_block() =>
        Assert.Equal(["dotnet run --project Bridge -- demo\n", "./check.sh\n"], s_readme.Fences(string.Empty).Take(2));

    [Fact]
    public void Readme_counts_the_files_that_check_counts()
    {
        var devices = DeviceCatalog.Load(Repository.Path("devices")).Definitions.Count;
        var templates = TemplateCatalog.Load(Repository.Path("discovery-templates")).Templates.Count;
        Assert.Contains($"settings, {devices} device files, {templates} discovery templates: no fault", s_readme.Text, StringComparison.Ordinal);
    }

    /// <summary><c>$ zwbridge decode "…"</c> and the line below it.</summary>
    [Fact]
    public async Task Readme_decodes_as_the_program_does()
    {
        var examples = Decoded().Matches(s_readme.Text);
        Assert.NotEmpty(examples);
        foreach (var (hex, expected) in examples.Select(static match => (match.Groups[1].Value, match.Groups[2].Value)))
        {
            using StringWriter output = new();
            await CommandLine.RunAsync(["decode", hex], new(TextReader.Null, output, TextWriter.Null), TestContext.Current.CancellationToken);
            Assert.Equal(expected, output.ToString().TrimEnd());
        }
    }

    [Fact]
    public void Readme_names_every_command() =>
        Assert.All(CommandLine.Verbs, static verb => Assert.Contains($" {verb.Name}", s_readme.Text, StringComparison.Ordinal));

    [Fact]
    public void Settings_in_readme_are_settings()
    {
        foreach (var text in s_readme.Fences("json"))
        {
            using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
            var configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
            Assert.Empty(UnknownSettings.Of(configuration).Paths);
            Assert.NotEmpty(configuration.AsEnumerable());
        }

        var sections = SettingList.All.Select(static setting => setting.Key.Split(':')[0]).Distinct();
        var named = Pages.Select(static row => (string)row.Data)
            .SelectMany(static page => Setting().Matches(File.ReadAllText(Repository.Path(page))).Select(static match => match.Value.Trim('`')))
            .Where(key => sections.Contains(key.Split(':')[0])).ToArray();
        Assert.True(named.Length > 40);
        Assert.All(named, static key => Assert.Contains(SettingList.All, setting => setting.Key == key || setting.Key.StartsWith(key + ":", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("n4003")]
    [InlineData("energy-switch")]
    [InlineData("double-switch")]
    public void Picture_of_the_entities_shows_what_is_announced(string plug)
    {
        var picture = File.ReadAllText(Repository.Path("docs", "images", "entities.svg"));
        var document = JObject.Parse(File.ReadAllText(Repository.Path("Bridge.Tests", "Data", "Golden", plug + ".approved.json")));
        var components = document.Properties().Select(static one => one.Value["components"]).OfType<JObject>().First().Properties().ToArray();
        Assert.NotEmpty(components);
        foreach (var component in components)
        {
            if (component.Value["name"] is not JValue { Value: string name }) continue;
            if ((bool?)component.Value["enabled_by_default"] != false) Assert.Contains($">{name}</text>", picture, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("^\\$ zwbridge decode \"([^\"]+)\"\n(.*)$", RegexOptions.Multiline)]
    private static partial Regex Decoded();

    [GeneratedRegex("\\]\\(([^)\\s]+)\\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[A-Z][A-Za-z]+(?::[A-Z][A-Za-z]+)+(?=[`=])")]
    private static partial Regex Setting();
}
