using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Bridge.Mqtt;
using Bridge.Properties;

namespace Bridge.Commands;

/// <summary>Reads the value for one property: every spelling people and programs use, and nothing else.</summary>
public static class PropertyInput
{
    private const string SwitchSpellings = "allowed are ON, OFF, TOGGLE, true, false, 1 and 0";

    /// <summary>
    /// For a relay: true, false, or null for the opposite. ON, OFF and TOGGLE in any case, JSON booleans, 1 and 0; the same as JSON text.
    /// </summary>
    public static bool TryReadSwitch(NodeProperty property, PayloadValue value, out bool? isOn, [NotNullWhen(false)] out CommandFault? fault)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(value);
        fault = null;
        isOn = null;
        switch (value.Kind)
        {
            case PayloadKind.Boolean:
                isOn = value.Boolean;
                return true;
            case PayloadKind.Number when value.Number is 0 or 1:
                isOn = value.Number == 1;
                return true;
            case PayloadKind.Text:
                switch (value.Text.Trim().ToUpperInvariant())
                {
                    case "ON" or "TRUE" or "1":
                        isOn = true;
                        return true;
                    case "OFF" or "FALSE" or "0":
                        isOn = false;
                        return true;
                    case "TOGGLE":
                        return true;
                }

                break;
        }

        fault = CommandFault.Of(property.Name, value, SwitchSpellings);
        return false;
    }

    /// <summary>For a parameter or a protection: the number, or the label of an option (in any case).</summary>
    /// <remarks>
    /// In an enumeration a label wins over a number that is spelled alike: labels are what the state shows. In one unsigned byte -1 is
    /// taken for 255, in a signed one 255 for -1: it is the same byte, and devices' manuals use both.
    /// </remarks>
    public static bool TryReadNumber(NodeProperty property, PayloadValue value, out long number, [NotNullWhen(false)] out CommandFault? fault)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(value);
        number = 0;
        fault = null;
        var isRead = value.Kind switch
        {
            PayloadKind.Number => property.IsEnumeration && TryLabel(property, value.ToString(), out number) || TryWhole(value.Number, out number),
            PayloadKind.Text => TryLabel(property, value.Text.Trim(), out number)
                || (decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && TryWhole(parsed, out number)),
            _ => false,
        };
        if (isRead && TryNormalize(property, ref number)) return true;
        fault = CommandFault.Of(property.Name, value, Allowed(property));
        return false;
    }

    /// <summary>True unless the payload says not to: <c>false</c>, 0, OFF or null. A button sends any word it likes.</summary>
    public static bool TryReadStart(NodeProperty property, PayloadValue value, [NotNullWhen(false)] out CommandFault? fault)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(value);
        var isStart = value.Kind switch
        {
            PayloadKind.Boolean => value.Boolean,
            PayloadKind.Number => value.Number != 0,
            PayloadKind.Text => value.Text.Trim().ToUpperInvariant() is not ("OFF" or "FALSE" or "0"),
            PayloadKind.Empty => true,
            _ => false,
        };
        fault = isStart ? null : CommandFault.Of(property.Name, value, "it is started by PRESS, true or any other word but OFF, false and 0");
        return isStart;
    }

    /// <summary>What a parameter or a protection takes, in words: "allowed are 10..100 and 0 (Off), in %".</summary>
    public static string Allowed(NodeProperty property)
    {
        ArgumentNullException.ThrowIfNull(property);
        if (property.IsEnumeration) return "allowed are " + string.Join(", ", property.Options.OrderBy(static option => option.Key).Select(Name));
        var minimum = property.Minimum ?? int.MinValue;
        var maximum = property.Maximum ?? uint.MaxValue;
        var text = string.Create(CultureInfo.InvariantCulture, $"allowed are whole numbers {minimum}..{maximum}");
        var outside = property.Parameter?.AlsoAllowed.Where(number => number < minimum || number > maximum).ToArray() ?? [];
        if (outside.Length > 0) text += " and " + string.Join(", ", outside);
        if (property.Parameter?.Forbidden is { Count: > 0 } forbidden) text += " except " + string.Join(", ", forbidden);
        if (property.Unit is { } unit) text += $", in {unit}";
        if (property.Options.Count == 0) return text;
        var labels = property.Options.OrderBy(static option => option.Key).Select(static option => $"\"{option.Value}\"");
        return $"{text}; or {string.Join(", ", labels)}";
    }

    /// <summary>How the state object shows a number of this property: its label in an enumeration, else the number.</summary>
    public static PayloadValue Show(NodeProperty property, long number)
    {
        ArgumentNullException.ThrowIfNull(property);
        if (property.IsEnumeration && property.Options.TryGetValue(number, out var label)) return PayloadValue.Of(label);
        return PayloadValue.Of((decimal)number);
    }

    private static string Name(KeyValuePair<long, string> option) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{option.Value}\" ({option.Key})");

    private static bool TryLabel(NodeProperty property, string text, out long number)
    {
        foreach (var (value, label) in property.Options.OrderBy(static option => option.Key))
        {
            if (!string.Equals(label, text, StringComparison.OrdinalIgnoreCase)) continue;
            number = value;
            return true;
        }

        number = 0;
        return false;
    }

    private static bool TryWhole(decimal value, out long number)
    {
        var isWhole = value == decimal.Truncate(value) && value is >= int.MinValue and <= uint.MaxValue;
        number = isWhole ? (long)value : 0;
        return isWhole;
    }

    private static bool TryNormalize(NodeProperty property, ref long number)
    {
        if (IsLegal(property, number)) return true;
        if (property.Parameter is not { Size: 1 } || number is < sbyte.MinValue or > byte.MaxValue) return false;
        long other = number < 0 ? (byte)number : (long)(sbyte)(byte)number;
        if (!IsLegal(property, other)) return false;
        number = other;
        return true;
    }

    private static bool IsLegal(NodeProperty property, long number)
    {
        if (property.Parameter is { } parameter) return parameter.Accepts(number);
        if (property.IsEnumeration) return property.Options.ContainsKey(number);
        return number >= (property.Minimum ?? number) && number <= (property.Maximum ?? number);
    }
}
