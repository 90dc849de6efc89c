using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Tests.Discovery;

/// <summary>
/// Judges a discovery message the way its reader does, and by our own rules. Knows nothing of the product: tables and rules were written from the documentation
/// of the reader.
/// </summary>
/// <param name="states">What the state topics hold, by topic.</param>
internal sealed partial class DiscoveryValidator(IReadOnlyDictionary<string, string> states)
{
    private static readonly string[] s_root =
    [
        "device", "components", "origin", "availability", "availability_mode", "availability_template", "availability_topic", "payload_available",
        "payload_not_available", "state_topic", "command_topic", "qos", "encoding", "message_expiry_interval",
    ];

    private static readonly string[] s_device =
    [
        "identifiers", "connections", "name", "manufacturer", "model", "model_id", "sw_version", "hw_version", "serial_number", "suggested_area", "configuration_url",
        "via_device",
    ];

    private static readonly string[] s_common =
    [
        "platform", "unique_id", "name", "default_entity_id", "entity_category", "enabled_by_default", "visible_by_default", "icon", "availability", "availability_mode", "qos",
        "state_topic", "value_template",
    ];

    private static readonly Dictionary<string, string[]> s_platforms = new()
    {
        ["switch"] = ["command_topic", "payload_on", "payload_off", "state_on", "state_off", "device_class", "optimistic"],
        ["sensor"] = ["device_class", "state_class", "unit_of_measurement", "suggested_display_precision", "options"],
        ["binary_sensor"] = ["payload_on", "payload_off", "device_class"],
        ["number"] = ["command_topic", "min", "max", "step", "mode", "unit_of_measurement", "device_class", "optimistic"],
        ["select"] = ["command_topic", "options", "optimistic"],
        ["button"] = ["command_topic", "payload_press", "device_class"],
        ["update"] = ["command_topic", "payload_install", "title", "device_class"],
    };

    /// <summary>Units and state classes of a class of numbers; an empty unit: none.</summary>
    private static readonly Dictionary<string, (string[] Units, string[] StateClasses)> s_classes = new()
    {
        ["energy"] = (["Wh", "kWh", "MWh"], ["total_increasing"]),
        ["power"] = (["mW", "W", "kW", "MW"], ["measurement"]),
        ["voltage"] = (["μV", "mV", "V", "kV"], ["measurement"]),
        ["current"] = (["μA", "mA", "A"], ["measurement"]),
        ["power_factor"] = (["", "%"], ["measurement"]),
        ["frequency"] = (["Hz", "kHz", "MHz"], ["measurement"]),
        ["apparent_power"] = (["mVA", "VA", "kVA"], ["measurement"]),
        ["reactive_power"] = (["mvar", "var", "kvar"], ["measurement"]),
        ["reactive_energy"] = (["varh", "kvarh"], ["total_increasing"]),
        ["gas"] = (["m³", "ft³", "CCF"], ["total_increasing"]),
        ["water"] = (["L", "gal", "m³", "ft³", "CCF"], ["total_increasing"]),
        ["temperature"] = (["°C", "°F", "K"], ["measurement"]),
        ["duration"] = (["d", "h", "min", "s", "ms"], ["measurement"]),
    };

    private static readonly string[] s_binaryClasses = ["problem", "safety", "power", "plug", "connectivity", "running", "heat", "tamper"];

    private readonly List<string> _faults = [];

    /// <summary>Everything wrong with a message of the device form.</summary>
    public IReadOnlyList<string> Check(string topic, string payload)
    {
        _faults.Clear();
        if (DeviceTopic().Match(topic) is not { Success: true } match)
        {
            Fault($"topic {topic} is none");
            return _faults;
        }

        if (Parse(payload) is not { } root) return _faults;
        Closed(root, s_root, "root");
        var deviceId = match.Groups["id"].Value;
        CheckHead(root, deviceId);
        var components = root["components"] as JObject ?? [];
        if (components.Count == 0) Fault("no components");
        foreach (var (id, component) in components)
        {
            if (!Id().IsMatch(id)) Fault($"component id '{id}'");
            CheckComponent(id, component as JObject ?? [], root, deviceId);
        }

        CheckTogether(root, components);
        return _faults;
    }

    /// <summary>Everything wrong with a message of the single form: as if it were a device with one component.</summary>
    public IReadOnlyList<string> CheckSingle(string topic, string payload)
    {
        _faults.Clear();
        if (SingleTopic().Match(topic) is not { Success: true } match)
        {
            Fault($"topic {topic} is none");
            return _faults;
        }

        if (Parse(payload) is not { } root) return _faults;
        var (platform, deviceId, id) = (match.Groups["platform"].Value, match.Groups["id"].Value, match.Groups["component"].Value);
        if (root.ContainsKey("platform") || root.ContainsKey("components")) Fault("keys of the device form");
        CheckHead(root, deviceId);
        var component = (JObject)root.DeepClone();
        foreach (var shared in (string[])["device", "origin"]) component.Remove(shared);
        component["platform"] = platform;
        CheckComponent(id, component, [], deviceId);
        return _faults;
    }

    private JObject? Parse(string payload)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(payload)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal };
            return JObject.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        }
        catch (JsonException exception)
        {
            Fault("not JSON: " + exception.Message);
            return null;
        }
    }

    private void CheckHead(JObject root, string deviceId)
    {
        var device = root["device"] as JObject ?? [];
        Closed(device, s_device, "device");
        if (device["identifiers"] is not JArray { Count: 1 } ids || (string?)ids[0] != deviceId) Fault("device: identifiers");
        if (!Home().IsMatch(deviceId)) Fault("device: id without home id");
        foreach (var (key, value) in device.Properties().Where(static key => key.Name is not ("identifiers" or "connections")).Select(static key => (key.Name, key.Value)))
        {
            if (value is not JValue { Value: string { Length: > 0 } }) Fault($"device: {key} is no text");
        }

        if (!device.ContainsKey("name")) Fault("device: no name");
        var isNode = Home().Match(deviceId).Groups["node"].Success;
        if (isNode && (string?)device["via_device"] != deviceId[..deviceId.LastIndexOf('_')]) Fault("device: via_device");
        var origin = root["origin"] as JObject ?? [];
        Closed(origin, ["name", "sw_version", "support_url"], "origin");
        if (origin.Count != 3) Fault("origin: incomplete");
        if (!Uri.TryCreate((string?)origin["support_url"], UriKind.Absolute, out _)) Fault("origin: support_url");
        if (root["qos"] is { } qos && qos is not JValue { Value: 0L or 1L or 2L }) Fault("qos");
        if (!isNode) return;
        if (root["availability"] is null && root["availability_topic"] is null) Fault("availability: none");
    }

    private void CheckComponent(string id, JObject component, JObject root, string deviceId)
    {
        var platform = (string?)component["platform"] ?? string.Empty;
        if (!s_platforms.TryGetValue(platform, out var own))
        {
            Fault($"{id}: platform '{platform}'");
            return;
        }

        Closed(component, [.. s_common, .. own], id);
        if ((string?)component["unique_id"] != $"{deviceId}_{id}") Fault($"{id}: unique_id");
        if (!component.ContainsKey("name")) Fault($"{id}: no name");
        if (component["icon"] is { } icon && ((string?)icon)?.StartsWith("mdi:", StringComparison.Ordinal) != true) Fault($"{id}: icon");
        if (component["enabled_by_default"] is { Type: not JTokenType.Boolean }) Fault($"{id}: enabled_by_default");
        CheckAvailability(id, component, root);
        CheckCategory(id, platform, component);
        CheckTopics(id, component);
        switch (platform)
        {
            case "sensor": CheckSensor(id, component); break;
            case "number": CheckNumber(id, component); break;
            case "select": CheckOptions(id, component); break;
            case "binary_sensor" when component["device_class"] is { } kind && !s_binaryClasses.Contains((string?)kind): Fault($"{id}: device_class"); break;
            case "button" when component["device_class"] is { } kind && (string?)kind is not ("identify" or "restart" or "update"): Fault($"{id}: device_class"); break;
            case "switch" when component["device_class"] is { } kind && (string?)kind is not ("outlet" or "switch"): Fault($"{id}: device_class"); break;
        }

        if (platform is "switch" or "number" or "select" or "button" && component["command_topic"] is null) Fault($"{id}: no command_topic");
        if (platform != "button") CheckState(id, platform, component, (string?)(component["state_topic"] ?? root["state_topic"]));
    }

    private void CheckAvailability(string id, JObject component, JObject root)
    {
        var availability = (component["availability"] ?? root["availability"]) as JArray;
        string[] topics = [.. (availability ?? []).Select(static entry => (string?)entry["topic"] ?? string.Empty)];
        if (topics.Contains(string.Empty) || topics.Distinct().Count() != topics.Length) Fault($"{id}: availability topics");
        if (topics.Length > 1 && (string?)(component["availability_mode"] ?? root["availability_mode"]) != "all") Fault($"{id}: availability_mode");
        var expected = id == "connection" ? 0 : id is "node_status" or "last_seen" or "ping" or "controller" or "restart" or "permit_join" or "heal" ? 1 : 2;
        if (topics.Length != expected) Fault($"{id}: {topics.Length} availability topics instead of {expected}");
        if (topics.Length > 0 && !topics.Contains("zwbridge/bridge/state")) Fault($"{id}: availability without the bridge");
    }

    private void CheckCategory(string id, string platform, JObject component)
    {
        var category = (string?)component["entity_category"];
        var isLegal = category switch
        {
            null => platform is not "button" and not "number" and not "select",
            "config" => platform is not ("sensor" or "binary_sensor"),
            "diagnostic" => platform is "sensor" or "binary_sensor" or "update" || (platform == "button" && id is "identify" or "ping"),
            _ => false,
        };
        if (!isLegal) Fault($"{id}: entity_category {category}");
        var isMain = id.Split('_')[0] is "switch" or "power" or "energy" && !id.StartsWith("power_factor", StringComparison.Ordinal);
        if (isMain != category is null && platform is "switch" or "sensor" && id.Split('_')[0] is "switch" or "power" or "energy") Fault($"{id}: entity_category {category}");
    }

    private void CheckTopics(string id, JObject component)
    {
        foreach (var key in (string[])["state_topic", "command_topic"])
        {
            if (component[key] is not { } topic) continue;
            if ((string?)topic is not { Length: > 0 } text || text.StartsWith("homeassistant/", StringComparison.Ordinal) || text.Any(static at => at is '+' or '#' or ' ')) Fault($"{id}: {key}");
        }
    }

    private void CheckSensor(string id, JObject sensor)
    {
        var kind = (string?)sensor["device_class"];
        var unit = (string?)sensor["unit_of_measurement"];
        var stateClass = (string?)sensor["state_class"];
        if (sensor.ContainsKey("unit_of_measurement") && string.IsNullOrEmpty(unit)) Fault($"{id}: unit_of_measurement is empty");
        if (sensor["suggested_display_precision"] is { } precision && precision is not JValue { Value: >= 0L }) Fault($"{id}: suggested_display_precision");
        switch (kind)
        {
            case "enum":
                CheckOptions(id, sensor);
                if (unit is not null || stateClass is not null) Fault($"{id}: enum with unit or state_class");
                return;
            case "timestamp":
                if (unit is not null || stateClass is not null || sensor.ContainsKey("options")) Fault($"{id}: timestamp with unit, state_class or options");
                return;
        }

        if (sensor.ContainsKey("options")) Fault($"{id}: options");
        if (stateClass is not (null or "measurement" or "total" or "total_increasing")) Fault($"{id}: state_class {stateClass}");
        if (kind is null) return;
        if (!s_classes.TryGetValue(kind, out var allowed)) Fault($"{id}: device_class {kind}");
        else
        {
            if (!allowed.Units.Contains(unit ?? string.Empty)) Fault($"{id}: unit_of_measurement {unit} of {kind}");
            if (!allowed.StateClasses.Contains(stateClass)) Fault($"{id}: state_class {stateClass} of {kind}");
        }
    }

    private void CheckNumber(string id, JObject number)
    {
        if (Decimal(number["min"]) is not { } minimum || Decimal(number["max"]) is not { } maximum || minimum >= maximum) Fault($"{id}: min and max");
        if (Decimal(number["step"]) is not >= 0.001m) Fault($"{id}: step");
        if ((string?)number["mode"] is not ("auto" or "box" or "slider")) Fault($"{id}: mode");
        var unit = (string?)number["unit_of_measurement"];
        if (number.ContainsKey("unit_of_measurement") && string.IsNullOrEmpty(unit)) Fault($"{id}: unit_of_measurement is empty");
        if ((string?)number["device_class"] is { } kind && (!s_classes.TryGetValue(kind, out var allowed) || !allowed.Units.Contains(unit ?? string.Empty))) Fault($"{id}: unit_of_measurement {unit} of {kind}");
    }

    private void CheckOptions(string id, JObject component)
    {
        if (component["options"] is not JArray { Count: > 0 } options) Fault($"{id}: no options");
        else if (options.Any(static option => option is not JValue { Value: string { Length: > 0 } }) || options.Distinct(JToken.EqualityComparer).Count() != options.Count) Fault($"{id}: options");
    }

    private void CheckState(string id, string platform, JObject component, string? topic)
    {
        if (topic is null || !states.TryGetValue(topic, out var state))
        {
            Fault($"{id}: nobody publishes {topic}");
            return;
        }

        var value = Template.Render((string?)component["value_template"], state, out var fault);
        if (fault is not null)
        {
            Fault($"{id}: {fault}");
            return;
        }

        if (platform == "update")
        {
            CheckUpdate(id, component, JObject.Parse(value));
            return;
        }

        if (value == "None") return;
        var isRead = platform switch
        {
            "switch" => value == Text(component["state_on"] ?? component["payload_on"] ?? "ON") || value == Text(component["state_off"] ?? component["payload_off"] ?? "OFF"),
            "binary_sensor" => value == Text(component["payload_on"] ?? "ON") || value == Text(component["payload_off"] ?? "OFF"),
            "select" => IsOption(component, value),
            "number" => Number(value) is { } number && number >= Decimal(component["min"]) && number <= Decimal(component["max"]),
            _ => (string?)component["device_class"] switch
            {
                "enum" => IsOption(component, value),
                "timestamp" => Timestamp().IsMatch(value),
                _ when component.ContainsKey("unit_of_measurement") || component.ContainsKey("state_class") || component.ContainsKey("device_class") || component.ContainsKey("suggested_display_precision") => Number(value) is not null,
                _ => value.Length is > 0 and <= 255,
            },
        };
        if (!isRead) Fault($"{id}: cannot read the state '{value}'");
    }

    // One more key, or null where text is wanted, and the reader throws the whole message away.
    private void CheckUpdate(string id, JObject component, JObject state)
    {
        Closed(state, ["installed_version", "latest_version", "title", "release_summary", "release_url", "entity_picture", "in_progress", "update_percentage"], $"{id}: state");
        if (state.Properties().Any(static key => key.Name != "update_percentage" && key.Value.Type == JTokenType.Null)) Fault($"{id}: null in the state");
        if (state["in_progress"] is not { Type: JTokenType.Boolean }) Fault($"{id}: in_progress");
        if (component["command_topic"] is null != component["payload_install"] is null) Fault($"{id}: command_topic and payload_install belong together");
        if ((string?)component["device_class"] != "firmware") Fault($"{id}: device_class");
    }

    private void CheckTogether(JObject root, JObject components)
    {
        var deviceName = (string?)root["device"]?["name"] ?? string.Empty;
        JObject[] all = [.. components.Properties().Select(static component => component.Value).OfType<JObject>()];
        if (all.Select(static component => (string?)component["unique_id"]).Distinct().Count() != all.Length) Fault("unique_id twice");
        if (all.Count(static component => component["name"] is { Type: JTokenType.Null }) > 1) Fault("two components without a name");
        foreach (var group in all.GroupBy(static component => ((string?)component["platform"], ((string?)component["name"])?.ToUpperInvariant())).Where(static group => group.Count() > 1)) Fault($"the name '{group.Key.Item2}' twice");
        foreach (var name in all.Select(static component => (string?)component["name"]).OfType<string>())
        {
            if (name.Contains(deviceName, StringComparison.OrdinalIgnoreCase)) Fault($"the name '{name}' has the name of the device in it");
            if (name.Length == 0 || name != name.Trim() || char.IsLower(name[0])) Fault($"the name '{name}'");
        }

        var relays = components.Properties().Where(static component => component.Name == "switch" || SwitchId().IsMatch(component.Name)).ToArray();
        if (relays.Length == 1 && relays[0].Name == "switch" && relays[0].Value["name"] is not { Type: JTokenType.Null }) Fault("the only relay has a name of its own");
        if (relays.Any(static relay => (string?)relay.Value["device_class"] != "outlet")) Fault("a relay that is no outlet");
    }

    private void Closed(JObject content, string[] known, string where)
    {
        foreach (var key in content.Properties().Where(key => !known.Contains(key.Name))) Fault($"{where}: unknown key {key.Name}");
    }

    private void Fault(string what) => _faults.Add(what);

    private static bool IsOption(JObject component, string value) => (component["options"] as JArray ?? []).Any(option => (string?)option == value);

    private static decimal? Decimal(JToken? token) => token is JValue { Value: long or decimal } number ? (decimal)number : null;

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(JToken token) => Template.Text(token);

    [GeneratedRegex("^[^/+#]+/device/(?<id>[a-zA-Z0-9_-]+)/config$")]
    private static partial Regex DeviceTopic();

    [GeneratedRegex("^[^/+#]+/(?<platform>[a-z_]+)/(?<id>[a-zA-Z0-9_-]+)/(?<component>[a-zA-Z0-9_-]+)/config$")]
    private static partial Regex SingleTopic();

    [GeneratedRegex("^zw_[0-9a-f]{8}(?:_(?<node>[0-9]+))?$")]
    private static partial Regex Home();

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex Id();

    [GeneratedRegex("^switch_[0-9]+$")]
    private static partial Regex SwitchId();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Timestamp();
}
