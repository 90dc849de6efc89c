using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Bridge.ZWave.Devices;

/// <summary>
/// Strict reading of one JSON object of a user's file: every key must be known, every value of its type and range; all faults are
/// collected, reading goes on with a default.
/// </summary>
internal sealed class JsonFields
{
    private readonly JObject _object;
    private readonly string _path;
    private readonly string _file;
    private readonly List<DeviceFault> _faults;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public JsonFields(JObject content, string path, string file, List<DeviceFault> faults)
    {
        _object = content;
        _path = path;
        _file = file;
        _faults = faults;
    }

    public bool Has(string key)
    {
        _known.Add(key);
        return _object.ContainsKey(key);
    }

    public void Fault(string key, string reason) =>
        _faults.Add(new(_file, _path.Length == 0 ? key : key.Length == 0 ? _path : _path + "." + key, reason));

    public string Text(string key, bool isRequired = true) => OptionalText(key, isRequired) ?? string.Empty;

    public string? OptionalText(string key, bool isRequired = false)
    {
        if (Take(key, isRequired) is not { } token) return null;
        if (token is JValue { Value: string { Length: > 0 } text }) return text;
        Fault(key, $"{Shown(token)} is not a non-empty text");
        return null;
    }

    public long Number(string key, long minimum, long maximum) => OptionalNumber(key, minimum, maximum, isRequired: true) ?? minimum;

    public long? OptionalNumber(string key, long minimum, long maximum, bool isRequired = false)
    {
        if (Take(key, isRequired) is not { } token) return null;
        if (token is JValue { Value: long number } && number >= minimum && number <= maximum) return number;
        Fault(key, $"{Shown(token)} is not a whole number {minimum}..{maximum}");
        return null;
    }

    public bool Flag(string key)
    {
        if (Take(key, isRequired: false) is not { } token) return false;
        if (token is JValue { Value: bool flag }) return flag;
        Fault(key, $"{Shown(token)} is not true or false");
        return false;
    }

    /// <summary>A 16-bit id written as "0x1A2B".</summary>
    public ushort Id(string key)
    {
        if (Take(key, isRequired: true) is not { } token) return 0;
        if (token is JValue { Value: string text } && TryParseId(text, out var id)) return id;
        Fault(key, $"{Shown(token)} is not an id like \"0x1A2B\"");
        return 0;
    }

    public IReadOnlyList<ushort> Ids(string key)
    {
        List<ushort> ids = [];
        foreach (var (token, path) in Elements(key))
        {
            if (token is JValue { Value: string text } && TryParseId(text, out var id)) ids.Add(id);
            else Fault(path, $"{Shown(token)} is not an id like \"0x1A2B\"");
        }

        return ids;
    }

    public IReadOnlyList<long> Numbers(string key, long minimum, long maximum)
    {
        List<long> numbers = [];
        foreach (var (token, path) in Elements(key))
        {
            if (token is JValue { Value: long number } && number >= minimum && number <= maximum) numbers.Add(number);
            else Fault(path, $"{Shown(token)} is not a whole number {minimum}..{maximum}");
        }

        return numbers;
    }

    public IReadOnlyList<string> Texts(string key)
    {
        List<string> texts = [];
        foreach (var (token, path) in Elements(key))
        {
            if (token is JValue { Value: string { Length: > 0 } text }) texts.Add(text);
            else Fault(path, $"{Shown(token)} is not a non-empty text");
        }

        return texts;
    }

    public TEnum OneOf<TEnum>(string key, IReadOnlyDictionary<string, TEnum> words, TEnum otherwise)
    {
        if (Take(key, isRequired: true) is not { } token) return otherwise;
        if (token is JValue { Value: string text } && words.TryGetValue(text, out var value)) return value;
        Fault(key, $"{Shown(token)} is none of {string.Join(", ", words.Keys)}");
        return otherwise;
    }

    public JsonFields? Object(string key)
    {
        if (Take(key, isRequired: false) is not { } token) return null;
        if (token is JObject inner) return new(inner, Join(key), _file, _faults);
        Fault(key, $"{Shown(token)} is not an object");
        return null;
    }

    public IEnumerable<JsonFields> Objects(string key)
    {
        foreach (var (token, path) in Elements(key))
        {
            if (token is JObject inner) yield return new(inner, Join(path), _file, _faults);
            else Fault(path, $"{Shown(token)} is not an object");
        }
    }

    /// <summary>An object whose keys are numbers or names chosen by the author.</summary>
    public IEnumerable<KeyValuePair<string, JToken>> Map(string key)
    {
        if (Take(key, isRequired: false) is not { } token) return [];
        if (token is JObject inner) return inner.Properties().Select(static property => KeyValuePair.Create(property.Name, property.Value));
        Fault(key, $"{Shown(token)} is not an object");
        return [];
    }

    /// <summary>The objects of a list that hangs under a key of a <see cref="Map"/>.</summary>
    public IEnumerable<JsonFields> ObjectsOf(JToken list, string path)
    {
        if (list is not JArray array)
        {
            Fault(path, $"{Shown(list)} is not a list");
            yield break;
        }

        for (var index = 0; index < array.Count; index++)
        {
            var elementPath = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
            if (array[index] is JObject inner) yield return new(inner, Join(elementPath), _file, _faults);
            else Fault(elementPath, $"{Shown(array[index])} is not an object");
        }
    }

    /// <summary>Reports every key nobody asked for.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var property in _object.Properties())
        {
            if (!_known.Contains(property.Name)) Fault(property.Name, $"unknown key; known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }

    public static bool TryParseId(string text, out ushort id)
    {
        id = 0;
        return text.StartsWith("0x", StringComparison.Ordinal)
            && ushort.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id);
    }

    public static string Shown(JToken token)
    {
        var text = token.ToString(Newtonsoft.Json.Formatting.None);
        return text.Length <= 40 ? text : text[..40] + "…";
    }

    private string Join(string path) => _path.Length == 0 ? path : _path + "." + path;

    private IEnumerable<(JToken Token, string Path)> Elements(string key)
    {
        if (Take(key, isRequired: false) is not { } token) yield break;
        if (token is not JArray array)
        {
            Fault(key, $"{Shown(token)} is not a list");
            yield break;
        }

        for (var index = 0; index < array.Count; index++)
        {
            yield return (array[index], string.Create(CultureInfo.InvariantCulture, $"{key}[{index}]"));
        }
    }

    private JToken? Take(string key, bool isRequired)
    {
        _known.Add(key);
        if (_object.TryGetValue(key, StringComparison.Ordinal, out var token)) return token;
        if (isRequired) Fault(key, "is missing");
        return null;
    }
}
