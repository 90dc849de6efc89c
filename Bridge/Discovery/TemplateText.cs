using System.Text;

namespace Bridge.Discovery;

/// <summary>
/// A text with <c>${name}</c> in it, taken apart. <c>$${</c> stands for <c>${</c> itself. Braces without a dollar sign mean nothing here:
/// they belong to the templates of whoever reads the document.
/// </summary>
public sealed class TemplateText
{
    private readonly List<(string Text, bool IsName)> _parts;

    private TemplateText(List<(string, bool)> parts) => _parts = parts;

    /// <summary>Every name in it.</summary>
    public IEnumerable<string> Names => _parts.Where(static part => part.IsName).Select(static part => part.Text);

    /// <summary>The text between the names.</summary>
    public IEnumerable<string> Literals => _parts.Where(static part => !part.IsName).Select(static part => part.Text);

    /// <summary>The name, when the text is nothing but one: then its value keeps its type.</summary>
    public string? OnlyName => _parts is [(var name, true)] ? name : null;

    /// <returns>Null, or what is wrong with it.</returns>
    public static string? TryParse(string text, out TemplateText parsed)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<(string, bool)> parts = [];
        parsed = new(parts);
        StringBuilder literal = new();
        for (var at = 0; at < text.Length;)
        {
            var rest = text.AsSpan(at);
            if (rest.StartsWith("$${"))
            {
                literal.Append("${");
                at += 3;
                continue;
            }

            if (!rest.StartsWith("${"))
            {
                literal.Append(text[at++]);
                continue;
            }

            var end = text.IndexOf('}', at);
            if (end < 0) return "\"${\" without \"}\"; write \"$${\" for the characters themselves";
            if (literal.Length > 0) parts.Add((literal.ToString(), false));
            literal.Clear();
            parts.Add((text[(at + 2)..end], true));
            at = end + 1;
        }

        if (literal.Length > 0) parts.Add((literal.ToString(), false));
        return null;
    }

    /// <summary>The text with every name replaced; null when one of them is absent.</summary>
    /// <param name="find">The value of a name as text, null: absent.</param>
    public string? Fill(Func<string, string?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        StringBuilder filled = new();
        foreach (var (text, isName) in _parts)
        {
            if ((isName ? find(text) : text) is not { } part) return null;
            filled.Append(part);
        }

        return filled.ToString();
    }
}
