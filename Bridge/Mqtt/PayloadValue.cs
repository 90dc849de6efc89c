using System.Globalization;

namespace Bridge.Mqtt;

/// <summary>What a payload holds.</summary>
public enum PayloadKind
{
    /// <summary>Nothing, or blanks only.</summary>
    Empty,
    Null,
    Boolean,
    Number,

    /// <summary>A JSON string, or text that is no JSON at all: <c>ON</c> and <c>"ON"</c> are the same.</summary>
    Text,
    List,
    Object,
}

/// <summary>A payload or a part of one, taken apart. Immutable.</summary>
public sealed record PayloadValue(PayloadKind Kind)
{
    public static readonly PayloadValue Empty = new(PayloadKind.Empty);
    public static readonly PayloadValue Null = new(PayloadKind.Null);

    public bool Boolean { get; private init; }

    public decimal Number { get; private init; }

    public string Text { get; private init; } = string.Empty;

    public IReadOnlyList<PayloadValue> Items { get; private init; } = [];

    /// <summary>Members in the order of the payload; each key once.</summary>
    public IReadOnlyList<KeyValuePair<string, PayloadValue>> Members { get; private init; } = [];

    public static PayloadValue Of(bool value) => new(PayloadKind.Boolean) { Boolean = value };

    public static PayloadValue Of(decimal value) => new(PayloadKind.Number) { Number = value };

    public static PayloadValue Of(string value) => new(PayloadKind.Text) { Text = value };

    public static PayloadValue Of(IReadOnlyList<PayloadValue> items) => new(PayloadKind.List) { Items = items };

    public static PayloadValue Of(IReadOnlyList<KeyValuePair<string, PayloadValue>> members) => new(PayloadKind.Object) { Members = members };

    /// <summary>The member, or null when this is no object or has none of the name.</summary>
    public PayloadValue? Find(string key)
    {
        foreach (var (name, value) in Members)
        {
            if (name == key) return value;
        }

        return null;
    }

    /// <summary>For messages: "2000", "true", "ON", "an object".</summary>
    public override string ToString() => Kind switch
    {
        PayloadKind.Empty => "nothing",
        PayloadKind.Null => "null",
        PayloadKind.Boolean => Boolean ? "true" : "false",
        PayloadKind.Number => Number.ToString(CultureInfo.InvariantCulture),
        PayloadKind.Text => Text,
        PayloadKind.List => "a list",
        _ => "an object",
    };
}
