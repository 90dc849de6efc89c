using System.Globalization;
using System.Reflection;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Wire;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// Reads the plugs that come with the program (<c>Plugs/*.json</c>, embedded). Strict: unknown keys and values out of range are faults, all of them are
/// told at once.
/// </summary>
public static class PlugFile
{
    private const string Folder = "Bridge.ZWave.Simulation.Plugs.";
    private const string Extension = ".json";

    /// <summary>The names of the plugs, as in <see cref="Read"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(static name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(static name => name[Folder.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A plug that comes with the program.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name, or its file is faulty: a fault of ours.</exception>
    public static PlugDefinition Read(string name)
    {
        List<DeviceFault> faults = [];
        var plug = Parse(Resource(Folder + name + Extension), name, faults);
        return plug ?? throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
    }

    /// <summary>Reads the text of a plug file; null and what is wrong when it is faulty.</summary>
    public static PlugDefinition? Parse(string text, string file, ICollection<DeviceFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        List<DeviceFault> found = [];
        PlugDefinition? plug = null;
        if (Fields(text, file, found) is { } fields)
        {
            plug = ReadPlug(fields);
            fields.RefuseUnknownKeys();
        }

        foreach (var fault in found) faults.Add(fault);
        return found.Count == 0 ? plug : null;
    }

    internal static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} does not come with the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    internal static JsonFields? Fields(string text, string file, List<DeviceFault> faults)
    {
        try
        {
            var settings = new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error };
            return new(JObject.Parse(text, settings), string.Empty, file, faults);
        }
        catch (JsonException exception)
        {
            faults.Add(new(file, string.Empty, exception.Message));
            return null;
        }
    }

    private static PlugDefinition ReadPlug(JsonFields fields)
    {
        var identity = fields.Object("identity");
        if (identity is null) fields.Fault("identity", "is missing");
        var meter = fields.Object("meter");
        if (meter is null) fields.Fault("meter", "is missing");
        var relays = (int)(fields.OptionalNumber("relays", 1, 8) ?? 1);
        return new()
        {
            Name = fields.Text("name"),
            Identity = identity is null ? default! : ReadIdentity(identity),
            CommandClasses = ReadClasses(fields),
            Relays = relays,
            Endpoints = [.. fields.Objects("endpoints").Select(endpoint => ReadEndpoint(endpoint, relays))],
            Meter = meter is null ? default! : PlugFileParts.ReadMeter(meter),
            Parameters = [.. fields.Objects("parameters").Select(PlugFileParts.ReadParameter)],
            Groups = [.. fields.Objects("groups").Select(group => PlugFileParts.ReadGroup(group, relays))],
            Notification = PlugFileParts.ReadNotification(fields.Object("notification")),
            Overload = PlugFileParts.ReadOverload(fields.Object("overload")),
            ZWavePlus = PlugFileParts.ReadZWavePlus(fields.Object("zwavePlus")),
            Firmware = PlugFileParts.ReadFirmware(fields.Object("firmware")),
            Security = PlugFileParts.ReadSecurity(fields.Object("security")),
            ProtectionStates = [.. fields.Numbers("protectionStates", 0, 15).Select(static state => (byte)state)],
            Reporting = fields.OneOf("reporting", PlugFileParts.ReportRules, ReportRule.Thresholds),
            Quirks = PlugFileParts.ReadQuirks(fields),
        };
    }

    private static PlugIdentity ReadIdentity(JsonFields fields)
    {
        var identity = new PlugIdentity(
            fields.Id("manufacturerId"),
            fields.Id("productTypeId"),
            fields.Id("productId"),
            (byte)fields.Number("libraryType", 1, 11),
            ReadVersion(fields, "protocolVersion"),
            ReadVersion(fields, "firmwareVersion"),
            (byte?)fields.OptionalNumber("hardwareVersion", 0, 255),
            (byte)fields.Number("basicDeviceClass", 1, 4),
            (byte)fields.Number("genericDeviceClass", 1, 255),
            (byte)fields.Number("specificDeviceClass", 0, 255),
            fields.Flag("is100kCapable"),
            Hex.TryParse(fields.OptionalText("serialNumber") ?? string.Empty, out var serial) ? serial : []);
        fields.RefuseUnknownKeys();
        return identity;
    }

    private static VersionNumber ReadVersion(JsonFields fields, string key)
    {
        var text = fields.Text(key);
        if (text.Split('.') is [var major, var minor]
            && byte.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && byte.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var subVersion))
        {
            return new(version, subVersion);
        }

        if (text.Length > 0) fields.Fault(key, $"'{text}' is not a version like \"4.54\"");
        return default;
    }

    private static PlugEndpoint ReadEndpoint(JsonFields fields, int relays)
    {
        var endpoint = new PlugEndpoint(
            (byte)fields.Number("number", 1, 127), [.. fields.Numbers("relays", 1, relays).Select(static relay => (int)relay)], ReadClasses(fields));
        fields.RefuseUnknownKeys();
        return endpoint;
    }

    private static PlugCommandClass[] ReadClasses(JsonFields fields)
    {
        List<PlugCommandClass> classes = [];
        foreach (var (key, token) in fields.Map("commandClasses"))
        {
            if (JsonFields.TryParseId(key, out var id) && token is JValue { Value: long and >= 1 and <= 255 and var version })
            {
                classes.Add(new(new(id), (byte)version));
            }
            else
            {
                fields.Fault("commandClasses." + key, $"{JsonFields.Shown(token)} is not a version of a class like \"0x25\": 2");
            }
        }

        if (classes.Count == 0) fields.Fault("commandClasses", "is missing or empty");
        return [.. classes];
    }
}
