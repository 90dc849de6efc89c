using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Discovery;

/// <summary>A document of ours the broker had kept.</summary>
/// <param name="Topic">Where.</param>
/// <param name="Payload">As it is.</param>
/// <param name="DeviceId">Whose.</param>
/// <param name="Components">Ids and platforms of the device form; empty in the other form.</param>
public sealed record FoundDocument(string Topic, string Payload, string DeviceId, IReadOnlyDictionary<string, string> Components)
{
    private const int MaximumDepth = 64;

    /// <summary>
    /// The document, when it is one of ours: by its origin and by the ids in it. Anything else, also what is no JSON at all, is none. Never
    /// throws.
    /// </summary>
    /// <param name="topic">Ends in "/config".</param>
    /// <param name="payload">What the broker had.</param>
    /// <param name="bridgeId">The id our devices begin with: "zw_e1a2b3c4".</param>
    public static FoundDocument? Find(string topic, string payload, string bridgeId)
    {
        ArgumentNullException.ThrowIfNull(topic);
        ArgumentNullException.ThrowIfNull(payload);
        try
        {
            using var text = new StringReader(payload);
            using var reader = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = MaximumDepth };
            if (JToken.ReadFrom(reader) is not JObject root) return null;
            if (Text(Either(Either(root, "origin", "o") as JObject, "name", "name")) != NodeFacts.OriginName) return null;
            var ids = Either(Either(root, "device", "dev") as JObject, "identifiers", "ids");
            if (Texts(ids).FirstOrDefault(id => IsOf(id, bridgeId)) is not { } device) return null;
            Dictionary<string, string> components = new(StringComparer.Ordinal);
            foreach (var (id, component) in Either(root, "components", "cmps") as JObject ?? [])
            {
                if (Text(Either(component as JObject, "platform", "p")) is { } platform) components[id] = platform;
            }

            return new(topic, payload, device, components);
        }
        catch (Exception exception) when (exception is JsonException or OverflowException or FormatException)
        {
            return null;
        }
    }

    private static bool IsOf(string id, string bridgeId) =>
        id == bridgeId || (id.StartsWith(bridgeId, StringComparison.Ordinal) && id[bridgeId.Length] == '_');

    private static JToken? Either(JObject? fields, string name, string abbreviation) => fields?[name] ?? fields?[abbreviation];

    private static IEnumerable<string> Texts(JToken? token) => (token is JArray list ? list.Select(Text) : [Text(token)]).OfType<string>();

    private static string? Text(JToken? token) => token is JValue { Value: string text } ? text : null;
}
