using Bridge.Mqtt;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Mqtt;

public sealed class PublishWindowTests
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider _time = new();
    private readonly List<(string Topic, TaskCompletionSource Answer)> _sent = [];
    private int _stalls;

    [Fact]
    public async Task So_many_messages_are_under_way_and_the_others_follow_in_order()
    {
        using var window = NewWindow(2);
        var calls = Publish(window, "a", "b", "c", "d");
        Assert.Equal(["a", "b"], Topics);
        Answer("b");
        await calls[1];
        await SentAsync(3);
        Answer("a");
        await SentAsync(4);
        Assert.Equal(["a", "b", "c", "d"], Topics);
    }

    [Fact]
    public async Task Of_quality_2_one_message_is_under_way_at_a_time()
    {
        using var window = NewWindow(10);
        var calls = new[] { "a", "b", "c" }.Select(topic =>
            window.PublishAsync(new MqttMessage(topic, default) { QualityOfService = MqttQualityOfService.ExactlyOnce }, CancellationToken.None)).ToList();
        Assert.Equal(["a"], Topics);
        Answer("a");
        await calls[0];
        await SentAsync(2);
        Assert.Equal(["a", "b"], Topics);
    }

    [Fact]
    public async Task A_waiting_message_whose_caller_gave_up_is_not_sent()
    {
        using var window = NewWindow(1);
        using var cancellation = new CancellationTokenSource();
        var first = window.PublishAsync(new MqttMessage("a", default), CancellationToken.None);
        var second = window.PublishAsync(new MqttMessage("b", default), cancellation.Token);
        var third = window.PublishAsync(new MqttMessage("c", default), CancellationToken.None);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Answer("a");
        await first;
        await SentAsync(2);
        Answer("c");
        await third;
        Assert.Equal(["a", "c"], Topics);
    }

    [Fact]
    public async Task A_loss_fails_those_under_way_those_waiting_and_those_to_come()
    {
        using var window = NewWindow(1);
        var calls = Publish(window, "a", "b");
        window.Fail("gone");
        Assert.All(calls, static call => Assert.True(call.IsFaulted));
        var late = Publish(window, "c")[0];
        foreach (var call in calls.Append(late))
        {
            Assert.Equal((MqttLinkFailure.ConnectionLost, "gone"), FailureOf(await Assert.ThrowsAsync<MqttLinkException>(() => call)));
        }

        Assert.Equal(["a"], Topics);
    }

    [Fact]
    public async Task A_refusal_fails_its_message_only()
    {
        using var window = NewWindow(1);
        var calls = Publish(window, "a", "b");
        _sent[0].Answer.SetException(new MqttLinkException(MqttLinkFailure.Refused, "no"));
        await Assert.ThrowsAsync<MqttLinkException>(() => calls[0]);
        await SentAsync(2);
        Answer("b");
        await calls[1];
    }

    [Fact]
    public void An_acknowledgement_that_does_not_come_in_time_is_told()
    {
        using var window = NewWindow(10);
        Publish(window, "a");
        _time.Advance(AnswerLimit - TimeSpan.FromSeconds(1));
        Assert.Equal(0, _stalls);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _stalls);
    }

    [Fact]
    public async Task The_time_counts_for_each_message_by_itself()
    {
        using var window = NewWindow(10);
        var first = Publish(window, "a")[0];
        _time.Advance(AnswerLimit - TimeSpan.FromSeconds(1));
        Publish(window, "b");
        Answer("a");
        await first;
        _time.Advance(AnswerLimit - TimeSpan.FromSeconds(1));
        Assert.Equal(0, _stalls);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _stalls);
    }

    private string[] Topics
    {
        get
        {
            lock (_sent) return [.. _sent.Select(static sent => sent.Topic)];
        }
    }

    private static (MqttLinkFailure Failure, string Message) FailureOf(MqttLinkException failure) => (failure.Failure, failure.Message);

    private static List<Task> Publish(PublishWindow window, params string[] topics) =>
        [.. topics.Select(topic => window.PublishAsync(new MqttMessage(topic, default), CancellationToken.None))];

    private PublishWindow NewWindow(int size) => new(size, Send, _time, AnswerLimit, () => _stalls++);

    private Task Send(MqttMessage message)
    {
        var answer = new TaskCompletionSource();
        lock (_sent) _sent.Add((message.Topic, answer));
        return answer.Task;
    }

    private void Answer(string topic)
    {
        TaskCompletionSource answer;
        lock (_sent) answer = _sent.Single(sent => sent.Topic == topic).Answer;
        answer.SetResult();
    }

    private async Task SentAsync(int count)
    {
        using var limit = new CancellationTokenSource(LinkProbe.Limit, TimeProvider.System);
        while (Topics.Length < count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
