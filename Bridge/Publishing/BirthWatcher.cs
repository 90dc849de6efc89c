using System.Text;
using Bridge.Mqtt;

namespace Bridge.Publishing;

/// <summary>How the birth message of a reader looks.</summary>
/// <param name="Topic">Where it comes.</param>
/// <param name="Payload">What it says; case does not count.</param>
public sealed record BirthMessage(string Topic, string Payload)
{
    /// <summary>0..1, where in the pause of 1 to 5 s: several bridges answer the same message.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;
}

/// <summary>
/// A reader that keeps nothing itself says when it was started: then everything is published again. Any thread may call.
/// </summary>
/// <remarks>A retained message that comes right after a connect tells nothing new: everything was published just then.</remarks>
public sealed class BirthWatcher : IDisposable
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);
    private const int LongestPayload = 64;

    private readonly BirthMessage _message;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _isDue;

    /// <param name="publication">What is done then.</param>
    public BirthWatcher(BirthMessage message, FullPublication publication, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(publication);
        _message = message;
        _timer = time.CreateTimer(_ => OnDue(publication), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What to subscribe to; the messages go to <see cref="OnMessage"/>.</summary>
    public IReadOnlyList<MqttSubscription> Subscriptions => [new(_message.Topic) { WantsRetained = false }];

    /// <summary>A message came on the topic.</summary>
    public void OnMessage(MqttMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        // Retained: a broker of 3.1.1 sends it at every subscribing, and that is when everything is published anyway.
        if (message.Retain || message.Payload.Length > LongestPayload) return;
        var text = Encoding.UTF8.GetString(message.Payload.Span).Trim();
        if (!string.Equals(text, _message.Payload.Trim(), StringComparison.OrdinalIgnoreCase)) return;
        lock (_gate)
        {
            if (_isDue || _stopping.IsCancellationRequested) return;
            _isDue = true;
            _timer.Change(s_shortest + ((s_longest - s_shortest) * _message.Random()), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested) return;
            _stopping.Cancel();
        }

        _timer.Dispose();
        _stopping.Dispose();
    }

    private void OnDue(FullPublication publication)
    {
        lock (_gate)
        {
            _isDue = false;
            if (!_stopping.IsCancellationRequested) _ = publication.RunAsync(_stopping.Token);
        }
    }
}
