using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Bridge.Discovery;

/// <summary>
/// Puts the values of facts into a payload. A text that is only <c>${name}</c> becomes the value with its type; where a value is absent, the
/// key (or the element of a list) is left out. The payload itself is not changed.
/// </summary>
public static class TemplateExpander
{
    public static JObject Expand(JObject payload, Facts facts)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentNullException.ThrowIfNull(facts);
        return (JObject)Expand((JToken)payload, facts)!;
    }

    /// <summary>A text with names in it as text; null when a value is absent.</summary>
    public static string? Expand(TemplateText text, Facts facts)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Fill(name => facts.TryFind(name, out var value) ? Token(value).ToString() : null);
    }

    private static JToken? Expand(JToken token, Facts facts)
    {
        switch (token)
        {
            case JObject fields:
                JObject filled = [];
                foreach (var (name, value) in fields)
                {
                    if (Expand(value!, facts) is { } kept) filled.Add(name, kept);
                }

                return filled;
            case JArray list:
                return new JArray(list.Select(element => Expand(element, facts)).OfType<JToken>());
            case JValue { Value: string text }:
                // The reader has refused what cannot be parsed.
                TemplateText.TryParse(text, out var parsed);
                if (parsed.OnlyName is { } only) return facts.TryFind(only, out var found) ? Token(found) : null;
                return Expand(parsed, facts) is { } expanded ? new JValue(expanded) : null;
            default:
                return token.DeepClone();
        }
    }

    private static JToken Token(object? value) => value switch
    {
        null => JValue.CreateNull(),
        string text => new JValue(text),
        bool flag => new JValue(flag),
        // 5.0 and 5 are the same number; the shorter one is what people write.
        decimal number when number == decimal.Truncate(number) && Math.Abs(number) <= long.MaxValue => new JValue((long)number),
        decimal number => new JValue(number),
        IEnumerable<string> texts => new JArray(texts.Select(static text => new JValue(text))),
        _ => new JValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };
}
