using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Asks meters again what they said: one question at a time for a series, with growing pauses while it stays strange, so that a faulty meter
/// causes no traffic. Belongs to the network's loop.
/// </summary>
/// <param name="context">The network.</param>
/// <param name="ask">Asks a meter; false: it does not answer. Throws <see cref="ZWaveException"/> when it cannot be asked.</param>
/// <param name="stopping">Cancelled when nothing is to be sent any more.</param>
internal sealed class MeterQuestions(
    NetworkContext context, Func<Node, Endpoint, MeterReading, Task<bool>> ask, CancellationToken stopping)
{
    // So many pauses without anything strange make a series an ordinary one again.
    private const int QuietPauses = 8;

    private readonly Dictionary<ValueId, Pace> _paces = [];
    private readonly HashSet<ValueId> _asking = [];

    /// <summary>A reading has to be told once more. Does nothing while that series is being asked.</summary>
    /// <param name="node">Whose meter.</param>
    /// <param name="id">The series.</param>
    /// <param name="reading">The same, as it is asked for.</param>
    /// <param name="isFirst">Nobody is misled meanwhile, and nothing can be repeated yet: asked at once.</param>
    /// <param name="begin">Called before each question; false: nothing is in doubt any more.</param>
    public void Ask(Node node, ValueId id, MeterReading reading, bool isFirst, Func<bool> begin)
    {
        var now = context.Time.GetTimestamp();
        var first = context.Timeouts.MeterQuestionPause;
        var pace = _paces.TryGetValue(id, out var known) ? known : new(now, first, now);
        var isQuiet = context.Time.GetElapsedTime(pace.DoubtedAt, now) > pace.Pause * QuietPauses;
        _paces[id] = pace with { Pause = isQuiet ? first : pace.Pause, DoubtedAt = now };
        if (_asking.Add(id)) _ = RunAsync(node, id, reading, isFirst ? TimeSpan.Zero : context.Timeouts.MeterConfirmation, begin);
    }

    /// <summary>Forgets the pauses of a node that left.</summary>
    public void Forget(NodeId node)
    {
        foreach (var id in _paces.Keys.Where(id => id.Node == node).ToArray()) _paces.Remove(id);
    }

    private async Task RunAsync(Node node, ValueId id, MeterReading reading, TimeSpan least, Func<bool> begin)
    {
        try
        {
            // An answer that is strange again is asked about again, later.
            for (; ; least = context.Timeouts.MeterConfirmation)
            {
                await WaitAsync(id, least);
                if (!begin() || context.FindNode(node.Id) != node || node.FindEndpoint(id.Endpoint) is not { } endpoint) return;
                NoteQuestion(id);
                if (!await ask(node, endpoint, reading)) return;
            }
        }
        catch (Exception exception) when (exception is ZWaveException or OperationCanceledException)
        {
            // Not delivered: the next strange report asks again. Or we stop.
        }
        finally
        {
            _asking.Remove(id);
        }
    }

    private async Task WaitAsync(ValueId id, TimeSpan least)
    {
        var pause = _paces.TryGetValue(id, out var pace) ? context.Time.GetElapsedTime(context.Time.GetTimestamp(), pace.NextAt) : TimeSpan.Zero;
        if (pause < least) pause = least;
        if (pause > TimeSpan.Zero) await context.DelayAsync(pause, stopping);
        // The report in question is still being dealt with: it must not answer the question about itself.
        else await Task.Yield();
    }

    private void NoteQuestion(ValueId id)
    {
        var pace = _paces.TryGetValue(id, out var known) ? known : new(0, context.Timeouts.MeterQuestionPause, context.Time.GetTimestamp());
        var longest = context.Timeouts.LongestMeterQuestionPause;
        _paces[id] = pace with { NextAt = context.TimestampAfter(pace.Pause), Pause = pace.Pause * 2 < longest ? pace.Pause * 2 : longest };
    }

    /// <param name="NextAt">Timestamp before which the series is not asked.</param>
    /// <param name="Pause">The pause after the next question.</param>
    /// <param name="DoubtedAt">Timestamp of the last strange reading.</param>
    private readonly record struct Pace(long NextAt, TimeSpan Pause, long DoubtedAt);
}
