using System.Text;
using Bridge.Mqtt;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Commands;

/// <summary>Keeps what is published; waits for more of it. Patience only bounds a failing test.</summary>
internal sealed class RecordingSink : IMessageSink
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<MqttMessage> _messages = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;

    /// <summary>False: only counts, for long runs.</summary>
    public bool IsRecording { get; set; } = true;

    public long Count => Interlocked.Read(ref _count);

    public IReadOnlyList<MqttMessage> On(string topic)
    {
        lock (_gate) return [.. _messages.Where(message => message.Topic == topic)];
    }

    public IReadOnlyList<MqttMessage> All
    {
        get
        {
            lock (_gate) return [.. _messages];
        }
    }

    public void Publish(MqttMessage message)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _count++;
            if (IsRecording) _messages.Add(message);
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }

    /// <summary>The so-manieth message on a topic, as soon as it is there.</summary>
    public async Task<JObject> NextAsync(string topic, int number = 1)
    {
        await UntilAsync(() => On(topic).Count >= number, $"message {number} on {topic}");
        return JObject.Parse(Encoding.UTF8.GetString(On(topic)[number - 1].Payload.Span));
    }

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (true)
        {
            Task changed;
            lock (_gate) changed = _changed.Task;
            if (condition()) return;
            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"did not come: {what}; there were {string.Join(", ", All.Select(static message => message.Topic + " " + Encoding.UTF8.GetString(message.Payload.Span)))}");
            }
        }
    }
}
