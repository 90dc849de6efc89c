using System.Text;

namespace Bridge.Cli;

/// <summary>Rows as text in columns.</summary>
public static class TextTable
{
    private const int Width = 120;
    private const string Gap = "  ";
    private const string Separator = ", ";

    /// <summary>Columns as wide as their longest cell; the last one is wrapped behind commas.</summary>
    public static string Format(IReadOnlyList<string[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder();
        if (rows.Count == 0) return string.Empty;
        var widths = Enumerable.Range(0, rows[0].Length - 1).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var indent = widths.Sum() + (Gap.Length * widths.Length);
        foreach (var row in rows)
        {
            for (var column = 0; column < widths.Length; column++) text.Append(row[column].PadRight(widths[column])).Append(Gap);
            AppendWrapped(row[^1], indent, text);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void AppendWrapped(string cell, int indent, StringBuilder text)
    {
        var used = indent;
        foreach (var part in cell.Split(Separator))
        {
            var isFirst = used == indent;
            if (!isFirst && used + Separator.Length + part.Length >= Width)
            {
                text.Append(',').Append('\n').Append(' ', indent);
                used = indent;
            }
            else if (!isFirst)
            {
                text.Append(Separator);
                used += Separator.Length;
            }

            text.Append(part);
            used += part.Length;
        }
    }
}
