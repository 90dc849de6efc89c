using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>What waits for a nonce, or for an exchange of keys, and what does not.</summary>
public sealed class SendQueueHoldTests
{
    private readonly SendQueue _queue = new();

    [Fact]
    public void Command_to_a_held_node_waits_and_goes_when_it_is_released()
    {
        var held = Add(2, SendPriority.User);
        var other = Add(3, SendPriority.Poll);
        _queue.Hold(new(2));
        Assert.Equal([other], TakeAll());
        _queue.Release(new(2));
        Assert.Equal([held], TakeAll());
    }

    [Fact]
    public void Nonce_passes_whatever_is_held_for_it()
    {
        Add(2, SendPriority.Protocol);
        _queue.Hold(new(2));
        var nonce = Add(2, SendPriority.Protocol, SecurityClass.None);
        Assert.Equal([nonce], TakeAll());
    }

    [Fact]
    public async Task Only_what_is_held_is_given_up_when_no_nonce_comes()
    {
        var held = Add(2, SendPriority.User);
        var plain = Add(2, SendPriority.User, SecurityClass.None);
        var other = Add(3, SendPriority.User);
        _queue.Hold(new(2));
        _queue.ClearHeld(new(2), SendOutcome.NotSecured);
        Assert.Equal(SendOutcome.NotSecured, await held.Completion);
        Assert.Equal([plain, other], TakeAll());
    }

    [Fact]
    public void While_keys_are_exchanged_nobody_else_speaks_to_the_node()
    {
        var answer = Add(2, SendPriority.Answer);
        var other = Add(3, SendPriority.Poll);
        _queue.Reserve(new(2));
        var key = Add(2, SendPriority.Answer, isConversation: true);
        Assert.Equal([key, other], TakeAll());
        _queue.Reserve(default);
        Assert.Equal([answer], TakeAll());
    }

    [Fact]
    public void Command_sent_again_goes_before_the_later_ones()
    {
        var first = Add(2, SendPriority.User);
        var second = Add(2, SendPriority.User);
        Assert.Same(first, _queue.Take(0, out _));
        _queue.PutBack(first, notBefore: 0);
        Assert.Equal([first, second], TakeAll());
    }

    private SendItem Add(ushort node, SendPriority priority, SecurityClass? securityClass = null, bool isConversation = false)
    {
        var item = new SendItem
        {
            Node = new(node),
            Command = new SwitchBinaryGet(),
            Priority = priority,
            SecurityClass = securityClass,
            IsConversation = isConversation,
        };
        _queue.Add(item);
        return item;
    }

    private List<SendItem> TakeAll()
    {
        List<SendItem> items = [];
        while (_queue.Take(0, out _) is { } item) items.Add(item);
        return items;
    }
}
