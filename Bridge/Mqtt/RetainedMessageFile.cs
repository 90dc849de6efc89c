using System.Globalization;
using Bridge.ZWave.Storage;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Mqtt;

/// <summary>
/// One JSON file with retained messages, payloads as base64, readable by its owner only. Written aside, flushed, renamed: a power cut leaves the
/// old or the new file. One that cannot be read is renamed and named in the log, never deleted.
/// </summary>
internal sealed class RetainedMessageFile(string path, TimeProvider time, ILogger logger)
{
    private const int Version = 1;
    private const int MaximumDepth = 8;

    /// <summary>No file of ours gets so large.</summary>
    private const long MaximumBytes = 256L << 20;

    private readonly RememberedJson _json = new(time, MaximumDepth, logger.RetainedFileUnreadable, logger.RetainedFileSetAside) { MaximumBytes = MaximumBytes };

    /// <param name="maximum">More messages are not taken.</param>
    public async Task<IReadOnlyList<KeptMessage>> LoadAsync(int maximum, CancellationToken cancellationToken) =>
        await Task.Run(() => _json.Load(path, root => Read(root, maximum)), cancellationToken).ConfigureAwait(false) ?? [];

    /// <summary>Writes all of them. A disk that does not take them is named in the log.</summary>
    public async Task SaveAsync(IReadOnlyList<KeptMessage> messages)
    {
        try
        {
            await Task.Run(() => RememberedFile.Replace(path, stream => Write(stream, messages))).ConfigureAwait(false);
            logger.RetainedFileWritten(messages.Count);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.RetainedFileUnwritable(path, exception.Message);
        }
    }

    private static void Write(Stream stream, IReadOnlyList<KeptMessage> messages)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        using var json = new JsonTextWriter(writer);
        Write(json, messages);
    }

    private static void Write(JsonTextWriter json, IReadOnlyList<KeptMessage> messages)
    {
        json.WriteStartObject();
        Write(json, "version", Version);
        json.WritePropertyName("messages");
        json.WriteStartArray();
        foreach (var message in messages) Write(json, message);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(JsonTextWriter json, KeptMessage kept)
    {
        var message = kept.Message;
        json.WriteWhitespace("\n");
        json.WriteStartObject();
        Write(json, "topic", message.Topic);
        Write(json, "payload", Convert.ToBase64String(message.Payload.Span));
        Write(json, "qos", (int)message.QualityOfService);
        if (kept.ExpiresAt is { } expiry) Write(json, "expires", expiry.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        if (message.ContentType is not null) Write(json, "contentType", message.ContentType);
        if (message.ResponseTopic is not null) Write(json, "responseTopic", message.ResponseTopic);
        if (!message.CorrelationData.IsEmpty) Write(json, "correlationData", Convert.ToBase64String(message.CorrelationData.Span));
        if (message.IsText) Write(json, "isText", true);
        if (message.UserProperties.Count > 0)
        {
            json.WritePropertyName("userProperties");
            json.WriteStartArray();
            foreach (var (name, value) in message.UserProperties)
            {
                json.WriteValue(name);
                json.WriteValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(JsonTextWriter json, string name, object value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    private static KeptMessage[] Read(JObject file, int maximum)
    {
        if ((int?)file["version"] != Version) throw new FormatException($"it is not of version {Version}");
        if (file["messages"] is not JArray messages) throw new FormatException("it has no list of messages");
        return
        [
            .. messages.Take(maximum)
                .Select(static message => Read(message as JObject ?? throw new FormatException("a message is no object"))),
        ];
    }

    private static KeptMessage Read(JObject json)
    {
        var topic = Text(json, "topic");
        if (topic is not { Length: > 0 } || topic.AsSpan().IndexOfAny('+', '#', '\0') >= 0)
            throw new FormatException("a message has no topic or a wrong one");
        if ((int?)json["qos"] is not { } quality || quality is < 0 or > 2)
            throw new FormatException($"the message on {topic} has no quality of 0 to 2");
        var expiry = Text(json, "expires");
        var payload = Text(json, "payload") ?? throw new FormatException($"the message on {topic} has no payload");
        var message = new MqttMessage(topic, Convert.FromBase64String(payload))
        {
            QualityOfService = (MqttQualityOfService)quality,
            Retain = true,
            ContentType = Text(json, "contentType"),
            ResponseTopic = Text(json, "responseTopic"),
            CorrelationData = Convert.FromBase64String(Text(json, "correlationData") ?? ""),
            IsText = (bool?)json["isText"] ?? false,
            UserProperties = Properties(json["userProperties"]),
        };
        return new(message, expiry is null ? null : DateTimeOffset.ParseExact(expiry, "O", CultureInfo.InvariantCulture));
    }

    private static string? Text(JObject json, string name) => (string?)json[name];

    /// <summary>Name, value, name, value …</summary>
    private static KeyValuePair<string, string>[] Properties(JToken? json)
    {
        if (json is null) return [];
        if (json is not JArray list) throw new FormatException("user properties are no list");
        var texts = list.Select(static text => (string?)text ?? "").ToArray();
        if (texts.Length % 2 != 0) throw new FormatException("a user property has no value");
        return [.. texts.Chunk(2).Select(static pair => KeyValuePair.Create(pair[0], pair[1]))];
    }
}
