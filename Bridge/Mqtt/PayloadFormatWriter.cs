using System.Globalization;
using System.Text;

namespace Bridge.Mqtt;

/// <summary>Writes compact, strict JSON.</summary>
internal static class PayloadFormatWriter
{
    public static void Append(StringBuilder text, PayloadValue value)
    {
        switch (value.Kind)
        {
            case PayloadKind.Boolean:
                text.Append(value.Boolean ? "true" : "false");
                break;
            case PayloadKind.Number:
                text.Append(CultureInfo.InvariantCulture, $"{value.Number}");
                break;
            case PayloadKind.Text:
                AppendText(text, value.Text);
                break;
            case PayloadKind.List:
                AppendList(text, value.Items);
                break;
            case PayloadKind.Object:
                AppendObject(text, value.Members);
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void AppendList(StringBuilder text, IReadOnlyList<PayloadValue> items)
    {
        text.Append('[');
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0) text.Append(',');
            Append(text, items[index]);
        }

        text.Append(']');
    }

    private static void AppendObject(StringBuilder text, IReadOnlyList<KeyValuePair<string, PayloadValue>> members)
    {
        text.Append('{');
        for (var index = 0; index < members.Count; index++)
        {
            if (index > 0) text.Append(',');
            AppendText(text, members[index].Key);
            text.Append(':');
            Append(text, members[index].Value);
        }

        text.Append('}');
    }

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            switch (character)
            {
                case '"' or '\\':
                    text.Append('\\').Append(character);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ' or '\u007F':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
                    break;
                default:
                    text.Append(character);
                    break;
            }
        }

        text.Append('"');
    }
}
