using System.Globalization;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>The parts of a plug file and the words they may use.</summary>
internal static class PlugFileParts
{
    public static readonly IReadOnlyDictionary<string, ReportRule> ReportRules = Words<ReportRule>();

    private static readonly IReadOnlyDictionary<string, ParameterRole> s_roles = Words<ParameterRole>();
    private static readonly IReadOnlyDictionary<string, PlugQuirk> s_quirks = Words<PlugQuirk>();
    private static readonly IReadOnlyDictionary<string, StartState> s_startStates = Words<StartState>();
    private static readonly IReadOnlyDictionary<string, OverloadKind> s_overloads = Words<OverloadKind>();
    private static readonly IReadOnlyDictionary<string, DeltaTimeStyle> s_deltaTimes = Words<DeltaTimeStyle>();
    private static readonly IReadOnlyDictionary<string, ConfigurationFormat> s_formats = Words<ConfigurationFormat>();

    public static PlugMeter ReadMeter(JsonFields fields)
    {
        var meter = new PlugMeter(
            [.. fields.Numbers("rates", 1, 2).Select(static rate => (byte)rate)],
            [.. fields.Objects("scales").Select(ReadScale)],
            fields.OptionalNumber("savesEveryMinutes", 1, 1440) is { } minutes ? TimeSpan.FromMinutes(minutes) : null);
        if (meter.Rates.Count == 0) fields.Fault("rates", "is missing or empty");
        if (meter.Scales.Count == 0) fields.Fault("scales", "is missing or empty");
        fields.RefuseUnknownKeys();
        return meter;
    }

    public static PlugParameter ReadParameter(JsonFields fields)
    {
        var size = (byte)fields.Number("size", 1, 4);
        if (!PayloadReader.IsNumberSize(size)) fields.Fault("size", "is none of 1, 2, 4");
        var parameter = new PlugParameter(
            (byte)fields.Number("number", 0, 255),
            fields.Text("name"),
            fields.OptionalText("info") ?? string.Empty,
            size,
            fields.Number("minimum", int.MinValue, uint.MaxValue),
            fields.Number("maximum", int.MinValue, uint.MaxValue),
            fields.Number("default", int.MinValue, uint.MaxValue),
            fields.Has("format") ? fields.OneOf("format", s_formats, ConfigurationFormat.Signed) : ConfigurationFormat.Unsigned,
            fields.Has("role") ? fields.OneOf("role", s_roles, ParameterRole.None) : ParameterRole.None,
            fields.Flag("takesAnyValue"),
            fields.Flag("advanced"),
            ReadStates(fields));
        if (parameter.Default < parameter.Minimum || parameter.Default > parameter.Maximum) fields.Fault("default", "is out of the range");
        fields.RefuseUnknownKeys();
        return parameter;
    }

    public static PlugGroup ReadGroup(JsonFields fields, int relays)
    {
        var group = new PlugGroup(
            (byte)fields.Number("number", 1, 255),
            fields.OptionalText("name") ?? string.Empty,
            (byte)fields.Number("maximumNodes", 1, 232),
            fields.Has("profile") ? fields.Id("profile") : (ushort)0,
            [.. fields.Ids("commands").Select(static id => new CommandId(new((ushort)(id >> 8)), (byte)id))],
            [.. fields.Numbers("relays", 1, relays).Select(static relay => (int)relay)],
            fields.Flag("sendsBasicSet"));
        if (group.Relays.Count == 0) fields.Fault("relays", "is missing or empty");
        fields.RefuseUnknownKeys();
        return group;
    }

    public static PlugNotification? ReadNotification(JsonFields? fields)
    {
        if (fields is null) return null;
        var notification = new PlugNotification(
            (byte)fields.Number("type", 1, 254), [.. fields.Numbers("events", 1, 254).Select(static number => (byte)number)], fields.Flag("sequenceNumbers"));
        fields.RefuseUnknownKeys();
        return notification;
    }

    public static PlugOverload? ReadOverload(JsonFields? fields)
    {
        if (fields is null) return null;
        var overload = new PlugOverload(
            fields.OneOf("kind", s_overloads, OverloadKind.Silent),
            (byte)(fields.OptionalNumber("type", 1, 254) ?? 0),
            (byte)(fields.OptionalNumber("value", 1, 255) ?? 0),
            (int?)fields.OptionalNumber("watts", 1, 100_000));
        fields.RefuseUnknownKeys();
        return overload;
    }

    public static PlugZWavePlus? ReadZWavePlus(JsonFields? fields)
    {
        if (fields is null) return null;
        var plus = new PlugZWavePlus(
            (byte)fields.Number("version", 1, 2),
            (byte)fields.Number("roleType", 0, 255),
            (byte)fields.Number("nodeType", 0, 255),
            fields.Id("installerIcon"),
            fields.Id("userIcon"));
        fields.RefuseUnknownKeys();
        return plus;
    }

    public static PlugSecurity? ReadSecurity(JsonFields? fields)
    {
        if (fields is null) return null;
        var security = new PlugSecurity(
            ReadSecurityClasses(fields, "requests"), [.. fields.Ids("plainClasses").Select(static id => new CommandClassId(id))]);
        if (security.Requested.IsEmpty) fields.Fault("requests", "is missing or empty");
        fields.RefuseUnknownKeys();
        return security;
    }

    public static SecurityClasses ReadSecurityClasses(JsonFields fields, string key)
    {
        List<SecurityClass> classes = [];
        foreach (var word in fields.Texts(key))
        {
            if (SecurityClassWords.TryParse(word, out var securityClass) && securityClass != SecurityClass.None) classes.Add(securityClass);
            else fields.Fault(key, $"'{word}' is none of {string.Join(", ", SecurityClassWords.Grantable)}");
        }

        return SecurityClasses.Of([.. classes]);
    }

    public static PlugFirmware? ReadFirmware(JsonFields? fields)
    {
        if (fields is null) return null;
        var firmware = new PlugFirmware(
            fields.Id("id"),
            fields.Id("checksum"),
            (ushort)fields.Number("maximumFragmentSize", 1, 255),
            fields.Flag("upgradable"),
            (byte)(fields.OptionalNumber("fragmentsAtOnce", 1, 255) ?? 1),
            TimeSpan.FromSeconds(fields.OptionalNumber("restartSeconds", 0, 3600) ?? 0))
        {
            SupportsActivation = fields.Flag("activation"),
            SupportsResume = fields.Flag("resume"),
        };
        fields.RefuseUnknownKeys();
        return firmware;
    }

    public static HashSet<PlugQuirk> ReadQuirks(JsonFields fields)
    {
        HashSet<PlugQuirk> quirks = [];
        foreach (var word in fields.Texts("quirks"))
        {
            if (s_quirks.TryGetValue(word, out var quirk)) quirks.Add(quirk);
            else fields.Fault("quirks", $"'{word}' is none of {string.Join(", ", s_quirks.Keys)}");
        }

        return quirks;
    }

    private static PlugScale ReadScale(JsonFields fields)
    {
        var scale = new PlugScale(
            (byte)fields.Number("scale", 0, 6),
            (byte)fields.Number("precision", 0, 7),
            (byte)(fields.OptionalNumber("size", 1, 4) ?? 0),
            fields.OneOf("deltaTime", s_deltaTimes, DeltaTimeStyle.Absent));
        if (scale.Size != 0 && !PayloadReader.IsNumberSize(scale.Size)) fields.Fault("size", "is none of 1, 2, 4");
        fields.RefuseUnknownKeys();
        return scale;
    }

    private static List<StartState> ReadStates(JsonFields fields)
    {
        List<StartState> states = [];
        foreach (var word in fields.Texts("states"))
        {
            if (s_startStates.TryGetValue(word, out var state)) states.Add(state);
            else fields.Fault("states", $"'{word}' is none of {string.Join(", ", s_startStates.Keys)}");
        }

        return states;
    }

    /// <summary>The names of an enumeration as a file writes them: first letter small.</summary>
    private static Dictionary<string, TEnum> Words<TEnum>()
        where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().ToDictionary(
            static value => char.ToLower(value.ToString()[0], CultureInfo.InvariantCulture) + value.ToString()[1..], StringComparer.Ordinal);
}
