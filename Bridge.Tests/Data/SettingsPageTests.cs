using System.Globalization;
using System.Text.RegularExpressions;
using Bridge.Options;
using Bridge.Tests.Support;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Bridge.Tests.Data;

/// <summary>docs/configuration.md is the list of settings, and the list says what is checked.</summary>
public sealed partial class SettingsPageTests
{
    public static TheoryData<string, int, int> Numbers =>
        [.. SettingList.All.Where(static setting => setting.Kind == SettingKind.Number)
            .Select(static setting => (setting.Key, Bounds().Match(setting.Allowed)))
            .Select(static pair => (pair.Key, int.Parse(pair.Item2.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(pair.Item2.Groups[2].Value, CultureInfo.InvariantCulture)))];

    [Fact]
    public void Page_lists_every_setting() => new DocumentPage("docs", "configuration.md").Approved("settings",
        "| key | default | allowed | |\n|---|---|---|---|\n" + string.Join('\n', SettingList.All.Select(static setting =>
            $"| `{setting.Key}` | {Code(setting.Default)} | {setting.Allowed.Replace("<", "&lt;", StringComparison.Ordinal)} | {setting.Meaning} |")));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Bounds_of_a_number_are_those_that_are_checked(string key, int minimum, int maximum)
    {
        Assert.Empty(Faults(key, minimum));
        Assert.Empty(Faults(key, maximum));
        foreach (var outside in new[] { minimum - 1L, maximum + 1L })
        {
            Assert.Equal([$"{key}: {outside}; allowed: {minimum} to {maximum}"], Faults(key, outside));
        }
    }

    private static string Code(string text) => text is "none" || (text.Contains(' ') && !text.Contains('<')) ? text : $"`{text}`";

    private static List<string> Faults(string key, long value)
    {
        Dictionary<string, string?> given = new()
        {
            ["Mqtt:Host"] = "broker",
            [key] = value.ToString(CultureInfo.InvariantCulture),
        };
        var options = new MqttOptions();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(given).Build();
        configuration.GetSection(MqttOptions.Section).Bind(options);
        List<string> faults = [];
        MqttSettings.Read(options, faults);
        var storage = new StorageOptions { Directory = Path.GetTempPath() };
        configuration.GetSection(StorageOptions.Section).Bind(storage);
        faults.AddRange(new StorageOptionsValidator().Validate(null, storage).Failures ?? []);
        return faults;
    }

    [GeneratedRegex("^(\\d+) to (\\d+)$")]
    private static partial Regex Bounds();
}
