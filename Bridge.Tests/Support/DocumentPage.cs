using System.Text.RegularExpressions;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>A page of documentation and the parts of it that are held true: <c>&lt;!-- begin name --&gt;</c> to <c>&lt;!-- end name --&gt;</c>.</summary>
internal sealed partial class DocumentPage(params string[] path)
{
    private readonly string _file = Repository.Path(path);

    public string Text => File.ReadAllText(_file);

    /// <summary>First column of the table in a part, without the marks around it.</summary>
    public string[] Names(string part) =>
        [.. Row().Matches(Part(part)).Select(static row => row.Groups[1].Value)];

    /// <summary>Each row of the table in a part: its cells as written.</summary>
    public string[][] Rows(string part) =>
        [.. Part(part).Split('\n').Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(static line => line.Split('|')[1..^1].Select(static cell => cell.Trim()).ToArray())];

    /// <summary>The part is this text; with <see cref="Golden.Variable"/> it becomes it.</summary>
    public void Approved(string part, string expected)
    {
        var wanted = $"\n\n{expected.Trim('\n')}\n\n";
        var actual = Part(part);
        if (actual == wanted) return;
        if (Environment.GetEnvironmentVariable(Golden.Variable) == "1")
        {
            File.WriteAllText(_file, Text.Replace(Begin(part) + actual + End(part), Begin(part) + wanted + End(part), StringComparison.Ordinal));
            return;
        }

        Assert.Fail($"part '{part}' of {_file} is not what the program has; run the test with {Golden.Variable}=1 and read the difference");
    }

    /// <summary>What stands in fences of a language, in order.</summary>
    public IEnumerable<string> Fences(string language) =>
        Fence().Matches(Text).Where(fence => fence.Groups[1].Value == language).Select(static fence => fence.Groups[2].Value);

    private static string Begin(string part) => $"<!-- begin {part} -->";

    private static string End(string part) => $"<!-- end {part} -->";

    private string Part(string part)
    {
        var text = Text;
        var begin = text.IndexOf(Begin(part), StringComparison.Ordinal);
        var end = text.IndexOf(End(part), StringComparison.Ordinal);
        Assert.True(begin >= 0 && end > begin, $"{_file} has no part '{part}'");
        return text[(begin + Begin(part).Length)..end];
    }

    [GeneratedRegex("^\\| `([^`]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^```(\\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
