using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>How long commands to a node wait until it is certain that it could decrypt the one before.</summary>
public sealed class EncryptedTrafficTests : IAsyncDisposable
{
    private static readonly NetworkTimeouts s_times = new();

    private readonly ManualTimeProvider _time = new();
    private readonly SerialApiSession _session;
    private readonly NetworkContext _context;
    private readonly EncryptedTraffic _traffic;
    private readonly Node _node = new(new(2));

    public EncryptedTrafficTests()
    {
        _session = new(new MemoryTransport("memory"), SessionTimeouts.Default, _time, NullLogger.Instance);
        _context = new(_session, DeviceCatalog.Empty, s_times, _time, NullLogger.Instance);
        _traffic = new NetworkSecurity(_context, NetworkKeys.Generate()).Traffic;
    }

    private SendItem Question => new() { Node = _node.Id, Command = new SwitchBinaryGet(), Priority = SendPriority.User, OwesAnswer = true };

    private SendItem Set => new() { Node = _node.Id, Command = new BasicSet(true), Priority = SendPriority.User };

    public async ValueTask DisposeAsync() => await _session.DisposeAsync();

    [Fact]
    public void A_question_holds_up_the_next_command_until_its_answer_came()
    {
        var question = Transmit(Question);
        Assert.False(Acknowledge(question));
        Assert.True(IsHeld);
        _traffic.OnOpened(_node.Id);
        Assert.False(IsHeld);
    }

    [Fact]
    public void An_answer_that_is_there_before_the_end_of_the_transmission_is_known_holds_up_nobody()
    {
        var question = Transmit(Question);
        _traffic.OnOpened(_node.Id);
        Assert.False(Acknowledge(question));
        Assert.False(IsHeld);
    }

    [Fact]
    public void What_the_node_said_before_proves_nothing()
    {
        Acknowledge(Transmit(Question));
        _traffic.OnOpened(_node.Id);
        Acknowledge(Transmit(Question));
        Assert.True(IsHeld);
    }

    [Fact]
    public async Task A_command_nobody_answers_is_certain_half_a_second_later_whatever_the_node_says_meanwhile()
    {
        var set = Transmit(Set);
        // it set out before the command came
        _traffic.OnOpened(_node.Id);
        Assert.True(Acknowledge(set));
        Assert.True(IsHeld);
        Assert.False(set.Completion.IsCompleted);
        _time.Advance(s_times.Decryption);
        await _context.Loop.ReadAsync(static () => true);
        Assert.False(IsHeld);
        Assert.True(set.Completion.IsCompleted);
    }

    [Fact]
    public void What_the_node_asks_for_again_holds_up_nobody()
    {
        var fragment = Transmit(new() { Node = _node.Id, Command = new BasicSet(true), Priority = SendPriority.Interview, IsAskedForAgain = true });
        Assert.False(Acknowledge(fragment));
        Assert.False(IsHeld);
    }

    [Fact]
    public void A_command_the_node_could_not_decrypt_is_sent_once_more_and_no_third_time()
    {
        var set = Transmit(Set);
        Assert.True(Acknowledge(set));
        _traffic.OnNonce(_node.Id, isS0: false);
        Assert.Same(set, Take());
        Transmit(set);
        Assert.True(Acknowledge(set));
        _traffic.OnNonce(_node.Id, isS0: false);
        Assert.Null(Take());
        Assert.Equal((SendOutcome.NotSecured, 2), (Outcome(set), _context.Counters.NotDecryptedByNode));
    }

    [Fact]
    public void That_it_could_not_may_be_known_before_the_end_of_the_transmission()
    {
        var set = Transmit(Set);
        _traffic.OnNonce(_node.Id, isS0: false);
        // not yet: it is still with the module
        Assert.Null(Take());
        Assert.True(Acknowledge(set));
        Assert.Same(set, Take());
        Assert.False(set.Completion.IsCompleted);
        Transmit(set);
        _traffic.OnNonce(_node.Id, isS0: false);
        Assert.True(Acknowledge(set));
        Assert.Null(Take());
        Assert.Equal(SendOutcome.NotSecured, Outcome(set));
    }

    [Fact]
    public void A_command_that_was_not_acknowledged_is_not_sent_again_because_of_a_nonce()
    {
        Transmit(Set);
        _traffic.OnNotAcknowledged(_node.Id);
        _traffic.OnNonce(_node.Id, isS0: false);
        Assert.Null(Take());
        Assert.Equal(0, _context.Counters.NotDecryptedByNode);
    }

    private SendItem Transmit(SendItem item)
    {
        _traffic.OnTransmitting(item, SecurityClass.S2Authenticated);
        return item;
    }

    private SendItem? Take() => _context.Queue.Take(_time.GetTimestamp(), out _);

    private static SendOutcome? Outcome(SendItem item) => item.Completion.IsCompletedSuccessfully ? item.Completion.Result : null;

    private bool Acknowledge(SendItem item) => _traffic.OnAcknowledged(_node, item, SecurityClass.S2Authenticated);

    // A command that is queued can be taken.
    private bool IsHeld
    {
        get
        {
            var probe = Set;
            _context.Queue.Add(probe);
            var isHeld = Take() is null;
            _context.Queue.Clear(null, SendOutcome.LinkLost);
            return isHeld;
        }
    }
}
