using Microsoft.Extensions.Configuration;

namespace Bridge.Options;

/// <summary>Settings in our sections that nothing reads: most of them are slips of the pen.</summary>
/// <param name="Paths">"ZWave:Prot".</param>
public sealed record UnknownSettings(IReadOnlyList<string> Paths)
{
    public static UnknownSettings Of(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var sections = SettingList.All.Select(static setting => setting.Key.Split(':')[0]).Distinct(StringComparer.OrdinalIgnoreCase);
        return new([.. sections.SelectMany(section => In(configuration.GetSection(section)))]);
    }

    private static IEnumerable<string> In(IConfigurationSection section) => section.GetChildren().SelectMany(static child =>
        IsSection(child.Path) ? In(child)
        : SettingList.All.Any(setting => string.Equals(setting.Key, child.Path, StringComparison.OrdinalIgnoreCase)) ? []
        : [child.Path]);

    private static bool IsSection(string path) =>
        SettingList.All.Any(setting => setting.Key.StartsWith(path + ":", StringComparison.OrdinalIgnoreCase));
}
