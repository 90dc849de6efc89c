using System.Diagnostics;
using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Fuzz;

/// <summary>What a run has seen.</summary>
internal sealed record FuzzReport(int Seed, long Frames, TimeSpan Duration, long MemoryBefore, long MemoryMost, long MemoryAfter)
{
    public required IReadOnlyDictionary<CommandId, long> Commands { get; init; }

    public required IReadOnlyDictionary<(FunctionId Function, MessageKind Kind), long> Messages { get; init; }

    public required long Repeated { get; init; }

    public required long Datagrams { get; init; }

    public required long Joined { get; init; }

    public required long Requests { get; init; }

    public override string ToString() =>
        FormattableString.Invariant(
            $"fuzz seed {Seed}: {Frames} frames in {Duration.TotalSeconds:F1} s; {Commands.Values.Sum()} commands and {Messages.Values.Sum()} messages decoded, ")
        + FormattableString.Invariant($"{Datagrams} datagrams, {Joined} joined reports, {Requests} interview requests, {Repeated} good frames only by repetition; ")
        + FormattableString.Invariant(
            $"managed memory {MemoryBefore / 1024} KiB at a tenth of the run, at most {MemoryMost / 1024} KiB, {MemoryAfter / 1024} KiB at the end");
}

/// <summary>A frame broke a rule or something threw. The same seed leads to it again.</summary>
internal sealed class FuzzFailure(int seed, long number, FuzzInput input, Exception cause)
    : Exception($"seed {seed}, frame {number} ({input.Kind}) {Hex.Spaced(input.Bytes)}: {cause.Message}", cause);

/// <summary>Feeds generated frames to everything that reads bytes from outside.</summary>
internal sealed class FuzzRun
{
    private const int NodeCount = 5;

    // An interview asks a few hundred things; more often it would be most of the run.
    private const int FramesPerInterview = 4096;

    private readonly int _seed;
    private readonly Random _random;
    private readonly FrameGenerator _generator;
    private readonly LineCheck _line;
    private readonly MessageCheck _messages;
    private readonly CommandCheck _commands;
    private readonly EncapsulationCheck _encapsulation;
    private readonly DecodeCheck _decode;
    private readonly InterviewCheck _interview;
    private NodeId _node = new(1);

    public FuzzRun(int seed, SeedCorpus corpus)
    {
        _seed = seed;
        _random = new(seed);
        var time = new ManualTimeProvider();
        _generator = new(_random, corpus);
        var values = new ValueStore(time);
        _interview = new(_random, values);
        _commands = new(values, _interview);
        _encapsulation = new(_random, time, _commands);
        _messages = new(received => _encapsulation.Run(received.Command.Span, Known(received.SourceNodeId)));
        _line = new(_random, _messages.Run);
        _decode = new(_random);
    }

    /// <summary>Called with every frame before it is used.</summary>
    public Action<FuzzInput>? OnFrame { get; init; }

    /// <exception cref="FuzzFailure">A frame broke a rule.</exception>
    public FuzzReport Run(long frames)
    {
        var watch = Stopwatch.StartNew();
        var tenth = Math.Max(1, frames / 10);
        long before = 0;
        long most = 0;
        for (long number = 1; number <= frames; number++)
        {
            Run(number, _generator.Next());
            if (number % tenth != 0) continue;
            var memory = GC.GetTotalMemory(forceFullCollection: true);
            if (number == tenth) before = memory;
            most = Math.Max(most, memory);
        }

        return new(_seed, frames, watch.Elapsed, before, most, GC.GetTotalMemory(forceFullCollection: true))
        {
            Commands = _commands.Decoded,
            Messages = _messages.Decoded,
            Repeated = _line.Repeated,
            Datagrams = _encapsulation.Datagrams,
            Joined = _encapsulation.Joined,
            Requests = _interview.Requests,
        };
    }

    private void Run(long number, FuzzInput input)
    {
        try
        {
            OnFrame?.Invoke(input);
            if (input.Kind == FuzzKind.Command) _encapsulation.Run(input.Bytes, NextNode());
            else _line.Run(input.Bytes);
            _decode.Run(input.Bytes);
            if (number % FramesPerInterview == 0) _interview.Run(Known(new((ushort)(number / FramesPerInterview))));
        }
        catch (Exception cause)
        {
            throw new FuzzFailure(_seed, number, input, cause);
        }
    }

    /// <summary>Mostly the node before: nodes send reports of several frames without a pause.</summary>
    private NodeId NextNode() => _random.Next(4) != 0 ? _node : _node = new((ushort)_random.Next(1, NodeCount + 1));

    /// <summary>A network has few nodes; frames of all others are not worth a place in the store.</summary>
    private static NodeId Known(NodeId node) => new((ushort)((node.Value % NodeCount) + 1));
}
