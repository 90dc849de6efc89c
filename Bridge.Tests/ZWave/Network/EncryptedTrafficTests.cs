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
        // they have spoken before
        Acknowledge(Question);
        _traffic.OnOpened(_node.Id);
    }

    private SendItem Question => new() { Node = _node.Id, Command = new SwitchBinaryGet(), Priority = SendPriority.User, OwesAnswer = true };

    private SendItem Set => new() { Node = _node.Id, Command = new BasicSet(true), Priority = SendPriority.User };

    public async ValueTask DisposeAsync() => await _session.DisposeAsync();

    [Fact]
    public void A_question_holds_up_the_next_command_until_its_answer_came()
    {
        _traffic.OnTransmitting(_node.Id);
        Assert.False(Acknowledge(Question));
        Assert.True(IsHeld);
        _traffic.OnOpened(_node.Id);
        Assert.False(IsHeld);
    }

    [Fact]
    public void An_answer_that_is_there_before_the_end_of_the_transmission_is_known_holds_up_nobody()
    {
        _traffic.OnTransmitting(_node.Id);
        _traffic.OnOpened(_node.Id);
        Assert.False(Acknowledge(Question));
        Assert.False(IsHeld);
    }

    [Fact]
    public void What_the_node_said_before_proves_nothing()
    {
        _traffic.OnOpened(_node.Id);
        _traffic.OnTransmitting(_node.Id);
        Acknowledge(Question);
        Assert.True(IsHeld);
    }

    [Fact]
    public async Task A_command_nobody_answers_is_certain_half_a_second_later_whatever_the_node_says_meanwhile()
    {
        _traffic.OnTransmitting(_node.Id);
        // on its way when the command was sent
        _traffic.OnOpened(_node.Id);
        var set = Set;
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
        _traffic.OnTransmitting(_node.Id);
        Assert.False(Acknowledge(new() { Node = _node.Id, Command = new SwitchBinaryGet(), Priority = SendPriority.Interview, IsAskedForAgain = true }));
        Assert.False(IsHeld);
    }

    private bool Acknowledge(SendItem item) => _traffic.OnAcknowledged(_node, item, SecurityClass.S2Authenticated);

    // A command that is queued can be taken.
    private bool IsHeld
    {
        get
        {
            var probe = Set;
            _context.Queue.Add(probe);
            var isHeld = _context.Queue.Take(_time.GetTimestamp(), out _) is null;
            _context.Queue.Clear(null, SendOutcome.LinkLost);
            return isHeld;
        }
    }
}
