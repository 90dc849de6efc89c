using System.Globalization;
using System.Text.RegularExpressions;
using Bridge.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Architecture;

/// <summary>Rules every source file keeps. Each failure names the files and lines.</summary>
public sealed partial class SourceFileTests
{
    private const int MaximumLines = 400;
    private const int MaximumLineLength = 160;

    /// <summary>Files that are longer than <see cref="MaximumLines"/>, each with the reason why splitting would make it worse.</summary>
    private static readonly Dictionary<string, string> s_longFiles = [];

    /// <summary>The only product files that read or write JSON; all others work with records.</summary>
    private static readonly string[] s_jsonFiles =
    [
        "Bridge.ZWave/Devices/DeviceFileReader.cs",
        "Bridge.ZWave/Devices/DeviceQuirksReader.cs",
        "Bridge.ZWave/Devices/JsonFields.cs",
        "Bridge.ZWave/Devices/UsbStickFileReader.cs",
        "Bridge.ZWave/Simulation/PlugFile.cs",
        "Bridge.ZWave/Storage/JsonProvisioningStore.cs",
        "Bridge.ZWave/Storage/NetworkSnapshotJson.cs",
        "Bridge.ZWave/Storage/RememberedJson.cs",
        "Bridge/Cli/DecodeJsonWriter.cs",
        "Bridge/Discovery/DiscoveryDocument.cs",
        "Bridge/Discovery/DiscoveryTemplate.cs",
        "Bridge/Discovery/FoundDocument.cs",
        "Bridge/Discovery/TemplateExpander.cs",
        "Bridge/Discovery/TemplateReader.cs",
        "Bridge/Firmware/UpdateRecordFile.cs",
        "Bridge/Mqtt/RetainedMessageFile.cs",
        "Bridge/Naming/NodeDirectoryFile.cs",
        "Bridge/Publishing/DeviceListJson.cs",
        "Bridge/Publishing/HealthPublisher.cs",
        "Bridge/Publishing/InfoPublisher.cs",
        "Bridge/Publishing/JsonPayload.cs",
    ];

    private static readonly SourceFile[] s_product = SourceFile.Under("Bridge", "Bridge.ZWave", "standins");
    private static readonly SourceFile[] s_all = [.. s_product, .. SourceFile.Under("Bridge.Tests")];

    [Fact]
    public void No_source_file_is_longer_than_400_lines_without_a_recorded_reason()
    {
        Assert.NotEmpty(s_product);
        Assert.Equal(s_longFiles.Keys.Order(), s_product.Where(static file => file.Lines.Length > MaximumLines).Select(static file => file.Path).Order());
        Assert.All(s_longFiles.Values, Assert.NotEmpty);
    }

    [Fact]
    public void Lines_of_product_files_are_at_most_160_characters() => None(s_product, static line => line.Length > MaximumLineLength);

    [Fact]
    public void Source_files_have_no_tabs_no_carriage_returns_and_end_with_a_line_end()
    {
        None(s_all, static line => line.Contains('\t') || line.Contains('\r'));
        Assert.Empty(s_all.Where(static file => !file.Text.EndsWith('\n')).Select(static file => file.Path));
    }

    [Fact]
    public void Nothing_is_left_for_later() => None(s_all, static line => LeftForLater().IsMatch(line));

    [Fact]
    public void Namespace_of_a_product_file_is_its_folder()
    {
        var wrong = s_product.Where(static file => !file.Path.StartsWith("standins/", StringComparison.Ordinal))
            .Where(static file => Namespace().Match(file.Text) is { Success: true } found && found.Groups[1].Value != file.Folder.Replace('/', '.'))
            .Select(static file => file.Path);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Json_is_read_and_written_in_few_files()
    {
        var files = s_product.Where(static file => file.Text.Contains("Newtonsoft", StringComparison.Ordinal)).Select(static file => file.Path);
        Assert.Equal(s_jsonFiles.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Makers_and_models_of_devices_are_in_no_product_file()
    {
        var words = DeviceWords();
        Assert.NotEmpty(words);
        var pattern = new Regex($@"(?<!\w)(?:{string.Join('|', words.Select(Regex.Escape))})(?!\w)", RegexOptions.IgnoreCase);
        None(s_product, line => pattern.IsMatch(line));
    }

    /// <summary>Maker, model and manufacturer id of every device file; of a model's words only those with a digit, the others are anybody's.</summary>
    private static string[] DeviceWords()
    {
        List<string> words = [];
        foreach (var path in Directory.EnumerateFiles(Repository.Path("devices"), "*.json", SearchOption.AllDirectories))
        {
            var device = JObject.Parse(File.ReadAllText(path));
            if (device["fingerprints"] is not JArray fingerprints) continue;
            words.Add((string)device["manufacturer"]!);
            words.Add((string)device["model"]!);
            words.AddRange(((string)device["model"]!).Split(' ').Where(static word => word.Any(char.IsAsciiDigit)));
            words.AddRange(fingerprints.Select(static fingerprint => (string)fingerprint["manufacturerId"]!));
        }

        return [.. words.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static void None(IEnumerable<SourceFile> files, Func<string, bool> isWrong)
    {
        var wrong = files.SelectMany(file => file.Lines.Select((line, index) => (line, index))
            .Where(entry => isWrong(entry.line))
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{file.Path}({entry.index + 1}): {entry.line.Trim()}")));
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
    }

    // In capitals, as people write them; the pattern itself must not be found.
    [GeneratedRegex(@"\b(?:TO" + "DO|HA" + "CK|FIX" + @"ME|X" + @"XX)\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    private sealed record SourceFile(string Path, string Text)
    {
        public string[] Lines { get; } = Text.TrimEnd('\n').Split('\n');

        public string Folder => Path[..Path.LastIndexOf('/')];

        public static SourceFile[] Under(params string[] folders) =>
        [
            .. folders.SelectMany(static folder => Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories))
                .Select(static path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
                .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj" or "node_modules"))
                .Order(StringComparer.Ordinal)
                .Select(static path => new SourceFile(path, File.ReadAllText(Repository.Path(path)))),
        ];
    }
}
