using Bridge.Tests.Support;
using Bridge.ZWave.Storage;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.ZWave.Storage;

public sealed class RememberedJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];

    private string Path => _folder["remembered.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_there_is_read_numbers_to_the_last_digit_and_times_as_text()
    {
        File.WriteAllText(Path, """{"at": "2026-01-31T12:00:00Z", "limit": 0.1000000000000000000000000001}""");
        var (at, limit) = Load(root => Tuple.Create((string?)root["at"], (decimal)root["limit"]!))!;
        Assert.Equal(("2026-01-31T12:00:00Z", 0.1000000000000000000000000001m), (at, limit));
        Assert.Empty(_told);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    // deeper than four
    [InlineData("""{"a": {"b": {"c": {"d": {}}}}}""")]
    public void What_is_wrong_is_set_aside_whole_and_told_once(string content)
    {
        File.WriteAllText(Path, content);
        Assert.Null(Load(static root => root));
        var aside = Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Equal(content, File.ReadAllText(aside));
        Assert.Matches($"^{Path} set aside as {aside}: .+", Assert.Single(_told));
        // nothing is left to complain about
        Assert.Null(Load(static root => root));
        Assert.Single(_told);
    }

    [Fact]
    public void What_its_reader_refuses_is_set_aside_with_the_reason()
    {
        File.WriteAllText(Path, "{}");
        Assert.Null(Load<JObject>(static _ => throw new FormatException("there is no list of nodes")));
        Assert.EndsWith(": there is no list of nodes", Assert.Single(_told), StringComparison.Ordinal);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void What_is_larger_than_any_file_of_ours_is_set_aside_unread()
    {
        File.WriteAllText(Path, """{"a": 1}""");
        var isRead = false;
        Assert.Null(Load(
            root =>
            {
                isRead = true;
                return root;
            },
            maximumBytes: 7));
        Assert.False(isRead);
        Assert.EndsWith(": it is too large", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_opened_is_left_alone_and_told()
    {
        File.WriteAllText(Path, "{}");
        using (new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) Assert.Null(Load(static root => root));
        Assert.StartsWith($"{Path} unreadable: ", Assert.Single(_told), StringComparison.Ordinal);
        Assert.Equal([Path], Directory.GetFiles(_folder.Path));
        Assert.NotNull(Load(static root => root));
    }

    private T? Load<T>(Func<JObject, T> read, long maximumBytes = long.MaxValue)
        where T : class =>
        new RememberedJson(
            TimeProvider.System, maximumDepth: 4, (path, reason) => _told.Add($"{path} unreadable: {reason}"),
            (path, aside, reason) => _told.Add($"{path} set aside as {aside}: {reason}"))
        { MaximumBytes = maximumBytes }.Load(Path, read);
}
