using System.Globalization;
using Bridge.ZWave.Firmware;
using Bridge.ZWave.Storage;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Firmware;

/// <summary>
/// One JSON file a network, <c>updates-&lt;home id&gt;.json</c>: updates that have not come to a good end. A file that cannot be read is renamed and named in
/// the log.
/// </summary>
internal sealed class UpdateRecordFile(string directory, TimeProvider time, ILogger logger)
{
    private const int SchemaVersion = 1;
    private const int MaximumDepth = 16;

    private readonly RememberedJson _json = new(time, MaximumDepth, logger.UpdatesUnreadable, logger.UpdatesSetAside);

    /// <summary>What is remembered. What ran when it was written was interrupted.</summary>
    public IReadOnlyList<UpdateRecord> Load(HomeId homeId) => _json.Load(PathOf(homeId), Read) ?? [];

    public void Save(HomeId homeId, IEnumerable<UpdateRecord> records)
    {
        try
        {
            RememberedJson.Replace(PathOf(homeId), json => Write(json, records));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.UpdatesNotWritten(exception.Message);
        }
    }

    private string PathOf(HomeId homeId) => Path.Combine(directory, $"updates-{homeId.ToString().ToLowerInvariant()}.json");

    private static IReadOnlyList<UpdateRecord> Read(JObject root)
    {
        if (root.Value<int>("schemaVersion") != SchemaVersion) throw new FormatException($"this program reads schema version {SchemaVersion}");
        return root["updates"] is JArray updates ? [.. updates.Select(ReadRecord)] : throw new FormatException("there is no list of updates");
    }

    private static UpdateRecord ReadRecord(JToken entry)
    {
        var record = new UpdateRecord(
            new(ushort.Parse(entry.Value<string>("id") ?? string.Empty, NumberStyles.None, CultureInfo.InvariantCulture)),
            entry.Value<byte>("target"),
            ushort.Parse(entry.Value<string>("checksum") ?? string.Empty, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            Enum.Parse<FirmwareState>(entry.Value<string>("state") ?? string.Empty))
        {
            File = entry.Value<string>("file"),
            Error = entry.Value<string>("error"),
            IsInterrupted = entry.Value<bool>("interrupted"),
            CanResume = entry.Value<bool>("resume"),
        };
        return record.IsRunning ? record with { IsInterrupted = true, Error = "the bridge ended while the update ran" } : record;
    }

    private static void Write(JsonTextWriter json, IEnumerable<UpdateRecord> records)
    {
        json.WriteStartObject();
        Member(json, "schemaVersion", SchemaVersion);
        json.WritePropertyName("updates");
        json.WriteStartArray();
        foreach (var record in records)
        {
            json.WriteStartObject();
            Member(json, "id", record.Node.Value);
            Member(json, "target", record.Target);
            Member(json, "checksum", record.Checksum.ToString("x4", CultureInfo.InvariantCulture));
            Member(json, "state", record.State.ToString());
            if (record.File is not null) Member(json, "file", record.File);
            if (record.Error is not null) Member(json, "error", record.Error);
            Member(json, "interrupted", record.IsInterrupted);
            Member(json, "resume", record.CanResume);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Member(JsonTextWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }
}
