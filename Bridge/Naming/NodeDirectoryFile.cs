using System.Globalization;
using Bridge.ZWave.Network;
using Bridge.ZWave.Storage;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Naming;

/// <summary>
/// One JSON file a network, <c>nodes-&lt;home id&gt;.json</c>: names, topics, choices. Written aside, flushed, renamed. A file that cannot be read is renamed
/// and named in the log, never deleted.
/// </summary>
internal sealed class NodeDirectoryFile(string directory, TimeProvider time, ILogger logger)
{
    private const int SchemaVersion = 1;
    private const int MaximumDepth = 16;

    private readonly RememberedJson _json = new(time, MaximumDepth, logger.NamesUnreadable, logger.NamesSetAside);

    public string PathOf(HomeId homeId) => Path.Combine(directory, $"nodes-{homeId.ToString().ToLowerInvariant()}.json");

    /// <summary>What is remembered; empty when nothing is, or the file cannot be read.</summary>
    public IReadOnlyList<NodeEntry> Load(HomeId homeId) => _json.Load(PathOf(homeId), Read) ?? [];

    /// <exception cref="IOException">It could not be written; what was remembered before is untouched.</exception>
    public void Save(HomeId homeId, IEnumerable<NodeEntry> entries) => RememberedJson.Replace(PathOf(homeId), json => Write(json, homeId, entries));

    private static void Write(JsonTextWriter json, HomeId homeId, IEnumerable<NodeEntry> entries)
    {
        json.WriteStartObject();
        Member(json, "schemaVersion", SchemaVersion);
        Member(json, "homeId", homeId.ToString());
        json.WritePropertyName("nodes");
        json.WriteStartArray();
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            Member(json, "id", entry.Id.Value);
            Member(json, "topic", entry.Topic);
            if (entry.Name is not null) Member(json, "name", entry.Name);
            if (entry.Area is not null) Member(json, "area", entry.Area);
            if (entry.Settings != NodeSettings.Default) WriteSettings(json, entry.Settings);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSettings(JsonTextWriter json, NodeSettings settings)
    {
        json.WritePropertyName("settings");
        json.WriteStartObject();
        if (settings.EndpointOrder is not null) Member(json, "endpointOrder", settings.EndpointOrder);
        Member(json, "maximumPowerWatts", settings.MaximumPowerWatts);
        Member(json, "filtersMeters", settings.FiltersMeters);
        if (settings.PollSeconds is not null) Member(json, "pollSeconds", settings.PollSeconds);
        json.WriteEndObject();
    }

    private static IReadOnlyList<NodeEntry> Read(JObject root)
    {
        var version = root.Value<int>("schemaVersion");
        if (version != SchemaVersion) throw new FormatException($"schema version {version}, this program reads {SchemaVersion}");
        return root["nodes"] is JArray nodes ? [.. nodes.Select(ReadEntry)] : throw new FormatException("there is no list of nodes");
    }

    private static NodeEntry ReadEntry(JToken entry)
    {
        var id = new NodeId(ushort.Parse(entry.Value<string>("id") ?? string.Empty, NumberStyles.None, CultureInfo.InvariantCulture));
        if (!id.IsValid) throw new FormatException($"{entry.Path}.id is no node");
        var settings = NodeSettings.Default;
        if (entry["settings"] is JObject chosen)
        {
            settings = new()
            {
                EndpointOrder = chosen.Value<string>("endpointOrder"),
                MaximumPowerWatts = chosen.Value<decimal?>("maximumPowerWatts") ?? settings.MaximumPowerWatts,
                FiltersMeters = chosen.Value<bool?>("filtersMeters") ?? true,
                PollSeconds = chosen.Value<int?>("pollSeconds"),
            };
        }

        return new(id, entry.Value<string>("topic") ?? TopicNames.Of(id))
        {
            Name = entry.Value<string>("name"),
            Area = entry.Value<string>("area"),
            Settings = settings,
        };
    }

    private static void Member(JsonTextWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }
}
