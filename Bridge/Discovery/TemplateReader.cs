using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Discovery;

/// <summary>
/// Reads a template strictly: unknown keys, wrong types, names nobody knows are faults, all of them told at once
/// (discovery-templates/README.md).
/// </summary>
public static class TemplateReader
{
    private const int MaximumDepth = 32;

    private static readonly string[] s_keys = ["$schema", "component", "id", "match", "order", "payload"];

    // A platform nobody knows makes the reader drop the whole document, with everything else in it.
    private static readonly string[] s_components =
    [
        "alarm_control_panel", "binary_sensor", "button", "camera", "climate", "cover", "device_automation", "device_tracker", "event",
        "fan", "humidifier", "image", "lawn_mower", "light", "lock", "notify", "number", "scene", "select", "sensor", "siren", "switch",
        "tag", "text", "update", "vacuum", "valve", "water_heater", DiscoveryTemplate.NoComponent,
    ];

    // These objects are closed: one more key, and the whole document is dropped.
    private static readonly Dictionary<string, string[]> s_closed = new(StringComparer.Ordinal)
    {
        ["payload"] =
        [
            "device", "origin", "availability", "availability_mode", "availability_template", "availability_topic", "payload_available",
            "payload_not_available", "state_topic", "command_topic", "qos", "encoding", "message_expiry_interval",
        ],
        ["payload.device"] =
        [
            "identifiers", "connections", "name", "manufacturer", "model", "model_id", "sw_version", "hw_version", "serial_number",
            "suggested_area", "via_device", "configuration_url",
        ],
        ["payload.origin"] = ["name", "sw_version", "support_url"],
    };

    /// <summary>The template, or null when <paramref name="faults"/> got at least one fault of this text.</summary>
    /// <param name="text">Content of the file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="faults">Gets every fault.</param>
    public static DiscoveryTemplate? Read(string text, string source, ICollection<TemplateFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        Reading reading = new(source);
        DiscoveryTemplate? template = null;
        try
        {
            using var reader = new JsonTextReader(new StringReader(text))
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Decimal,
                MaxDepth = MaximumDepth,
            };
            var settings = new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error };
            if (JToken.ReadFrom(reader, settings) is JObject root) template = reading.Template(root);
            else reading.Fault(string.Empty, "the file is not a JSON object");
            // To the end: anything but comments behind the object is a fault, too.
            while (reader.Read())
            {
            }
        }
        catch (Exception exception) when (exception is JsonException or OverflowException)
        {
            reading.Fault(string.Empty, "not JSON: " + exception.Message);
        }

        foreach (var fault in reading.Faults) faults.Add(fault);
        return reading.Faults.Count == 0 ? template : null;
    }

    /// <summary>One file on its way; goes on after a fault, to find the others, too.</summary>
    private sealed class Reading(string source)
    {
        // Where the id of the component is known: in the payload of one, not in the id itself.
        private bool _hasComponentId;

        public List<TemplateFault> Faults { get; } = [];

        public void Fault(string path, string reason) => Faults.Add(new(source, path, reason));

        public DiscoveryTemplate Template(JObject root)
        {
            RefuseOthers(root, string.Empty, s_keys);
            var match = Match(root["match"]);
            var scope = Scope(match);
            var component = Component(root, scope);
            var payload = Payload(root["payload"], isRequired: component != DiscoveryTemplate.NoComponent);
            var id = Id(root, component, scope);
            _hasComponentId = component is not null;
            CheckNames(payload, "payload", scope);
            if (component is null) CheckRoot(payload);
            return new(source, match, payload) { Component = component, Id = id, Order = Order(root["order"]) };
        }

        private TemplateMatch Match(JToken? token)
        {
            Dictionary<string, IReadOnlyList<object?>> conditions = new(StringComparer.Ordinal);
            if (token is not JObject fields)
            {
                Fault("match", token is null ? "is missing" : $"{Shown(token)} is not an object");
                return new(conditions);
            }

            foreach (var (name, value) in fields)
            {
                var path = "match." + name;
                if (!FactName.All.TryGetValue(name, out var fact) || !CanMatch(fact))
                {
                    Fault(path, $"unknown name; known here: {Listed(FactName.All.Values.Where(CanMatch))}");
                    continue;
                }

                JToken[] values = value is JArray { Count: > 0 } list ? [.. list] : [value!];
                foreach (var wrong in values.Where(allowed => !IsOf(allowed, fact))) Fault(path, $"{Shown(wrong)} is not {Wanted(fact)}");
                conditions[name] = [.. values.Select(static allowed => (allowed as JValue)?.Value)];
            }

            if (!fields.ContainsKey(FactName.Kind)) Fault("match.kind", $"is missing; allowed: {string.Join(", ", FactName.Kinds.Keys)}");
            return new(conditions);
        }

        // The narrowest of the kinds: only what all of them know may be named.
        private FactScope Scope(TemplateMatch match)
        {
            var scope = FactScope.Property;
            foreach (var kind in match.Conditions.GetValueOrDefault(FactName.Kind, []).OfType<string>())
            {
                if (!FactName.Kinds.TryGetValue(kind, out var known))
                {
                    Fault("match.kind", $"\"{kind}\" is none of {string.Join(", ", FactName.Kinds.Keys)}");
                }
                else if (known < scope)
                {
                    scope = known;
                }
            }

            foreach (var name in match.Conditions.Keys)
            {
                if (FactName.All[name].Scope > scope) Fault("match." + name, "is not known for this kind");
            }

            return scope;
        }

        private string? Component(JObject root, FactScope scope)
        {
            if (root["component"] is not { } token)
            {
                if (scope == FactScope.Property)
                {
                    Fault("component", "is missing; only templates for a node or the bridge make the root of a document");
                }

                return null;
            }

            if (token is JValue { Value: string text } && s_components.Contains(text)) return text;
            Fault("component", $"{Shown(token)} is none of {string.Join(", ", s_components)}");
            return DiscoveryTemplate.NoComponent;
        }

        private JObject Payload(JToken? token, bool isRequired)
        {
            if (token is JObject payload) return payload;
            if (token is not null || isRequired) Fault("payload", token is null ? "is missing" : $"{Shown(token)} is not an object");
            return [];
        }

        private TemplateText Id(JObject root, string? component, FactScope scope)
        {
            var written = root["id"];
            if (component is null)
            {
                if (written is not null) Fault("id", "the root of a document has none");
                return Parse(string.Empty, "id", scope);
            }

            if (written is null && scope != FactScope.Property) Fault("id", "is missing; only properties have an id of their own");
            if (written is not (null or JValue { Value: string { Length: > 0 } }))
            {
                Fault("id", $"{Shown(written)} is not a non-empty text");
                written = null;
            }

            var id = Parse((string?)written ?? "${id}", "id", written is null ? FactScope.Property : scope);
            if (string.Concat(id.Literals).Any(static at => !char.IsAsciiLetterOrDigit(at) && at is not ('_' or '-')))
            {
                Fault("id", $"{Shown(written!)} has other characters than a-z, A-Z, 0-9, _ and -");
            }

            return id;
        }

        private long Order(JToken? token)
        {
            if (token is null) return 0;
            if (token is JValue { Value: long order and >= -1000 and <= 1000 }) return order;
            Fault("order", $"{Shown(token)} is not a whole number -1000..1000");
            return 0;
        }

        private void CheckNames(JToken token, string path, FactScope scope)
        {
            switch (token)
            {
                case JObject fields:
                    foreach (var (name, value) in fields) CheckNames(value!, $"{path}.{name}", scope);
                    break;
                case JArray list:
                    for (var index = 0; index < list.Count; index++) CheckNames(list[index], $"{path}[{index}]", scope);
                    break;
                case JValue { Value: string text }:
                    Parse(text, path, scope);
                    break;
            }
        }

        private TemplateText Parse(string text, string path, FactScope scope)
        {
            if (TemplateText.TryParse(text, out var parsed) is { } fault) Fault(path, fault);
            bool IsKnown(FactName fact) => fact.Scope <= scope && (_hasComponentId || fact.Name != FactName.ComponentId);
            foreach (var name in parsed.Names.Where(name => !FactName.All.TryGetValue(name, out var fact) || !IsKnown(fact)))
            {
                Fault(path, $"unknown name \"{name}\"; known here: {Listed(FactName.All.Values.Where(IsKnown))}");
            }

            return parsed;
        }

        private void CheckRoot(JObject payload)
        {
            foreach (var (path, known) in s_closed)
            {
                var fields = path == "payload" ? payload : payload[path["payload.".Length..]];
                if (fields is not JObject closed)
                {
                    Fault(path, fields is null ? "is missing" : $"{Shown(fields)} is not an object");
                    continue;
                }

                RefuseOthers(closed, path + ".", known);
            }
        }

        private void RefuseOthers(JObject fields, string path, string[] known)
        {
            foreach (var key in fields.Properties().Where(key => !known.Contains(key.Name)))
            {
                Fault(path + key.Name, $"unknown key; known here: {string.Join(", ", known)}");
            }
        }

        private static bool CanMatch(FactName fact) => fact.Type != FactType.List && fact.Name != FactName.ComponentId;

        private static bool IsOf(JToken token, FactName fact) => token is JValue value && (value.Value, fact.Type) switch
        {
            (null, _) => fact.Name != FactName.Kind,
            (string, FactType.Text) or (bool, FactType.Flag) or (long or decimal, FactType.Number) => true,
            _ => false,
        };

        private static string Wanted(FactName fact) => fact.Type switch
        {
            FactType.Text => "a text",
            FactType.Flag => "true or false",
            _ => "a number",
        } + ", or null for \"has none\"";

        private static string Listed(IEnumerable<FactName> names) =>
            string.Join(", ", names.Select(static fact => fact.Name).Order(StringComparer.Ordinal));

        private static string Shown(JToken token)
        {
            var text = token.ToString(Formatting.None);
            return text.Length <= 40 ? text : text[..40] + "…";
        }
    }
}
