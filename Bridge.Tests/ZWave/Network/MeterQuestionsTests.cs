using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>How often a meter is asked what it said.</summary>
public sealed class MeterQuestionsTests : IAsyncLifetime
{
    private static readonly MeterReading s_energy = MeterScript.Energy;

    private readonly ManualTimeProvider _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Node _node = new(new(5));
    private readonly List<int> _asked = [];
    private SerialApiSession _session = null!;
    private NetworkContext _context = null!;
    private MeterQuestions _questions = null!;
    private bool _isInDoubt = true;
    private Func<Task<bool>> _answer = static () => Task.FromResult(true);

    public ValueTask InitializeAsync()
    {
        _session = new(new MemoryTransport("memory"), SessionTimeouts.Default, _time, NullLogger.Instance);
        _context = new(_session, DeviceCatalog.Empty, new(), _time, NullLogger.Instance);
        _context.Nodes[_node.Id] = _node;
        _questions = new(
            _context,
            (_, _, _) =>
            {
                _asked.Add((int)_time.Elapsed.TotalSeconds);
                return _answer();
            },
            _stopping.Token);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _context.Loop.ReadAsync(static () => true);
        _stopping.Dispose();
        await _session.DisposeAsync();
    }

    [Fact]
    public async Task Strange_reading_is_asked_about_after_its_repetitions_are_over()
    {
        await AskAsync();
        Assert.Empty(_asked);
        await PassAsync(seconds: 1, thenDoubted: false);
        Assert.Equal([1], _asked);
    }

    [Fact]
    public async Task First_reading_is_asked_about_at_once()
    {
        await AskAsync(isFirst: true);
        await PassAsync(seconds: 0);
        Assert.Equal([0], _asked);
    }

    [Fact]
    public async Task Meter_that_stays_strange_is_asked_with_pauses_that_grow_to_an_hour()
    {
        await AskAsync();
        await PassAsync(seconds: 6 * 3600);
        Assert.Equal([1, 31, 91, 211, 451, 931, 1891, 3811, 7411, 11011, 14611, 18211], _asked);
    }

    [Fact]
    public async Task Several_strange_readings_of_a_series_share_one_question()
    {
        _answer = static () => Task.FromResult(false);
        for (var count = 0; count < 5; count++) await AskAsync();
        await PassAsync(seconds: 60);
        Assert.Equal([1], _asked);
    }

    [Fact]
    public async Task While_a_question_is_out_there_is_no_second_one()
    {
        _answer = static () => new TaskCompletionSource<bool>().Task;
        await AskAsync();
        await PassAsync(seconds: 10);
        await AskAsync();
        await PassAsync(seconds: 3600);
        Assert.Equal([1], _asked);
    }

    [Fact]
    public async Task Two_series_are_asked_each_for_itself()
    {
        _answer = static () => Task.FromResult(false);
        await AskAsync();
        await AskAsync(MeterScales.Export);
        await PassAsync(seconds: 1);
        Assert.Equal([1, 1], _asked);
    }

    [Fact]
    public async Task Doubt_that_is_over_before_the_question_needs_none()
    {
        await AskAsync();
        _isInDoubt = false;
        await PassAsync(seconds: 60);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Spike_every_minute_is_asked_about_ever_more_rarely()
    {
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            _isInDoubt = true;
            await AskAsync();
            await PassAsync(seconds: 60, thenDoubted: false);
        }

        Assert.InRange(_asked.Count, 20, 36);
    }

    [Fact]
    public async Task After_a_quiet_time_a_strange_reading_is_asked_about_soon_again()
    {
        await AskAsync();
        await PassAsync(seconds: 300, thenDoubted: false);
        await PassAsync(seconds: 8 * 3600);
        _asked.Clear();
        _isInDoubt = true;
        var before = (int)_time.Elapsed.TotalSeconds;
        await AskAsync();
        await PassAsync(seconds: 100);
        Assert.Equal([before + 1, before + 31, before + 91], _asked);
    }

    [Fact]
    public async Task Question_that_cannot_be_delivered_is_not_repeated_by_itself()
    {
        _answer = static () => throw new ZWaveException(ZWaveErrorCode.NodeNoAck, "silent");
        await AskAsync();
        await PassAsync(seconds: 3600);
        Assert.Equal([1], _asked);
        // the next strange report asks again
        await AskAsync();
        await PassAsync(seconds: 3600);
        Assert.Equal(2, _asked.Count);
    }

    private Task<bool> AskAsync(byte rateType = MeterScales.Import, bool isFirst = false) => _context.Loop.ReadAsync(() =>
    {
        var reading = s_energy with { RateType = rateType };
        _questions.Ask(_node, new(_node.Id, EndpointIndex.Root, reading.Property), reading, isFirst, () => _isInDoubt);
        return true;
    });

    // Second by second, each with all that happens in it; a doubt that ends does so with the first answer.
    private async Task PassAsync(int seconds, bool thenDoubted = true)
    {
        for (var second = 0; second <= seconds; second++)
        {
            if (second > 0) _time.Advance(TimeSpan.FromSeconds(1));
            var asked = _asked.Count;
            // a wait that ends, and what it starts
            for (var turn = 0; turn < 3; turn++) await _context.Loop.ReadAsync(static () => true);
            if (!thenDoubted && _asked.Count > asked) _isInDoubt = false;
        }
    }
}
