using System.Globalization;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.Fuzz;

/// <summary>Measures memory, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(FuzzTests), DisableParallelization = true)]
public sealed class FuzzCollection;

/// <summary>
/// Random and damaged frames through everything that reads bytes from outside: a short run of fixed numbers here, a long one on request
/// (docs/fuzzing.md).
/// </summary>
[Collection(nameof(FuzzTests))]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const string FramesVariable = "ZWBRIDGE_FUZZ_FRAMES";
    private const string SeedVariable = "ZWBRIDGE_FUZZ_SEED";
    private const long ShortRun = 100_000;
    private const int ShortSeed = 20260101;

    // What may be kept fills up in the first tenth of a run; what is left is the noise of the runtime itself.
    private const long AllowedGrowth = 8 * 1024 * 1024;

    [Fact]
    public void Any_frames_neither_throw_nor_lose_the_next_good_frame_nor_let_memory_grow()
    {
        var frames = Setting(FramesVariable) ?? ShortRun;
        var seed = (int?)Setting(SeedVariable) ?? (frames == ShortRun ? ShortSeed : Random.Shared.Next());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fuzz seed {seed}: {frames} frames"));
        var report = new FuzzRun(seed, SeedCorpus.Instance).Run(frames);
        output.WriteLine(report.ToString());
        Assert.True(report.MemoryMost - report.MemoryBefore < AllowedGrowth, report.ToString());
        if (frames < ShortRun) return;
        Assert.Empty(NeverDecoded(report));
        Assert.True(report is { Datagrams: > 0, Joined: > 0 }, report.ToString());
    }

    [Fact]
    public void A_broken_rule_is_told_with_seed_frame_number_and_bytes()
    {
        FuzzInput? last = null;
        var number = 0;
        var run = new FuzzRun(7, SeedCorpus.Instance)
        {
            OnFrame = input =>
            {
                last = input;
                FuzzViolation.Unless(++number < 50, "a rule of this test");
            },
        };
        var failure = Assert.Throws<FuzzFailure>(() => run.Run(1000));
        Assert.Contains("seed 7, frame 50 ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Bridge.ZWave.Wire.Hex.Spaced(last!.Value.Bytes), failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("a rule of this test", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_frames()
    {
        var corpus = SeedCorpus.Instance;
        var first = Frames(corpus);
        Assert.Equal(first, Frames(corpus));
        Assert.Distinct(first);

        static List<string> Frames(SeedCorpus corpus)
        {
            List<string> frames = [];
            new FuzzRun(3, corpus) { OnFrame = input => frames.Add($"{frames.Count} {input.Kind} {Convert.ToHexString(input.Bytes)}") }.Run(2000);
            return frames;
        }
    }

    /// <summary>A run that never gets past the headers would prove nothing.</summary>
    private static IEnumerable<string> NeverDecoded(FuzzReport report)
    {
        var commands = CommandRegistry.All.SelectMany(static definition => definition.Commands)
            .Where(command => !report.Commands.ContainsKey(command.Id))
            .Select(static command => command.Name);
        var messages = FunctionRegistry.All.SelectMany(static definition => definition.Messages)
            .Where(message => !report.Messages.ContainsKey((message.Function, message.Kind)))
            .Select(static message => $"{message.Function} {message.Kind}");
        return commands.Concat(messages);
    }

    private static long? Setting(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
        : null;
}
