using Microsoft.Extensions.Configuration;

namespace Bridge.Options;

/// <summary>Settings in our sections that nothing reads: most of them are slips of the pen.</summary>
/// <param name="Paths">"ZWave:Prot".</param>
public sealed record UnknownSettings(IReadOnlyList<string> Paths)
{
    private static readonly Dictionary<string, string[]> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        [ZWaveOptions.Section] = [nameof(ZWaveOptions.Port)],
        [StorageOptions.Section] = [nameof(StorageOptions.Directory)],
    };

    public static UnknownSettings Of(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new([.. s_known.SelectMany(section => configuration.GetSection(section.Key).GetChildren()
            .Where(child => !section.Value.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(static child => child.Path))]);
    }
}
