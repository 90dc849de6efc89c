using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json.Linq;

namespace Bridge.ZWave.Storage;

/// <summary>
/// The provisioning list as <c>provisioning.json</c>, written like every remembered file: all or nothing, readable by its owner only. A file that cannot
/// be read is renamed and named in the log, never deleted.
/// </summary>
public sealed class JsonProvisioningStore(string directory, TimeProvider time, ILogger logger) : IProvisioningStore
{
    private const int SchemaVersion = 1;
    private const int MaximumDepth = 8;

    private readonly RememberedJson _json = new(time, MaximumDepth, logger.ProvisioningUnreadable, logger.ProvisioningSetAside);

    /// <summary>Where it is.</summary>
    public string File { get; } = Path.Combine(directory, "provisioning.json");

    public IReadOnlyList<ProvisioningEntry> Load() => _json.Load(File, Read) ?? [];

    public void Save(IReadOnlyList<ProvisioningEntry> entries) => RememberedJson.Replace(
        File, json => new JObject { ["schemaVersion"] = SchemaVersion, ["entries"] = new JArray(entries.Select(Write)) }.WriteTo(json));

    private static JObject Write(ProvisioningEntry entry)
    {
        var json = new JObject
        {
            ["dsk"] = entry.Dsk.ToString(),
            ["classes"] = new JArray(entry.Granted.StrongestFirst.Select(SecurityClassWords.Of)),
            ["state"] = entry.State.ToString(),
        };
        if (entry.Name is { } name) json["name"] = name;
        if (entry.Node is { } node) json["node"] = node.Value;
        return json;
    }

    private static List<ProvisioningEntry> Read(JObject root)
    {
        if (root.Value<int?>("schemaVersion") is not SchemaVersion) throw new FormatException($"this program reads schema version {SchemaVersion}");
        if (root["entries"] is not JArray entries) throw new FormatException("entries is not a list");
        return [.. entries.OfType<JObject>().Select(ReadEntry)];
    }

    private static ProvisioningEntry ReadEntry(JObject json)
    {
        if (!Dsk.TryParse(json.Value<string>("dsk"), out var dsk)) throw new FormatException($"{json.Path}.dsk is no DSK");
        var classes = (json["classes"] as JArray ?? []).Values<string>().Select(static word =>
            SecurityClassWords.TryParse(word, out var read) ? read : throw new FormatException($"there is no security class \"{word}\""));
        return new(dsk, SecurityClasses.Of([.. classes]), json.Value<string>("name"))
        {
            State = Enum.TryParse<ProvisioningState>(json.Value<string>("state"), out var state) ? state : ProvisioningState.Pending,
            Node = json.Value<ushort?>("node") is { } node ? new(node) : null,
        };
    }
}
