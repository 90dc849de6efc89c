using System.Text;
using Newtonsoft.Json;

namespace Bridge.Publishing;

/// <summary>JSON documents as UTF-8 without a byte order mark.</summary>
internal static class JsonPayload
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>An object whose members are written by the caller.</summary>
    public static byte[] Of(Action<JsonTextWriter> writeMembers)
    {
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream, s_encoding, leaveOpen: true))
        using (var json = new JsonTextWriter(writer))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>A list whose items are written by the caller.</summary>
    public static byte[] ListOf(Action<JsonTextWriter> writeItems)
    {
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream, s_encoding, leaveOpen: true))
        using (var json = new JsonTextWriter(writer))
        {
            json.WriteStartArray();
            writeItems(json);
            json.WriteEndArray();
        }

        return stream.ToArray();
    }

    public static void Member(this JsonTextWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        // The library would write 4600.0, which looks as if it were measured.
        json.WriteValue(value is decimal number && number == Math.Truncate(number) && Math.Abs(number) <= long.MaxValue ? (long)number : value);
    }

    /// <summary>A list of texts, or whatever <see cref="Member"/> takes.</summary>
    public static void MemberOrList(this JsonTextWriter json, string name, object? value)
    {
        if (value is IReadOnlyList<string> texts) json.List(name, texts, json.WriteValue);
        else json.Member(name, value);
    }

    public static void Object(this JsonTextWriter json, string name, Action<JsonTextWriter> writeMembers)
    {
        json.WritePropertyName(name);
        json.Object(writeMembers);
    }

    public static void Object(this JsonTextWriter json, Action<JsonTextWriter> writeMembers)
    {
        json.WriteStartObject();
        writeMembers(json);
        json.WriteEndObject();
    }

    public static void List<T>(this JsonTextWriter json, string name, IEnumerable<T> items, Action<T> writeItem)
    {
        json.WritePropertyName(name);
        json.WriteStartArray();
        foreach (var item in items) writeItem(item);
        json.WriteEndArray();
    }
}
