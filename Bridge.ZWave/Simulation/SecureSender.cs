using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// What a plug sends, encrypted where it must be: asks for nonces, keeps commands until they are there, in order, and repeats once what the other side could
/// not open.
/// </summary>
internal sealed class SecureSender(SimulatedNode node, SimulatedSecurity security)
{
    private const int LongestFrame = 256;
    private const int MaximumPayload = 46;
    private const int NonceTries = 3;
    private static readonly TimeSpan s_nonceLimit = TimeSpan.FromSeconds(5);

    /// <summary>A report of a lost nonce sequence after this time does not mean the last frame.</summary>
    private static readonly TimeSpan s_repeatLimit = TimeSpan.FromSeconds(1);

    private readonly Dictionary<NodeId, Talk> _talks = [];
    private Action? _afterLast;
    private (NodeId To, byte[] Frame)? _last;

    public bool TampersWithNext { get; set; }

    public IEnumerable<NodeId> Peers => _talks.Keys.Append(node.ControllerNodeId).Distinct().ToArray();

    /// <summary>Nothing waits for a nonce.</summary>
    public bool IsIdle => _talks.Values.All(static talk => talk.Waiting.Count == 0);

    public void Send(NodeId to, byte[] command, SecurityClass securityClass)
    {
        if (securityClass == SecurityClass.None)
        {
            node.Transmit(to, command);
            return;
        }

        var talk = TalkWith(to);
        talk.Waiting.AddLast(new Item(command, securityClass));
        if (!talk.IsWaitingForNonce) SendWaiting(to, talk);
    }

    /// <summary>A nonce of somebody is there, asked for or not.</summary>
    public void NonceCame(NodeId peer, bool isSecurity2)
    {
        var talk = TalkWith(peer);
        if (talk.IsWaitingForNonce) talk.StopWaiting();
        else if (isSecurity2 && talk.Last is { IsRepetition: false } lost && node.Agenda.Now - talk.LastAt <= s_repeatLimit)
        {
            talk.Last = null;
            talk.Waiting.AddFirst(lost with { IsRepetition = true });
        }

        SendWaiting(peer, talk);
    }

    public void RepeatLast()
    {
        if (_last is { } last) node.Transmit(last.To, last.Frame);
    }

    public void AfterLastFrame(Action action)
    {
        if (IsIdle) node.Agenda.At(node.Agenda.Now, action);
        else _afterLast += action;
    }

    public void Clear()
    {
        foreach (var talk in _talks.Values) talk.StopWaiting();
        _talks.Clear();
        (_afterLast, _last) = (null, null);
    }

    private Talk TalkWith(NodeId peer) => _talks.TryGetValue(peer, out var talk) ? talk : _talks[peer] = new();

    private void SendWaiting(NodeId to, Talk talk)
    {
        while (talk.Waiting.First is { Value: var item })
        {
            var frame = item.SecurityClass == SecurityClass.S0 ? Encrypt0(to, item) : Encrypt2(to, item);
            if (frame is null)
            {
                talk.Tries = 1;
                Ask(to, talk, item.SecurityClass);
                return;
            }

            talk.Waiting.RemoveFirst();
            (talk.Last, talk.LastAt) = (item, node.Agenda.Now);
            Transmit(to, frame);
            if (item.IsFirstOfTwo)
            {
                // The first of two frames asks for the nonce of the second itself.
                talk.Waiting.AddFirst(item with { Part = 1 });
                talk.Tries = 1;
                Await(to, talk, item.SecurityClass);
                return;
            }
        }

        if (!IsIdle || _afterLast is not { } last) return;
        _afterLast = null;
        node.Agenda.At(node.Agenda.Now, last);
    }

    private byte[]? Encrypt2(NodeId to, Item item)
    {
        var frame = new PayloadWriter(new byte[LongestFrame]);
        return security.State2?.TryEncrypt(to, item.SecurityClass, item.Command, ref frame) == true ? frame.Written.ToArray() : null;
    }

    private byte[]? Encrypt0(NodeId to, Item item)
    {
        var frame = new PayloadWriter(new byte[LongestFrame]);
        return security.State0?.TryEncrypt(to, item.Command, item.Part, MaximumPayload, ref frame) == true ? frame.Written.ToArray() : null;
    }

    private void Ask(NodeId to, Talk talk, SecurityClass securityClass)
    {
        ICommand? command = securityClass == SecurityClass.S0 ? new Security0NonceGet() : security.State2?.CreateNonceGet(to);
        if (command is null) return;
        Await(to, talk, securityClass);
        node.Transmit(to, node.Encode(command));
    }

    /// <summary>Waits for a nonce; asks again a few times, then what waits is lost.</summary>
    private void Await(NodeId to, Talk talk, SecurityClass securityClass)
    {
        talk.StopWaiting();
        talk.Limit = node.Agenda.After(s_nonceLimit, () =>
        {
            talk.StopWaiting();
            if (talk.Tries++ < NonceTries)
            {
                Ask(to, talk, securityClass);
                return;
            }

            talk.Waiting.Clear();
            SendWaiting(to, talk);
        });
    }

    private void Transmit(NodeId to, byte[] frame)
    {
        if (TampersWithNext) frame[^1] ^= 1;
        TampersWithNext = false;
        _last = (to, frame);
        node.Transmit(to, frame);
    }

    /// <param name="Part">1 for the second of two frames of Security 0.</param>
    /// <param name="IsRepetition">The other side could not open it the first time.</param>
    private sealed record Item(byte[] Command, SecurityClass SecurityClass, int Part = 0, bool IsRepetition = false)
    {
        public bool IsFirstOfTwo => SecurityClass == SecurityClass.S0 && Part == 0 && Security0State.FramesFor(Command.Length, MaximumPayload) > 1;
    }

    /// <summary>What goes on with one other node.</summary>
    private sealed class Talk
    {
        public LinkedList<Item> Waiting { get; } = [];

        public Item? Last { get; set; }

        public TimeSpan LastAt { get; set; }

        public int Tries { get; set; }

        public Appointment? Limit { get; set; }

        public bool IsWaitingForNonce => Limit is not null;

        public void StopWaiting()
        {
            Limit?.Cancel();
            Limit = null;
        }
    }
}
