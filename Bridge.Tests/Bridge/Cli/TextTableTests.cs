using Bridge.Cli;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_longest_cell() =>
        Assert.Equal("a     bb  c\nlong  b   cc\n", TextTable.Format([["a", "bb", "c"], ["long", "b", "cc"]]));

    [Fact]
    public void A_long_last_cell_is_wrapped_behind_commas_and_loses_nothing()
    {
        var words = Enumerable.Range(1, 40).Select(static number => $"CLASS_{number} 1").ToArray();
        var table = TextTable.Format([["node", "classes"], ["2", string.Join(", ", words)]]);
        var lines = table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 3);
        Assert.All(lines, static line => Assert.InRange(line.Length, 1, 120));
        Assert.All(lines.Skip(2), static line => Assert.StartsWith("      CLASS_", line, StringComparison.Ordinal));
        var joined = string.Join(' ', lines.Skip(1).Select(static line => line.Trim()));
        Assert.Equal("2     " + string.Join(", ", words), joined);
    }
}
