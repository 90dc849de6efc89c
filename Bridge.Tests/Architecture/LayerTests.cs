using System.Text.RegularExpressions;
using Bridge.Tests.Support;
using Bridge.ZWave.Devices;
using Xunit;

namespace Bridge.Tests.Architecture;

/// <summary>The arrows between projects and folders (docs/decisions/0001-layers-and-arrows.md), read from the sources.</summary>
public sealed partial class LayerTests
{
    private const int MostLines = 400;

    /// <summary>Folder of Bridge.ZWave → folders it may name.</summary>
    private static readonly Dictionary<string, string[]> s_arrows = new()
    {
        ["Wire"] = [],
        ["Values"] = ["Wire"],
        ["Serial"] = ["Wire"],
        ["CommandClasses"] = ["Values", "Wire"],
        ["Encapsulation"] = ["CommandClasses", "Wire"],
        ["Devices"] = ["CommandClasses", "Serial", "Wire"],
        ["Network"] = ["CommandClasses", "Devices", "Encapsulation", "Serial", "Values", "Wire"],
        ["Storage"] = ["CommandClasses", "Network", "Values", "Wire"],
        ["Simulation"] = ["CommandClasses", "Devices", "Serial", "Wire"],
    };

    public static TheoryData<string> Folders => [.. s_arrows.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_names_only_the_folders_below_it(string folder)
    {
        var named = Sources($"Bridge.ZWave/{folder}")
            .SelectMany(static source => FolderPattern().Matches(source.Text).Select(match => (source.File, Folder: match.Groups[1].Value)))
            .Where(use => use.Folder != folder && s_arrows.ContainsKey(use.Folder));
        Assert.Empty(named.Where(use => !s_arrows[folder].Contains(use.Folder)));
    }

    [Fact]
    public void Every_folder_of_the_library_has_its_arrows_written_down() =>
        Assert.Equal(
            s_arrows.Keys.Order(),
            Directory.EnumerateDirectories(Repository.Path("Bridge.ZWave")).Select(Path.GetFileName).Except(["bin", "obj"]).Order());

    [Fact]
    public void The_library_knows_nothing_of_the_program_around_it() =>
        Assert.Empty(FilesWith(
            Sources("Bridge.ZWave"), static text => Regex.IsMatch(text, @"Microsoft\.Extensions\.(Hosting|Options|Configuration|DependencyInjection)|MQTTnet|using Bridge\.(Cli|Options)")));

    [Fact]
    public void Command_classes_wait_for_nothing_log_nothing_and_have_no_clock() =>
        Assert.Empty(FilesWith(Sources("Bridge.ZWave/CommandClasses"), static text => Regex.IsMatch(text, @"\bawait\b|\bILogger\b|\bTimeProvider\b")));

    [Fact]
    public void Newtonsoft_is_named_where_JSON_is_read_and_written_and_nowhere_else() =>
        Assert.Equal(
            [
                "Bridge.ZWave/Devices/DeviceFileReader.cs",
                "Bridge.ZWave/Devices/DeviceQuirksReader.cs",
                "Bridge.ZWave/Devices/JsonFields.cs",
                "Bridge.ZWave/Devices/UsbStickFileReader.cs",
                "Bridge.ZWave/Simulation/PlugFile.cs",
                "Bridge.ZWave/Storage/JsonNetworkStore.cs",
                "Bridge.ZWave/Storage/NetworkSnapshotJson.cs",
                "Bridge/Cli/DecodeJsonWriter.cs",
            ],
            FilesWith(Product, static text => text.Contains("using Newtonsoft", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void No_source_file_names_a_maker_or_a_model()
    {
        var catalog = DeviceCatalog.Load(Repository.Path("devices"));
        // "Energy Switch" and the like are words of any language; makers and order numbers are not.
        string[] names = [.. catalog.Definitions
            .SelectMany(static definition => definition.Fingerprints.Select(static fingerprint => $"0x{fingerprint.ManufacturerId:X4}")
                .Concat([definition.Manufacturer, definition.Model.Split(' ')[0]]))
            .Where(static name => name is not ("Energy" or "Double")).Distinct(StringComparer.Ordinal)];
        Assert.NotEmpty(names);
        Assert.Empty(FilesWith(Product, text => names.Any(name => Regex.IsMatch(text, $@"\b{Regex.Escape(name)}\b", RegexOptions.IgnoreCase))));
    }

    [Fact]
    public void A_source_file_of_the_product_fits_the_limit() =>
        Assert.Empty(FilesWith(Product, static text => text.Count(static letter => letter == '\n') > MostLines));

    private static IEnumerable<(string File, string Text)> Product => Sources("Bridge.ZWave").Concat(Sources("Bridge"));

    private static IEnumerable<string> FilesWith(IEnumerable<(string File, string Text)> sources, Func<string, bool> isFound) =>
        sources.Where(source => isFound(source.Text)).Select(static source => source.File);

    private static IEnumerable<(string File, string Text)> Sources(string folder) =>
        from file in Directory.EnumerateFiles(Repository.Path(folder.Split('/')), "*.cs", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
        select (name, File.ReadAllText(file));

    [GeneratedRegex(@"\bBridge\.ZWave\.([A-Z][A-Za-z]+)")]
    private static partial Regex FolderPattern();
}
