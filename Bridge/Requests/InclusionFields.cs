using System.Globalization;
using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;

namespace Bridge.Requests;

/// <summary>What several requests say about inclusion: how long, with which keys.</summary>
public static class InclusionFields
{
    /// <summary>Seconds a node may join or leave when a request does not say.</summary>
    public const int UsualSeconds = 60;

    /// <summary>The longest time that can be asked for, as with comparable bridges.</summary>
    public const int MaximumSeconds = 254;

    private const int PinDigits = 5;

    /// <summary><c>time</c>, in seconds; 0 ends the wait.</summary>
    public static int Seconds(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return (int)(fields.Number("time", 0, MaximumSeconds) ?? UsualSeconds);
    }

    /// <summary><c>strategy</c>: default, s2 (secure or not at all), s0, insecure. Null: not there, or a fault.</summary>
    public static InclusionStrategy? Strategy(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Find("strategy") is not { } value) return null;
        if (value.Kind == PayloadKind.Text && InclusionWords.TryParse(value.Text, out var strategy)) return strategy;
        fields.Refuse("strategy", value, $"allowed are {InclusionWords.Allowed}");
        return null;
    }

    /// <summary><c>classes</c>: a list of words, or one; empty and "none": nothing at all. Null: not there, or a fault.</summary>
    public static SecurityClasses? Classes(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Find("classes") is not { } value) return null;
        IReadOnlyList<PayloadValue> items = value.Kind == PayloadKind.List ? value.Items : [value];
        List<SecurityClass> classes = [];
        foreach (var item in items)
        {
            if (item.Kind == PayloadKind.Text && SecurityClassWords.TryParse(item.Text.Trim(), out var read)) classes.Add(read);
            else fields.Refuse("classes", item, $"it takes {string.Join(", ", SecurityClassWords.Grantable)}, or {SecurityClassWords.None}");
        }

        return SecurityClasses.Of([.. classes]);
    }

    /// <summary><c>pin</c>: the five digits on the label, as text or number. Null: not there, or a fault, which does not repeat what was given.</summary>
    public static ushort? Pin(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Find("pin") is not { } value) return null;
        switch (value.Kind)
        {
            case PayloadKind.Number when value.Number == decimal.Truncate(value.Number) && value.Number is >= 0 and <= ushort.MaxValue:
                return (ushort)value.Number;
            case PayloadKind.Text when value.Text.Trim() is { Length: PinDigits } text && text.All(char.IsAsciiDigit)
                && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pin):
                return pin;
            default:
                fields.Refuse("\"pin\" has to be the first five digits on the label of the device, 00000..65535");
                return null;
        }
    }

    /// <summary>The words of a set of classes, strongest first.</summary>
    public static PayloadValue Of(SecurityClasses classes) =>
        PayloadValue.Of([.. classes.StrongestFirst.Select(static one => PayloadValue.Of(SecurityClassWords.Of(one)))]);
}
