using Bridge.Tests.Fuzz;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Bridge.Tests.ZWave.Security.Security0Line;

namespace Bridge.Tests.ZWave.Security;

public sealed class Security0Properties
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Fact]
    public void Any_command_that_fits_comes_through_in_one_frame_or_two()
    {
        var cases =
            from payload in Gen.Choose(21, 274)
            from length in Gen.Choose(1, 2 * (payload - 20))
            from seed in Gen.Choose(0, int.MaxValue)
            select (payload, length, seed);
        Prop.ForAll(Arb.From(cases), static input =>
        {
            var line = new Security0Line();
            var command = new byte[input.length];
            new Random(input.seed).NextBytes(command);
            var frames = Security0State.FramesFor(command.Length, input.payload);
            for (var part = 0; part < frames; part++)
            {
                line.GiveNonceToHost();
                var frame = Encrypt(line.AtHost, Plug, command, part, input.payload);
                if (frame is null || frame.Length > input.payload) return false;
                var result = line.PlugReceives(frame, out var received);
                if (part + 1 < frames && result != Security0Result.FirstPart) return false;
                if (part + 1 == frames && (result != Security0Result.Opened || !received.AsSpan().SequenceEqual(command))) return false;
            }

            return frames is 1 or 2;
        }).Check(s_config);
    }

    [Fact]
    public void Over_a_line_that_loses_delays_repeats_and_changes_frames_only_what_was_sent_arrives_and_at_most_once()
    {
        var cases = from seed in Gen.Choose(0, int.MaxValue) from trouble in Gen.Frequency((1, Gen.Constant(0)), (9, Gen.Choose(1, 60))) select (seed, trouble);
        Prop.ForAll(Arb.From(cases), static input =>
        {
            var random = new Random(input.seed);
            var line = new Security0Line();
            var mutator = new FrameMutator(random, longest: 300);
            List<byte[]> onTheLine = [];
            HashSet<string> sent = [];
            var arrived = 0;
            for (var number = 0; number < 60; number++)
            {
                byte[] command = [0x25, (byte)number, .. new byte[random.Next(51)]];
                sent.Add(Hex.Spaced(command));
                for (var part = 0; part < Security0State.FramesFor(command.Length, MaximumPayload); part++)
                {
                    line.GiveNonceToHost();
                    if (random.Next(100) < input.trouble) line.GiveNonceToHost();
                    var frame = line.HostSends(command, part);
                    onTheLine.Add(frame);
                    if (random.Next(100) < input.trouble / 2) onTheLine.Add(frame);
                    if (random.Next(100) < input.trouble) onTheLine.Add(mutator.Mutate(frame, onTheLine[0], 1 + random.Next(3)));
                    while (onTheLine.Count > 0 && random.Next(100) >= input.trouble)
                    {
                        var next = random.Next(100) < input.trouble ? random.Next(onTheLine.Count) : 0;
                        frame = onTheLine[next];
                        onTheLine.RemoveAt(next);
                        if (random.Next(100) < input.trouble / 2) continue;
                        if (line.PlugReceives(frame, out var received) != Security0Result.Opened) continue;
                        if (!sent.Remove(Hex.Spaced(received))) return false;
                        arrived++;
                    }
                }

                line.Time.Advance(random.Next(2000));
            }

            return (input.trouble > 0 || arrived == 60) && line.IsAlive();
        }).Check(s_config);
    }

    [Fact]
    public void Changed_frames_never_throw_are_never_opened_as_something_else_and_the_next_good_exchange_works()
    {
        var cases = from seed in Gen.Choose(0, int.MaxValue) from count in Gen.Choose(1, 4) select (seed, count);
        Prop.ForAll(Arb.From(cases), static input =>
        {
            var random = new Random(input.seed);
            var line = new Security0Line();
            var command = new byte[random.Next(1, 53)];
            random.NextBytes(command);
            var frame = line.HostSends(command);
            var changed = new FrameMutator(random, longest: 300).Mutate(frame, frame, input.count);
            var result = line.PlugReceives(changed, out _);
            var isSame = changed.AsSpan().SequenceEqual(frame);
            return isSame == (result is Security0Result.Opened or Security0Result.FirstPart) && line.IsAlive();
        }).Check(s_config.WithMaxTest(2000));
    }
}
