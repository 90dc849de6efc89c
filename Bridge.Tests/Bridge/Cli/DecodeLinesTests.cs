using System.Text;
using Bridge.Cli;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class DecodeLinesTests
{
    private const string NotHex = """{"kind":"cc","ok":false,"error":{"code":"invalid"}}""";

    [Theory]
    [InlineData("2502\n2002\n")]
    [InlineData("2502\n2002")]
    [InlineData("2502\r\n2002\r\n")]
    public async Task Every_line_gives_one_line_whatever_ends_it(string input)
    {
        var run = await CommandLineRun.WithInput(input, "decode", "-");
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal(["0x25", "0x20"], run.Lines.Select(static line => (string?)JObject.Parse(line)["commandClass"]));
    }

    [Fact]
    public async Task Empty_and_bad_lines_are_answered_and_end_nothing()
    {
        var run = await CommandLineRun.WithInput("\nnonsense\n\0\n2502\n", "decode", "-");
        Assert.Equal([NotHex, NotHex, NotHex], run.Lines[..3]);
        Assert.Contains("SWITCH_BINARY_GET", run.Lines[3], StringComparison.Ordinal);
        Assert.Equal(4, run.Lines.Length);
    }

    [Fact]
    public async Task No_input_gives_no_output() => Assert.Empty((await CommandLineRun.WithInput(string.Empty, "decode", "-")).Output);

    [Fact]
    public async Task Options_hold_for_every_line()
    {
        var run = await CommandLineRun.WithInput("0606\n01\n", "decode", "--kind", "serial", "-");
        Assert.All(run.Lines, static line => Assert.Equal("serial", (string?)JObject.Parse(line)["kind"]));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_malformed_and_the_next_one_is_read()
    {
        var longest = new string('0', DecodeLines.MaximumLine);
        var run = await CommandLineRun.WithInput($"{longest}00{longest}\n2502\n{longest}", "decode", "-");
        Assert.Equal(3, run.Lines.Length);
        Assert.Equal(NotHex, run.Lines[0]);
        Assert.Contains("SWITCH_BINARY_GET", run.Lines[1], StringComparison.Ordinal);
        Assert.True((bool)JObject.Parse(run.Lines[2])["ok"]!); // No Operation, and whatever is behind it
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4096)]
    public async Task Lines_may_come_in_pieces_of_any_size(int size)
    {
        var input = string.Concat(Enumerable.Range(0, 300).Select(static index => index % 3 == 0 ? "2502\n" : "2503FF\n"));
        using var output = new StringWriter();
        await new DecodeLines(static (line, text) => text.Append(line).Append('\n'))
            .RunAsync(new(new PieceReader(input, size), output, TextWriter.Null), CancellationToken.None);
        Assert.Equal(input, output.ToString());
    }

    [Fact]
    public async Task Answers_are_written_before_more_input_is_waited_for()
    {
        using var output = new StringWriter();
        var written = string.Empty;
        using var input = new PieceReader("2502\n2002\n", size: 5) { BeforeSecondRead = () => written = output.ToString() };
        await new DecodeLines(static (line, text) => text.Append(line).Append('\n'))
            .RunAsync(new(input, output, TextWriter.Null), CancellationToken.None);
        Assert.Equal("2502\n", written);
    }

    [Fact]
    public void A_defect_costs_one_line_and_is_told()
    {
        using var problems = new StringWriter();
        var output = new StringBuilder("before\n");
        var guarded = DecodeLines.Guard(static (_, text) =>
        {
            text.Append("half a li");
            throw new InvalidOperationException("the reason");
        }, problems);
        guarded("2502", output);
        Assert.Equal($"before\n{NotHex}\n", output.ToString());
        Assert.Contains("the reason; input 2502\n", problems.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_thousand_lines_are_answered_in_one_run_and_in_order()
    {
        // commands that carry their line number (Wake Up Interval Set, seconds), a frame and a bad line every thousand
        const int Count = 100_000;
        var input = new StringBuilder();
        for (var index = 0; index < Count; index++)
        {
            input.Append((index % 1000) switch
            {
                500 => "010A0004000C032503FFB592",
                501 => "not hex",
                _ => $"8404{index:X6}01",
            }).Append('\n');
        }

        var run = await CommandLineRun.WithInput(input.ToString(), "decode", "-");
        Assert.Equal(ExitCode.Success, run.Code);
        var lines = run.Lines;
        Assert.Equal(Count, lines.Length);
        for (var index = 0; index < Count; index++)
        {
            var expected = (index % 1000) switch
            {
                500 => "\"rxRssi\":-75}",
                501 => NotHex,
                _ => $"{{\"seconds\":{index},\"nodeId\":1}}",
            };
            Assert.Contains(expected, lines[index], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Any_bytes_give_one_json_object_a_line_and_no_defect()
    {
        // fixed seed: the same 60,000 lines each time; half of them start like a command that is known
        var random = new Random(20);
        CommandId[] commands = [.. CommandRegistry.All.SelectMany(static definition => definition.Commands).Select(static row => row.Id)];
        var input = new StringBuilder();
        for (var index = 0; index < 60_000; index++)
        {
            var bytes = new byte[random.Next(1, 40)];
            random.NextBytes(bytes);
            if (index % 2 == 0)
            {
                var command = commands[random.Next(commands.Length)];
                bytes = [(byte)command.CommandClass.Value, command.Command, .. bytes];
            }

            input.Append(Convert.ToHexString(bytes)).Append('\n');
        }

        var run = await CommandLineRun.WithInput(input.ToString(), "decode", "-");
        Assert.Empty(run.Error);
        Assert.Equal(60_000, run.Lines.Length);
        Assert.All(run.Lines, static line => Assert.NotNull(JObject.Parse(line)["ok"]));
    }

    [Fact]
    public async Task Any_frame_gives_one_json_object_a_line_and_no_defect()
    {
        var random = new Random(21);
        var input = new StringBuilder();
        for (var index = 0; index < 60_000; index++)
        {
            var payload = new byte[random.Next(0, 40)];
            random.NextBytes(payload);
            var frame = new DataFrame(
                (FrameType)random.Next(2), new((byte)random.Next(256)), payload);
            input.Append(Convert.ToHexString(frame.ToBytes())).Append('\n');
        }

        foreach (var from in new[] { "host", "module" })
        {
            var run = await CommandLineRun.WithInput(input.ToString(), "decode", "--from", from, "--node-id-bits", "16", "-");
            Assert.Empty(run.Error);
            Assert.Equal(60_000, run.Lines.Length);
            Assert.All(run.Lines, static line => Assert.Equal("serial", (string?)JObject.Parse(line)["kind"]));
        }
    }

    /// <summary>Gives a text in pieces, as a pipe does.</summary>
    private sealed class PieceReader(string text, int size) : TextReader
    {
        private int _position;
        private int _reads;

        public Action? BeforeSecondRead { get; init; }

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            if (++_reads == 2) BeforeSecondRead?.Invoke();
            var count = Math.Min(Math.Min(size, buffer.Length), text.Length - _position);
            text.AsSpan(_position, count).CopyTo(buffer.Span);
            _position += count;
            return ValueTask.FromResult(count);
        }
    }
}
