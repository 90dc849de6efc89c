using Microsoft.Extensions.Logging;

namespace Bridge.Mqtt;

/// <summary>
/// The retained messages of the built-in broker as they are kept between two runs: followed in memory, written some seconds after a change and
/// at the stop.
/// </summary>
/// <remarks>Any thread.</remarks>
internal sealed class RetainedMessageStore : IAsyncDisposable
{
    /// <summary>What changes within it is written together: one restart changes hundreds in a row.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Dictionary<string, KeptMessage> _messages = new(StringComparer.Ordinal);
    private readonly RetainedMessageFile? _file;
    private readonly int _maximum;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private bool _isDirty;

    /// <param name="file">Null: nothing is written.</param>
    public RetainedMessageStore(string? file, int maximum, TimeProvider time, ILogger logger)
    {
        _file = file is null ? null : new(file, time, logger);
        _maximum = maximum;
        _time = time;
        _timer = time.CreateTimer(_ => _ = SaveAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get
        {
            lock (_gate) return _messages.Count;
        }
    }

    /// <summary>Those of the last run that are still worth something, with the rest of their expiry.</summary>
    public async Task<IReadOnlyList<MqttMessage>> LoadAsync(CancellationToken cancellationToken)
    {
        if (_file is null) return [];
        var now = _time.GetUtcNow();
        var kept = await _file.LoadAsync(_maximum, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            foreach (var message in kept.Where(message => !message.HasExpired(now))) _messages[message.Message.Topic] = message;
            return [.. _messages.Values.Select(message => message.Left(now))];
        }
    }

    /// <summary>False: there are too many already, and none of this topic.</summary>
    public bool HasRoomFor(string topic)
    {
        lock (_gate)
        {
            if (_messages.Count < _maximum || _messages.ContainsKey(topic)) return true;
            var now = _time.GetUtcNow();
            foreach (var (expired, message) in _messages.ToArray())
            {
                if (message.HasExpired(now)) _messages.Remove(expired);
            }

            return _messages.Count < _maximum;
        }
    }

    /// <summary>The topic has this message from now on; with an empty payload it has none.</summary>
    public void Set(MqttMessage message)
    {
        lock (_gate)
        {
            if (message.Payload.IsEmpty) _messages.Remove(message.Topic);
            else _messages[message.Topic] = KeptMessage.Of(message, _time.GetUtcNow());
            if (_file is null || _isDirty) return;
            _isDirty = true;
        }

        _timer.Change(Delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Writes what changed.</summary>
    public async Task SaveAsync()
    {
        if (_file is null) return;
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            KeptMessage[] messages;
            lock (_gate)
            {
                if (!_isDirty) return;
                _isDirty = false;
                var now = _time.GetUtcNow();
                messages = [.. _messages.Values.Where(message => !message.HasExpired(now))];
            }

            await _file.SaveAsync(messages).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await SaveAsync().ConfigureAwait(false);
        _writing.Dispose();
    }
}

/// <summary>One retained message and when it is worthless.</summary>
internal sealed record KeptMessage(MqttMessage Message, DateTimeOffset? ExpiresAt)
{
    public static KeptMessage Of(MqttMessage message, DateTimeOffset now) =>
        new(message, message.ExpirySeconds is { } seconds ? now.AddSeconds(seconds) : null);

    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>The message with what is left of its expiry.</summary>
    public MqttMessage Left(DateTimeOffset now)
    {
        if (ExpiresAt is not { } expiry) return Message;
        return Message with { ExpirySeconds = (uint)Math.Clamp(Math.Ceiling((expiry - now).TotalSeconds), 1, uint.MaxValue) };
    }
}
