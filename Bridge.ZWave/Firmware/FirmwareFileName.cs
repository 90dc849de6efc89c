using System.Globalization;
using System.Text.RegularExpressions;

namespace Bridge.ZWave.Firmware;

/// <summary>
/// What a name like <c>7ffe-0003-1.3.hex</c> says of the firmware in a file: manufacturer id and firmware id in four hex digits each, version in decimal
/// numbers. Words may stand in front: <c>plug_7ffe-0003-1.3.hex</c>.
/// </summary>
/// <param name="Version">"1.3", as a node tells its own.</param>
public sealed partial record FirmwareFileName(ushort ManufacturerId, ushort FirmwareId, FirmwareVersion Version)
{
    /// <summary>Null: the name says nothing, or the file is of a kind that is not read.</summary>
    public static FirmwareFileName? Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var found = Pattern().Match(name);
        if (!found.Success || !FirmwareFile.Extensions.Contains(found.Groups["extension"].Value.ToLowerInvariant())) return null;
        if (FirmwareVersion.Parse(found.Groups["version"].Value) is not { } version) return null;
        return new(Id("manufacturer"), Id("firmware"), version);

        ushort Id(string group) => ushort.Parse(found.Groups[group].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        @"(?:^|[^0-9A-Za-z])(?<manufacturer>[0-9A-Fa-f]{4})-(?<firmware>[0-9A-Fa-f]{4})-" +
        @"(?<version>[0-9]{1,3}(?:\.[0-9]{1,3}){1,2})(?<extension>\.[A-Za-z]{3})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

/// <summary>A version as nodes tell it: "1.3", some "1.3.2".</summary>
public readonly record struct FirmwareVersion(byte Major, byte Minor, byte Patch = 0) : IComparable<FirmwareVersion>
{
    public static bool operator <(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Null: not a version.</summary>
    public static FirmwareVersion? Parse(string? text)
    {
        Span<byte> numbers = stackalloc byte[3];
        var parts = text?.Split('.') ?? [];
        if (parts.Length is < 2 or > 3) return null;
        for (var index = 0; index < parts.Length; index++)
        {
            if (!byte.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[index])) return null;
        }

        return new(numbers[0], numbers[1], numbers[2]);
    }

    public int CompareTo(FirmwareVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public override string ToString() => Patch == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}")
        : string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");
}
