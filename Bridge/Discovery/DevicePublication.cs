using System.Text;
using Bridge.Mqtt;

namespace Bridge.Discovery;

/// <summary>
/// What was announced of one device, and when. Two versions of a document never come within a second: the reader drops what comes while it
/// is still at work. The later one waits and is made when its time has come. Belongs to the network's loop.
/// </summary>
internal sealed class DevicePublication(
    Func<DiscoveryDocument?> build, DiscoveryOptions options, IMessageSink sink, Func<Action, Task> onLoop, TimeProvider time) : IDisposable
{
    /// <summary>Least time between two versions of one document.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> _sent = new(StringComparer.Ordinal);
    private Dictionary<string, string> _components = new(StringComparer.Ordinal);
    private long? _sentAt;
    private bool _isForced;
    private bool _isGone;
    private ITimer? _timer;

    /// <summary>True once something was announced in this run.</summary>
    public bool IsAnnounced => _sentAt is not null;

    /// <summary>Announces the device as it is now, or as it will be when it may be announced again.</summary>
    /// <param name="isForced">Also when the reader has been told just that.</param>
    public void Request(bool isForced)
    {
        _isForced |= isForced;
        if (_timer is not null) return;
        var wait = _sentAt is { } at ? Pause - time.GetElapsedTime(at) : TimeSpan.Zero;
        if (wait > TimeSpan.Zero) Arm(wait);
        else Send();
    }

    /// <summary>The broker has this of an earlier run: what is in it and not in the device any more has to go.</summary>
    public void Learn(FoundDocument found)
    {
        _sent.TryAdd(found.Topic, found.Payload);
        // Also over what was announced since: under another platform the reader still has the old one beside it.
        foreach (var (id, platform) in found.Components) _components[id] = platform;
    }

    /// <summary>The device is gone: clears what was announced.</summary>
    public void Clear()
    {
        _isGone = true;
        foreach (var topic in _sent.Keys.ToArray()) Publish(topic, string.Empty);
    }

    public void Dispose()
    {
        _isGone = true;
        _timer?.Dispose();
    }

    private void Arm(TimeSpan wait) => _timer = time.CreateTimer(_ => _ = onLoop(Due), null, wait, Timeout.InfiniteTimeSpan);

    private void Due()
    {
        _timer?.Dispose();
        _timer = null;
        Send();
    }

    private void Send()
    {
        if (_isGone || build() is not { } document) return;
        Dictionary<string, string> components = new(StringComparer.Ordinal);
        Dictionary<string, string> gone = new(StringComparer.Ordinal);
        // In the single form each is a message of its own, and what has gone is seen by its topic.
        if (!options.SingleComponents)
        {
            foreach (var one in document.Components) components[one.Id] = one.Platform;
            // Another platform under the same id is another component: the old one goes first.
            foreach (var (id, platform) in _components) if (components.GetValueOrDefault(id) != platform) gone[id] = platform;
            foreach (var id in gone.Keys) components.Remove(id);
        }

        var shown = document with { Components = [.. document.Components.Where(one => !gone.ContainsKey(one.Id))] };
        Dictionary<string, string> wanted = new(StringComparer.Ordinal);
        foreach (var (topic, payload) in Messages(shown, gone)) wanted[topic] = payload;
        var stale = _sent.Keys.Where(topic => !wanted.ContainsKey(topic)).ToArray();
        foreach (var topic in stale) Publish(topic, string.Empty);
        foreach (var (topic, payload) in wanted)
        {
            if (_isForced || _sent.GetValueOrDefault(topic) != payload) Publish(topic, payload);
        }

        _components = components;
        // The other form of the same device was there: as long as it was, the reader refused this one.
        _isForced = stale.Length > 0 && wanted.Keys.All(topic => stale.All(other => IsDeviceForm(other) != IsDeviceForm(topic)));
        if (gone.Count > 0 || _isForced) Arm(Pause);
    }

    private IEnumerable<(string Topic, string Payload)> Messages(DiscoveryDocument document, Dictionary<string, string> gone) =>
        options.SingleComponents ? document.SingleMessages(options.Prefix) : [document.DeviceMessage(options.Prefix, gone)];

    private bool IsDeviceForm(string topic) => topic.StartsWith($"{options.Prefix}/device/", StringComparison.Ordinal);

    private void Publish(string topic, string payload)
    {
        _sentAt = time.GetTimestamp();
        if (payload.Length == 0) _sent.Remove(topic);
        else _sent[topic] = payload;
        sink.Publish(Message(topic, payload));
    }

    /// <summary>A document; zero bytes clear the topic.</summary>
    public static MqttMessage Message(string topic, string payload) => new(topic, Encoding.UTF8.GetBytes(payload))
    {
        QualityOfService = MqttQualityOfService.AtLeastOnce,
        Retain = true,
        IsText = payload.Length > 0,
        ContentType = payload.Length > 0 ? "application/json" : null,
    };
}
