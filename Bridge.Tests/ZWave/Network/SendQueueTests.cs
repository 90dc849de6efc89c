using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

public sealed class SendQueueTests
{
    private readonly SendQueue _queue = new();

    [Fact]
    public void Higher_priority_goes_first_and_equal_ones_keep_their_order()
    {
        var poll = Add(2, SendPriority.Poll);
        var first = Add(2, SendPriority.User);
        var second = Add(3, SendPriority.User);
        Assert.Equal([first, second, poll], TakeAll());
    }

    [Fact]
    public async Task Newer_command_with_the_same_key_supersedes_the_waiting_one_and_takes_its_place()
    {
        var old = Add(2, SendPriority.User, key: "switch/1");
        var other = Add(3, SendPriority.User, key: "switch/1");
        var newer = Add(2, SendPriority.User, key: "switch/1");
        Assert.Equal(SendOutcome.Superseded, await old.Completion);
        Assert.Equal([newer, other], TakeAll());
    }

    [Fact]
    public async Task Newer_command_does_not_overtake_what_the_node_was_told_in_between()
    {
        var old = Add(2, SendPriority.User, key: "switch/1");
        var bothOff = Add(2, SendPriority.User, key: "switch/3");
        var newer = Add(2, SendPriority.User, key: "switch/1");
        Assert.Equal(SendOutcome.Superseded, await old.Completion);
        Assert.Equal([bothOff, newer], TakeAll());
    }

    [Fact]
    public void Same_key_of_another_node_is_left_alone()
    {
        var two = Add(2, SendPriority.User, key: "switch/0");
        var three = Add(3, SendPriority.User, key: "switch/0");
        Assert.Equal([two, three], TakeAll());
    }

    [Fact]
    public async Task Expired_command_is_never_sent()
    {
        var item = Add(2, SendPriority.User, expiresAt: 100);
        Assert.Null(_queue.Take(100, out _));
        Assert.Equal(SendOutcome.Expired, await item.Completion);
    }

    [Fact]
    public void Paced_command_waits_for_the_pause_of_its_node_only()
    {
        _queue.Pause(new(2), until: 600);
        var paced = Add(2, SendPriority.User, isPaced: true);
        var question = Add(2, SendPriority.Confirmation);
        Assert.Same(question, _queue.Take(0, out _));
        Assert.Null(_queue.Take(0, out var dueAt));
        Assert.Equal(600, dueAt);
        Assert.Same(paced, _queue.Take(600, out _));
    }

    [Fact]
    public void Command_behind_a_paced_one_of_the_same_node_does_not_overtake_it()
    {
        _queue.Pause(new(2), until: 600);
        var paced = Add(2, SendPriority.User, isPaced: true);
        var later = Add(2, SendPriority.User);
        Assert.Null(_queue.Take(0, out _));
        Assert.Same(paced, _queue.Take(600, out _));
        Assert.Same(later, _queue.Take(600, out _));
    }

    [Fact]
    public void Node_that_owes_an_answer_is_asked_nothing_else_but_takes_user_commands()
    {
        _queue.Block(new(2), SendPriority.Poll);
        var poll = Add(2, SendPriority.Poll);
        var set = Add(2, SendPriority.User);
        var other = Add(3, SendPriority.Poll);
        Assert.Equal([set, other], TakeAll());
        _queue.Unblock(new(2), SendPriority.Poll);
        Assert.Equal([poll], TakeAll());
    }

    [Fact]
    public void Command_that_was_put_back_keeps_its_place_before_later_ones()
    {
        var first = Add(2, SendPriority.User);
        var second = Add(2, SendPriority.User);
        Assert.Same(first, _queue.Take(0, out _));
        _queue.PutBack(first, notBefore: 1000);
        Assert.Null(_queue.Take(0, out var dueAt));
        Assert.Equal(1000, dueAt);
        Assert.Equal([first, second], TakeAll(1000));
    }

    [Fact]
    public async Task Command_put_back_after_a_newer_one_came_is_superseded()
    {
        var first = Add(2, SendPriority.User, key: "switch/0");
        Assert.Same(first, _queue.Take(0, out _));
        var newer = Add(2, SendPriority.User, key: "switch/0");
        _queue.PutBack(first, notBefore: 0);
        Assert.Equal(SendOutcome.Superseded, await first.Completion);
        Assert.Equal([newer], TakeAll());
    }

    [Fact]
    public async Task Full_queue_gives_up_the_least_important_command()
    {
        var polls = Enumerable.Range(0, SendQueue.MaximumItemsPerNode).Select(_ => Add(2, SendPriority.Poll)).ToArray();
        var set = Add(2, SendPriority.User);
        Assert.Equal(SendOutcome.QueueFull, await polls[^1].Completion);
        var late = Add(2, SendPriority.Poll);
        Assert.Equal(SendOutcome.QueueFull, await late.Completion);
        Assert.Same(set, _queue.Take(0, out _));
    }

    [Fact]
    public void Queue_never_holds_more_than_its_bound()
    {
        for (var index = 0; index < 5000; index++) Add((ushort)((index % 200) + 1), SendPriority.Poll);
        Assert.Equal(SendQueue.MaximumItems, _queue.Count);
    }

    private SendItem Add(ushort node, SendPriority priority, string? key = null, long? expiresAt = null, bool isPaced = false)
    {
        var item = new SendItem
        {
            Node = new(node),
            Command = new SwitchBinaryGet(),
            Priority = priority,
            ReplaceKey = key,
            ExpiresAt = expiresAt,
            IsPaced = isPaced,
        };
        _queue.Add(item);
        return item;
    }

    private List<SendItem> TakeAll(long now = 0)
    {
        List<SendItem> items = [];
        while (_queue.Take(now, out _) is { } item) items.Add(item);
        return items;
    }
}
