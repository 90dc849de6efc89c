using System.Globalization;
using System.Text;
using Bridge.Mqtt;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>A message as somebody else on the broker saw it.</summary>
internal sealed record Observed(string Topic, string Payload, bool IsRetained, string? CorrelationData)
{
    public override string ToString() => $"{Topic} {(Payload.Length > 200 ? Payload[..200] : Payload)}";
}

/// <summary>
/// A client of its own on the broker: sees everything that is published, keeps it in order, gives commands and waits for answers. Patience only bounds a
/// failing test.
/// </summary>
internal sealed class MqttObserver : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly MqttNetLink _link = new(TimeProvider.System);
    private readonly Lock _gate = new();
    private readonly List<Observed> _messages = [];
    private readonly string _name = $"observer-{Guid.NewGuid():N}";
    private TaskCompletionSource _changed = NewSignal();
    private TaskCompletionSource _lost = NewSignal();
    private int _questions;

    public MqttObserver()
    {
        _link.Received = Take;
        _link.Lost = _ => _lost.TrySetResult();
    }

    /// <summary>How many messages were seen: where "from now on" begins.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _messages.Count;
        }
    }

    /// <summary>Connects, again if it must, and asks for some topics.</summary>
    public async Task ConnectAsync(int port, (string User, string Password)? login = null, params string[] filters)
    {
        var request = new MqttConnectRequest("127.0.0.1", port, _name) { Username = login?.User, Password = login?.Password };
        // A broker that was just ended is noticed a little later.
        if (_link.IsConnected) await _lost.Task.WaitAsync(s_patience, TimeProvider.System);
        _lost = NewSignal();
        await _link.ConnectAsync(request, CancellationToken.None).WaitAsync(s_patience, TimeProvider.System);
        var subscriptions = (filters.Length == 0 ? ["#"] : filters).Select(static filter => new MqttSubscription(filter) { NoLocal = true });
        Assert.All(await _link.SubscribeAsync([.. subscriptions], CancellationToken.None), Assert.Null);
    }

    public Task DisconnectAsync() => _link.DisconnectAsync(CancellationToken.None);

    /// <summary>Forgets everything that was seen.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _messages.Clear();
            _messages.TrimExcess();
        }
    }

    /// <summary>What was seen from <paramref name="since"/> on, on one topic or on all.</summary>
    public IReadOnlyList<Observed> Since(int since, string? topic = null)
    {
        lock (_gate) return [.. _messages.Skip(since).Where(message => topic is null || message.Topic == topic)];
    }

    /// <summary>The last payload of a topic; null: nothing was seen there.</summary>
    public string? Last(string topic)
    {
        lock (_gate) return _messages.FindLast(message => message.Topic == topic)?.Payload;
    }

    /// <summary>The last JSON object of a topic.</summary>
    public JObject LastObject(string topic) => JObject.Parse(Last(topic) ?? throw new InvalidOperationException($"nothing was seen on {topic}"));

    /// <summary>Waits for a message like this, from <paramref name="since"/> on.</summary>
    public async Task<Observed> UntilAsync(string topic, Func<string, bool> fits, int since = 0, string? what = null)
    {
        var found = await UntilAsync(message => message.Topic == topic && fits(message.Payload), since, s_patience);
        if (found is not null) return found;
        Assert.Fail($"{topic} never was {what ?? "as wanted"}; there: {string.Join('\n', Since(since, topic).TakeLast(5))}; last seen: "
            + string.Join('\n', Since(since).TakeLast(15)));
        return null;
    }

    public Task<Observed> UntilAsync(string topic, string payload, int since = 0) => UntilAsync(topic, text => text == payload, since, payload);

    /// <summary>Waits for a JSON object like this.</summary>
    public Task<Observed> UntilObjectAsync(string topic, Func<JObject, bool> fits, int since = 0, string? what = null) =>
        UntilAsync(topic, text => text.StartsWith('{') && fits(JObject.Parse(text)), since, what);

    /// <summary>Waits until the last message of a topic is a JSON object with this value; looks back as well.</summary>
    public Task UntilLastAsync(string topic, string key, JToken? value) =>
        UntilObjectAsync(topic, state => IsSame(state[key], value), LastIndexOf(topic), $"{key} = {value}");

    public Task PublishAsync(string topic, string payload, bool retain = false) => PublishAsync(topic, Encoding.UTF8.GetBytes(payload), retain);

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain = false) =>
        _link.PublishAsync(new(topic, payload) { QualityOfService = MqttQualityOfService.AtLeastOnce, Retain = retain }, CancellationToken.None)
            .WaitAsync(s_patience, TimeProvider.System);

    /// <summary>Gives a command with a response topic and waits for the answer.</summary>
    public Task<JObject> AskAsync(string topic, string payload) => AskAsync(topic, Encoding.UTF8.GetBytes(payload));

    /// <inheritdoc cref="AskAsync(string, string)"/>
    public async Task<JObject> AskAsync(string topic, byte[] payload)
    {
        var since = Count;
        var correlation = await SendQuestionAsync(topic, payload);
        var answer = await UntilAsync(message => IsAnswer(message, correlation), since, s_patience);
        Assert.True(answer is not null, $"no answer to {topic} {Encoding.UTF8.GetString(payload)}; last seen: {string.Join('\n', Since(since).TakeLast(15))}");
        return JObject.Parse(answer.Payload);
    }

    /// <summary>The same for when an answer may get lost; null: none came in time.</summary>
    public async Task<JObject?> TryAskAsync(string topic, string payload, TimeSpan patience)
    {
        var since = Count;
        var correlation = await SendQuestionAsync(topic, Encoding.UTF8.GetBytes(payload));
        return await UntilAsync(message => IsAnswer(message, correlation), since, patience) is { } answer ? JObject.Parse(answer.Payload) : null;
    }

    /// <summary>What a broker keeps, by topic; asked by a client that comes new.</summary>
    public static async Task<SortedDictionary<string, string>> RetainedAsync(int port)
    {
        await using var observer = new MqttObserver();
        await observer.ConnectAsync(port);
        // What is kept comes before anything that is published after the subscription.
        var mark = $"mark/{observer._name}";
        await using var marker = new MqttNetLink(TimeProvider.System);
        await marker.ConnectAsync(new("127.0.0.1", port, $"marker-{Guid.NewGuid():N}"), CancellationToken.None);
        await marker.PublishAsync(new(mark, new byte[] { 1 }) { QualityOfService = MqttQualityOfService.AtLeastOnce }, CancellationToken.None);
        await observer.UntilAsync(mark, static _ => true);
        SortedDictionary<string, string> kept = new(StringComparer.Ordinal);
        foreach (var message in observer.Since(0).Where(static message => message.IsRetained)) kept[message.Topic] = message.Payload;
        return kept;
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static bool IsSame(JToken? left, JToken? right) => JToken.DeepEquals(left, right)
        || (left?.Type is JTokenType.Integer or JTokenType.Float && right?.Type is JTokenType.Integer or JTokenType.Float && (decimal)left == (decimal)right);

    private async Task<string> SendQuestionAsync(string topic, byte[] payload)
    {
        var correlation = Interlocked.Increment(ref _questions).ToString(CultureInfo.InvariantCulture);
        var message = new MqttMessage(topic, payload)
        {
            QualityOfService = MqttQualityOfService.AtLeastOnce,
            ResponseTopic = _name + "/answer",
            CorrelationData = Encoding.UTF8.GetBytes(correlation),
        };
        await _link.PublishAsync(message, CancellationToken.None).WaitAsync(s_patience, TimeProvider.System);
        return correlation;
    }

    private bool IsAnswer(Observed message, string correlation) => message.CorrelationData == correlation && message.Topic == _name + "/answer";

    // Null: it did not come in time.
    private async Task<Observed?> UntilAsync(Func<Observed, bool> fits, int since, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience, TimeProvider.System);
        var next = since;
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                for (; next < _messages.Count; next++)
                {
                    if (fits(_messages[next])) return _messages[next];
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    private int LastIndexOf(string topic)
    {
        lock (_gate) return Math.Max(0, _messages.FindLastIndex(message => message.Topic == topic));
    }

    private void Take(MqttMessage message)
    {
        var correlation = message.CorrelationData.IsEmpty ? null : Encoding.UTF8.GetString(message.CorrelationData.Span);
        TaskCompletionSource changed;
        lock (_gate)
        {
            _messages.Add(new(message.Topic, Encoding.UTF8.GetString(message.Payload.Span), message.Retain, correlation));
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }
}
