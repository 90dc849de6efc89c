using System.Globalization;
using System.Text.RegularExpressions;
using Bridge.ZWave.CommandClasses;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.ZWave.Devices;

/// <summary>
/// Reads a device file strictly: unknown keys, wrong types and numbers out of range are faults, all of them reported at once. The reader
/// is the validator; <c>devices/device.schema.json</c> says the same to editors.
/// </summary>
public static partial class DeviceFileReader
{
    private const int FormatVersion = 1;

    /// <summary>Keys of a node that are no parameters, and words that templates take for what every dictionary can do.</summary>
    private static readonly HashSet<string> s_reservedNames = new(
        [
            "state", "power", "energy", "voltage", "current", "power_factor", "overload", "protection", "node_status", "last_seen", "reset_meter",
            "identify", "ping", "reset_configuration",
            "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values",
        ],
        StringComparer.Ordinal);

    private static readonly Dictionary<string, EndpointRole> s_roles = new(StringComparer.Ordinal)
    {
        ["single"] = EndpointRole.Single,
        ["group"] = EndpointRole.Group,
    };

    /// <summary>The definition, or null when <paramref name="faults"/> got at least one fault of this text.</summary>
    public static DeviceDefinition? Read(string text, string source, ICollection<DeviceFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        List<DeviceFault> found = [];
        DeviceDefinition? definition = null;
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 32 };
            var content = JToken.ReadFrom(reader, new JsonLoadSettings
            {
                DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error,
                CommentHandling = CommentHandling.Ignore,
            });
            if (content is JObject root) definition = ReadRoot(new(root, string.Empty, source, found), source);
            else found.Add(new(source, string.Empty, "the file is not a JSON object"));
        }
        catch (JsonException exception)
        {
            found.Add(new(source, string.Empty, "not JSON: " + exception.Message));
        }

        foreach (var fault in found) faults.Add(fault);
        return found.Count == 0 ? definition : null;
    }

    private static DeviceDefinition ReadRoot(JsonFields root, string source)
    {
        root.Has("$schema");
        root.Number("formatVersion", FormatVersion, FormatVersion);
        var definition = new DeviceDefinition(source, root.Text("manufacturer"), root.Text("model"))
        {
            Fingerprints = [.. root.Objects("fingerprints").Select(ReadFingerprint)],
            Features = root.Object("features") is { } features ? ReadFeatures(features) : null,
            Parameters = [.. root.Objects("parameters").Select(ReadParameter)],
            Endpoints = [.. root.Objects("endpoints").Select(ReadEndpoint)],
            EndpointOrders = ReadEndpointOrders(root),
            Lifelines = root.Has("lifelines") ? [.. root.Objects("lifelines").Select(ReadLifeline)] : null,
            Quirks = root.Object("quirks") is { } quirks ? DeviceQuirksReader.Read(quirks) : new(),
            Notes = root.Texts("notes"),
        };
        if (definition.Fingerprints.Count == 0) root.Fault("fingerprints", "needs at least one product");
        RefuseDuplicates(root, definition);
        root.RefuseUnknownKeys();
        return definition;
    }

    private static void RefuseDuplicates(JsonFields root, DeviceDefinition definition)
    {
        Duplicates(definition.Parameters, static parameter => parameter.Number.ToString(CultureInfo.InvariantCulture), "number");
        Duplicates(definition.Parameters, static parameter => parameter.Name, "name");
        Duplicates(definition.Parameters, static parameter => parameter.Label, "label");
        foreach (var endpoint in definition.Endpoints.GroupBy(static endpoint => endpoint.Index).Where(static group => group.Skip(1).Any()))
        {
            root.Fault("endpoints", $"index {endpoint.Key} is there twice");
        }

        void Duplicates(IEnumerable<ParameterDefinition> parameters, Func<ParameterDefinition, string> key, string what)
        {
            foreach (var group in parameters.GroupBy(key).Where(static group => group.Skip(1).Any()))
            {
                root.Fault("parameters", $"{what} {group.Key} is there twice");
            }
        }
    }

    private static Fingerprint ReadFingerprint(JsonFields fields)
    {
        var fingerprint = new Fingerprint(fields.Id("manufacturerId"), fields.Id("productTypeId"), fields.Id("productId"))
        {
            MinimumFirmware = FirmwareVersion(fields, "minimumFirmware"),
            MaximumFirmware = FirmwareVersion(fields, "maximumFirmware"),
        };
        fields.RefuseUnknownKeys();
        return fingerprint;
    }

    private static string? FirmwareVersion(JsonFields fields, string key)
    {
        if (fields.OptionalText(key) is not { } text) return null;
        if (Version.TryParse(text, out _)) return text;
        fields.Fault(key, $"\"{text}\" is not a version like \"1.2\"");
        return null;
    }

    private static FeatureMatch ReadFeatures(JsonFields fields)
    {
        Dictionary<ushort, byte> classes = [];
        foreach (var (key, token) in fields.Map("commandClasses"))
        {
            if (JsonFields.TryParseId(key, out var id) && token is JValue { Value: long and >= 1 and <= 255 } version) classes[id] = (byte)(long)version.Value;
            else fields.Fault("commandClasses." + key, "expected \"0x32\": least version 1..255");
        }

        var match = new FeatureMatch(fields.Ids("manufacturerIds"), (int)fields.Number("endpointCount", 0, 127), classes);
        fields.RefuseUnknownKeys();
        return match;
    }

    private static EndpointDefinition ReadEndpoint(JsonFields fields)
    {
        var endpoint = new EndpointDefinition(
            (byte)fields.Number("index", 0, 127), fields.Text("label"), fields.OneOf("role", s_roles, EndpointRole.Single))
        {
            Members = [.. fields.Numbers("members", 1, 127).Select(static number => (byte)number)],
            IsHidden = fields.Flag("hidden"),
        };
        if ((endpoint.Role == EndpointRole.Group) != endpoint.Members.Count > 0)
        {
            fields.Fault("members", "a group names its members, a single endpoint has none");
        }

        fields.RefuseUnknownKeys();
        return endpoint;
    }

    private static Dictionary<string, IReadOnlyList<EndpointDefinition>> ReadEndpointOrders(JsonFields root)
    {
        Dictionary<string, IReadOnlyList<EndpointDefinition>> orders = new(StringComparer.Ordinal);
        foreach (var (name, token) in root.Map("endpointOrders"))
        {
            if (name == DeviceDefinition.OwnEndpointOrder) root.Fault("endpointOrders." + name, "the name is taken: it means \"endpoints\"");
            orders[name] = [.. root.ObjectsOf(token, "endpointOrders." + name).Select(ReadEndpoint)];
        }

        return orders;
    }

    private static LifelineRule ReadLifeline(JsonFields fields)
    {
        var group = (byte)fields.Number("group", 1, 255);
        bool? multiChannel = fields.Has("multiChannel") ? fields.Flag("multiChannel") : null;
        fields.RefuseUnknownKeys();
        return new(group, multiChannel);
    }

    private static ParameterDefinition ReadParameter(JsonFields fields)
    {
        var name = fields.Text("name");
        if (s_reservedNames.Contains(name)) fields.Fault("name", $"\"{name}\" is taken: it means something else where values are read");
        if (name.Length > 0 && !NamePattern().IsMatch(name)) fields.Fault("name", $"\"{name}\" is not snake_case (a-z, 0-9, _)");
        var size = (byte)fields.Number("size", 1, 4);
        if (size == 3) fields.Fault("size", "3 is not a size; allowed are 1, 2 and 4");
        var isSigned = fields.Flag("signed");
        var (low, high) = Range(size, isSigned);
        var parameter = new ParameterDefinition((int)fields.Number("number", 0, 65535), name, fields.Text("label"), size)
        {
            IsSigned = isSigned,
            Minimum = fields.Number("minimum", low, high),
            Maximum = fields.Number("maximum", low, high),
            Default = fields.OptionalNumber("default", low, high),
            Unit = fields.OptionalText("unit"),
            Values = ReadValues(fields, low, high),
            AlsoAllowed = fields.Numbers("alsoAllowed", low, high),
            Forbidden = fields.Numbers("forbidden", low, high),
            IsReadOnly = fields.Flag("readOnly"),
            IsWriteOnly = fields.Flag("writeOnly"),
            IsHidden = fields.Flag("hidden"),
            IsEnumeration = fields.Flag("enumeration"),
        };
        if (parameter.Minimum > parameter.Maximum) fields.Fault("minimum", $"{parameter.Minimum} is above maximum {parameter.Maximum}");
        if (parameter is { IsReadOnly: true, IsWriteOnly: true }) fields.Fault("readOnly", "read-only and write-only exclude each other");
        if (parameter is { IsEnumeration: true, Values.Count: 0 }) fields.Fault("values", "an enumeration names its values");
        fields.RefuseUnknownKeys();
        return parameter;
    }

    private static Dictionary<long, string> ReadValues(JsonFields fields, long low, long high)
    {
        Dictionary<long, string> values = [];
        foreach (var (key, token) in fields.Map("values"))
        {
            if (!long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < low || number > high)
            {
                fields.Fault("values." + key, $"the key is not a whole number {low}..{high}");
            }
            else if (token is not JValue { Value: string { Length: > 0 } label })
            {
                fields.Fault("values." + key, $"{JsonFields.Shown(token)} is not a non-empty text");
            }
            else if (values.ContainsValue(label))
            {
                fields.Fault("values." + key, $"the label \"{label}\" is there twice");
            }
            else
            {
                values[number] = label;
            }
        }

        return values;
    }

    private static (long Low, long High) Range(byte size, bool isSigned) => (size, isSigned) switch
    {
        (1, true) => (sbyte.MinValue, sbyte.MaxValue),
        (1, false) => (0, byte.MaxValue),
        (2, true) => (short.MinValue, short.MaxValue),
        (2, false) => (0, ushort.MaxValue),
        (_, true) => (int.MinValue, int.MaxValue),
        (_, false) => (0, uint.MaxValue),
    };

    [GeneratedRegex("^[a-z][a-z0-9_]{0,47}$")]
    private static partial Regex NamePattern();
}
