using Newtonsoft.Json.Linq;

namespace Bridge.ZWave.Devices;

/// <summary>Reads the <c>quirks</c> object of a device file.</summary>
internal static class DeviceQuirksReader
{
    private const long DayInSeconds = 86_400;

    private static readonly Dictionary<string, OverloadKind> s_overloadKinds = new(StringComparer.Ordinal)
    {
        ["notification"] = OverloadKind.Notification,
        ["alarm"] = OverloadKind.Alarm,
        ["derived"] = OverloadKind.Derived,
    };

    public static DeviceQuirks Read(JsonFields fields)
    {
        var quirks = new DeviceQuirks
        {
            PauseAfterSwitch = fields.Object("pauseAfterSwitch") is { } pause ? ReadPause(pause) : null,
            NoReportAfterRadioSwitch = fields.Flag("noReportAfterRadioSwitch"),
            RefreshEndpointsAfterRootReport = fields.OptionalNumber("refreshEndpointsAfterRootReportMilliseconds", 0, 60_000) is { } milliseconds
                ? TimeSpan.FromMilliseconds(milliseconds)
                : null,
            Overload = fields.Object("overload") is { } overload ? ReadOverload(overload) : null,
            ConfigurationReset = fields.Object("configurationReset") is { } reset ? ReadReset(reset) : null,
            IgnoresRadioOff = fields.Object("ignoresRadioOff") is { } condition ? ReadCondition(condition) : null,
            PollSeconds = ReadPolling(fields),
        };
        fields.RefuseUnknownKeys();
        return quirks;
    }

    private static PauseAfterSwitch ReadPause(JsonFields fields)
    {
        var pause = new PauseAfterSwitch(
            (int)fields.Number("parameter", 0, 65535),
            TimeSpan.FromMilliseconds(fields.Number("unitMilliseconds", 1, 60_000)),
            TimeSpan.FromMilliseconds(fields.Number("marginMilliseconds", 0, 60_000)),
            fields.Number("default", 0, 65535));
        fields.RefuseUnknownKeys();
        return pause;
    }

    private static OverloadSource ReadOverload(JsonFields fields)
    {
        var source = new OverloadSource(fields.OneOf("kind", s_overloadKinds, OverloadKind.Notification))
        {
            Type = (byte)(fields.OptionalNumber("type", 0, 255) ?? 0),
            Events = [.. fields.Numbers("events", 0, 255).Select(static number => (byte)number)],
            Level = (byte)(fields.OptionalNumber("level", 0, 255) ?? 0),
            LimitParameter = (int)(fields.OptionalNumber("limitParameter", 0, 65535) ?? 0),
            NearPercent = (int)(fields.OptionalNumber("nearPercent", 1, 100) ?? 0),
        };
        fields.RefuseUnknownKeys();
        return source;
    }

    private static ConfigurationReset ReadReset(JsonFields fields)
    {
        var reset = new ConfigurationReset(
            [.. fields.Numbers("parameters", 0, 65535).Select(static number => (int)number)],
            fields.Number("value", 0, uint.MaxValue), fields.Number("readsWhenChanged", 0, uint.MaxValue), fields.Number("readsWhenFactory", 0, uint.MaxValue));
        if (reset.Parameters.Count == 0) fields.Fault("parameters", "names at least one parameter");
        fields.RefuseUnknownKeys();
        return reset;
    }

    private static ParameterCondition ReadCondition(JsonFields fields)
    {
        var condition = new ParameterCondition(
            (int)fields.Number("parameter", 0, 65535), fields.Number("value", int.MinValue, uint.MaxValue),
            fields.OptionalNumber("instead", int.MinValue, uint.MaxValue));
        fields.RefuseUnknownKeys();
        return condition;
    }

    private static Dictionary<string, int> ReadPolling(JsonFields fields)
    {
        Dictionary<string, int> seconds = new(StringComparer.Ordinal);
        foreach (var (unit, token) in fields.Map("pollSeconds"))
        {
            if (token is JValue { Value: long and >= 30 and <= DayInSeconds } value) seconds[unit] = (int)(long)value.Value;
            else fields.Fault("pollSeconds." + unit, $"{JsonFields.Shown(token)} is not a whole number 30..{DayInSeconds}");
        }

        return seconds;
    }
}
