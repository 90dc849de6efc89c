using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.ZWave.Storage;

/// <summary>
/// Remembered files that hold one JSON object. A file whose content cannot be used is renamed and named in the log, never deleted; one that cannot be read is
/// left alone and named.
/// </summary>
/// <param name="unreadable">Tells a path and the reason.</param>
/// <param name="setAside">Tells a path, what it was renamed to, and the reason.</param>
public sealed class RememberedJson(TimeProvider time, int maximumDepth, Action<string, string> unreadable, Action<string, string, string> setAside)
{
    /// <summary>No file of ours gets larger; what does is not ours, and is not read.</summary>
    public long MaximumBytes { get; init; } = long.MaxValue;

    /// <summary>What a file holds; null when there is none, or it cannot be used.</summary>
    /// <param name="read">May throw whatever the content makes it: the file is wrong then, not the program.</param>
    public T? Load<T>(string path, Func<JObject, T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!File.Exists(path)) return null;
        try
        {
            if (new FileInfo(path).Length > MaximumBytes) throw new FormatException("it is too large");
            using var reader = new JsonTextReader(new StringReader(File.ReadAllText(path)))
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Decimal,
                MaxDepth = maximumDepth,
            };
            return read(JObject.Load(reader));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            unreadable(path, exception.Message);
        }
        catch (Exception exception)
        {
            SetAside(path, exception.Message);
        }

        return null;
    }

    /// <summary>Replaces a file, all or nothing.</summary>
    /// <exception cref="IOException">It could not be written; the old one is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public static void Replace(string path, Action<JsonTextWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        RememberedFile.Replace(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            using var json = new JsonTextWriter(writer) { Formatting = Formatting.Indented };
            write(json);
        });
    }

    private void SetAside(string path, string reason)
    {
        try
        {
            setAside(path, RememberedFile.SetAside(path, time), reason);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            unreadable(path, reason + "; " + exception.Message);
        }
    }
}
