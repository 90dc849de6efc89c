using Bridge.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Nothing that is said anywhere tells a key or the number on a label, however much is logged.</summary>
public sealed class NoKeyBytesTests(KeyedRun run) : IClassFixture<KeyedRun>
{
    // Four keys of Security 2 (that of Security 0 is handed over with it, too), one of Security 0.
    private const int HandedOver2 = 4;
    private const int HandedOver0 = 1;

    [Fact]
    public void No_line_of_the_log_has_a_key() => AssertNoKey(run.Log.Lines);

    [Fact]
    public void No_message_has_a_key() => AssertNoKey(run.Messages);

    [Fact]
    public void No_exception_has_a_key() => AssertNoKey(run.Exceptions);

    [Fact]
    public void What_is_told_of_a_key_file_has_no_key() => AssertNoKey(run.Told);

    [Fact]
    public void No_other_file_has_a_key()
    {
        Assert.NotEmpty(run.Files);
        AssertNone(run.Files.Select(file => (string.Join(", ", run.Finder.Find(file.Bytes)), file.Name)));
    }

    [Fact]
    public void No_number_of_a_label_is_logged() => AssertNoPin(run.Log.Lines);

    [Fact]
    public void No_number_of_a_label_is_in_a_message() => AssertNoPin(run.Messages);

    [Fact]
    public void No_number_of_a_label_is_in_an_exception() => AssertNoPin(run.Exceptions);

    [Fact]
    public void The_trace_shows_every_frame_but_those_with_keys()
    {
        var trace = string.Join('\n', run.Log.Of(LogLevel.Trace));
        string[] Hidden(IEnumerable<string> frames) => [.. frames.Distinct().Where(frame => !trace.Contains(frame, StringComparison.Ordinal))];
        var hidden2 = Hidden(run.Said2);
        Assert.Equal(HandedOver2, hidden2.Length);
        Assert.All(hidden2, static frame => Assert.StartsWith("9F 03 ", frame, StringComparison.Ordinal));
        // made with a key of zeros, so that everybody could open it: the first that is encrypted
        Assert.Equal([run.Said0.First(static frame => frame.StartsWith("98 81 ", StringComparison.Ordinal))], Hidden(run.Said0));
        Assert.InRange(trace.Split("that are not shown").Length - 1, HandedOver2 + HandedOver0, int.MaxValue);
    }

    [Fact]
    public void All_of_that_was_really_said()
    {
        var trace = run.Log.Of(LogLevel.Trace);
        foreach (var (way, frame) in new[] { (" > ", " 9F 03 "), (" < ", " 9F 03 "), (" > ", " 98 81 "), (" < ", " 98 81 ") })
        {
            var count = trace.Count(line => line.Contains(way, StringComparison.Ordinal) && line.Contains(frame, StringComparison.Ordinal));
            Assert.InRange(count, 20, int.MaxValue);
        }

        Assert.All(
            [
                "inclusion_keys_failed", "inclusion_keys\"", "node_included", "did not get the keys", "(Truncated): 98 06.", "(ReservedValue): 98 06.",
                "(Truncated): 9F 0A.", "(ReservedValue): 9F 0A.", "ignored a retained command",
            ],
            told => Assert.Contains(run.Messages, message => message.Contains(told, StringComparison.Ordinal)));
        Assert.Contains(run.Exceptions, static exception => exception.Contains("the PIN is wrong", StringComparison.Ordinal));
        Assert.Contains(run.Told, static text => text.Contains("cut.json", StringComparison.Ordinal));
        // 6 keys and 4 more of each, 2 of Security 0, 6 of each of two exchanges
        Assert.Equal((6 * 5) + 2 + (2 * 6), run.Finder.Count);
    }

    private void AssertNoKey(IReadOnlyList<string> said)
    {
        Assert.NotEmpty(said);
        AssertNone(said.Select(text => (string.Join(", ", run.Finder.Find(text)), text)));
    }

    private static void AssertNoPin(IReadOnlyList<string> said)
    {
        Assert.NotEmpty(said);
        AssertNone(said.Select(static text =>
            (KeyFinder.HasNumber(text, KeyedRun.Pin) || KeyFinder.HasNumber(text, KeyedRun.WrongPin) ? "the number" : string.Empty, text)));
    }

    private static void AssertNone(IEnumerable<(string Found, string Where)> looked)
    {
        var found = looked.Where(static one => one.Found.Length > 0).Select(static one => $"{one.Found}: {one.Where}").ToArray();
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }
}
