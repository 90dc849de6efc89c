using System.Globalization;
using Bridge.ZWave.Serial;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.ZWave.Devices;

/// <summary>Reads <c>devices/usb-sticks.json</c>. Strict: every fault is told with where it is, and a faulty entry is left out.</summary>
public static class UsbStickFileReader
{
    private static readonly string[] Keys = ["name", "usb", "interface", "text_contains"];

    /// <summary>Where the file is beside the program.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "devices", "usb-sticks.json");

    public static UsbStickTable Read(string path, out IReadOnlyList<string> faults)
    {
        try
        {
            return Parse(File.ReadAllText(path), out faults);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults = [$"cannot be read: {exception.Message}"];
            return UsbStickTable.Empty;
        }
    }

    public static UsbStickTable Parse(string json, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        faults = found;
        JObject document;
        try
        {
            document = JObject.Parse(json, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        }
        catch (JsonException exception)
        {
            found.Add(exception.Message);
            return UsbStickTable.Empty;
        }

        found.AddRange(UnknownKeys(document, "sticks"));
        if (document["sticks"] is not JArray entries)
        {
            found.Add("sticks: must be a list");
            return UsbStickTable.Empty;
        }

        return new([.. entries.Select(entry => Stick(entry, found)).OfType<UsbStick>()]);
    }

    private static UsbStick? Stick(JToken token, List<string> faults)
    {
        var before = faults.Count;
        if (token is not JObject entry)
        {
            faults.Add($"{token.Path}: must be an object");
            return null;
        }

        faults.AddRange(UnknownKeys(entry, Keys));
        var name = Text(entry["name"]);
        if (name is null) faults.Add($"{entry.Path}.name: must be a text");

        (ushort, ushort)? ids = null;
        if (entry["usb"] is { } usb && (ids = Ids(Text(usb))) is null)
        {
            faults.Add($"{usb.Path}: must be \"vendor:product\", four hex digits each");
        }

        byte? number = null;
        if (entry["interface"] is { } radio)
        {
            if (radio is JValue { Value: long and >= 0 and <= byte.MaxValue and var value }) number = (byte)value;
            else faults.Add($"{radio.Path}: must be 0..255");
        }

        var parts = new List<string>();
        if (entry["text_contains"] is { } texts)
        {
            parts.AddRange(texts is JArray list ? list.Select(Text).OfType<string>() : []);
            if (parts.Count == 0 || parts.Count != texts.Count()) faults.Add($"{texts.Path}: must be a list of texts");
        }

        if (entry["usb"] is null && entry["text_contains"] is null) faults.Add($"{entry.Path}: needs usb or text_contains");
        return faults.Count == before ? new(name!, ids, number, parts) : null;
    }

    private static IEnumerable<string> UnknownKeys(JObject entry, params string[] keys) =>
        entry.Properties().Where(property => !keys.Contains(property.Name)).Select(property => $"{property.Path}: unknown key");

    private static string? Text(JToken? token) => token is JValue { Value: string { Length: > 0 } text } ? text : null;

    private static (ushort Vendor, ushort Product)? Ids(string? text)
    {
        if (text is not { Length: 9 } || text[4] != ':') return null;
        return Digits(text.AsSpan(0, 4)) is { } vendor && Digits(text.AsSpan(5)) is { } product ? (vendor, product) : null;
    }

    private static ushort? Digits(ReadOnlySpan<char> text) =>
        ushort.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;
}
