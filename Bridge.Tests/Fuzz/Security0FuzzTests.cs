using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Fuzz;

/// <summary>Frames of any kind before and between good ones of Security 0: a short fixed run here, a longer one on request (docs/fuzzing.md).</summary>
public sealed class Security0FuzzTests
{
    private const int Frames = 30_000;
    private const int Seed = 20260102;

    [Fact]
    public void Any_frames_neither_throw_nor_open_nor_keep_a_good_exchange_from_working()
    {
        var random = new Random(Seed);
        var generator = new FrameGenerator(random, SeedCorpus.Instance);
        var check = new Security0Check(random);
        var frames = SecurityFuzzTests.Setting(SecurityFuzzTests.FramesVariable) ?? Frames;
        for (var number = 0; number < frames; number++)
        {
            var input = generator.Next();
            try
            {
                check.Run(Disguised(input.Bytes, random), new((ushort)random.Next(0, 6)));
            }
            catch (Exception cause)
            {
                throw new FuzzFailure(Seed, number, input, cause);
            }
        }

        Assert.True(check.Opened > 1000);
    }

    /// <summary>Often with the header of a Message Encapsulation in front.</summary>
    private static byte[] Disguised(byte[] bytes, Random random) => random.Next(3) switch
    {
        0 => [0x98, 0x81, .. bytes],
        1 => [0x98, 0xC1, .. bytes],
        _ => bytes,
    };
}
