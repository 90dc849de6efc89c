using System.Globalization;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Fuzz;

/// <summary>One side of a conversation that damaged frames are thrown into.</summary>
internal interface ISecurityTarget
{
    /// <summary>A genuine frame to begin the damage with; it was sent, and may never arrive.</summary>
    byte[] NextGenuine();

    /// <summary>Takes a damaged frame, and answers it as a node does.</summary>
    void Feed(byte[] damaged);

    /// <summary>A genuine conversation that must succeed, whatever came before.</summary>
    void Exchange();
}

/// <summary>
/// Damaged frames of Security 2 and Transport Service: nothing throws, nothing is opened that was not sent, and the conversation goes on afterwards. A short
/// run here, a long one on request (docs/fuzzing.md). The seed repeats the damage; keys and entropy are drawn anew in every run.
/// </summary>
public sealed class SecurityFuzzTests(ITestOutputHelper output)
{
    internal const string FramesVariable = "ZWBRIDGE_FUZZ_FRAMES";
    private const string SeedVariable = "ZWBRIDGE_FUZZ_SEED";
    private const long ShortRun = 20_000;
    private const int ShortSeed = 20260103;
    private const int LongestFrame = 200;

    /// <summary>Everything that keeps a state between frames of another node. A further one takes a line here.</summary>
    private static readonly Func<Random, ISecurityTarget>[] s_targets =
    [
        static random => new Security2Target(random),
        static random => new Security2Target(random),
        static random => new TransportServiceTarget(random),
    ];

    [Fact]
    public void Any_frames_neither_throw_nor_are_taken_for_genuine_nor_end_the_conversation()
    {
        var frames = Setting(FramesVariable) ?? ShortRun;
        var seed = (int?)Setting(SeedVariable) ?? (frames == ShortRun ? ShortSeed : Random.Shared.Next());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"security fuzz seed {seed}: {frames} frames"));
        var random = new Random(seed);
        var mutator = new FrameMutator(random, LongestFrame);
        ISecurityTarget[] targets = [.. s_targets.Select(make => make(random))];
        byte[] last = [];
        for (long number = 1; number <= frames; number++)
        {
            var target = targets[random.Next(targets.Length)];
            byte[] damaged = [];
            try
            {
                var genuine = target.NextGenuine();
                damaged = mutator.Mutate(genuine, last, random.Next(1, 4));
                last = genuine;
                target.Feed(damaged);
                if (random.Next(3) == 0 || number == frames) target.Exchange();
            }
            catch (Exception cause)
            {
                throw new InvalidOperationException($"seed {seed}, frame {number} {Hex.Spaced(damaged)}: {cause.Message}", cause);
            }
        }
    }

    internal static long? Setting(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
        : null;
}
