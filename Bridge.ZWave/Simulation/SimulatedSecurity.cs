using System.Buffers.Binary;
using System.Globalization;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// The security of a plug: its own key pair, the keys its network gave it, encrypted frames in both directions, nonces. A plug without Security 0 and 2 has
/// one, too, that never does anything. Any thread may call the public members.
/// </summary>
public sealed class SimulatedSecurity
{
    private const int DskLength = 16;

    private readonly SimulatedNode _node;
    private readonly Action<NodeId, ReadOnlyMemory<byte>, bool, SecurityClass> _opened;
    private readonly SecureSender _sender;
    private readonly Lazy<X25519KeyPair> _keyPair;
    private readonly List<IJoiningSecurity> _joining = [];
    private HomeId _home;

    /// <param name="privateKey">Of the key pair; empty: a new one.</param>
    /// <param name="opened">Takes commands that were encrypted: from whom, what, whether it was sent to this plug alone, how.</param>
    internal SimulatedSecurity(SimulatedNode node, ReadOnlyMemory<byte> privateKey, Action<NodeId, ReadOnlyMemory<byte>, bool, SecurityClass> opened)
    {
        (_node, _opened) = (node, opened);
        _sender = new(node, this);
        _keyPair = new(() => privateKey.IsEmpty ? X25519KeyPair.Generate() : new(privateKey.Span));
    }

    /// <summary>The classes whose keys it was given; empty: it speaks and hears in the clear.</summary>
    public SecurityClasses Granted { get; private set; }

    /// <summary>Device specific key: the first 16 bytes of the public key. Only of plugs with Security 2.</summary>
    public ReadOnlyMemory<byte> Dsk => _keyPair.Value.PublicKey[..DskLength];

    /// <summary>What is printed on the label: eight groups of five digits.</summary>
    public string DskText => string.Join(
        '-', Enumerable.Range(0, DskLength / 2).Select(index => Group(index).ToString("D5", CultureInfo.InvariantCulture)));

    /// <summary>The first group of the label, which the user has to enter.</summary>
    public ushort Pin => Group(0);

    /// <summary>What it does wrong when it is included.</summary>
    public JoiningFault JoiningFault { get; set; }

    /// <summary>The type of KEX Fail, sent or received, that ended the last exchange of keys; null when none did.</summary>
    public byte? JoiningFailure { get; private set; }

    /// <summary>False: it never answers who asks for a nonce.</summary>
    public bool GivesNonces { get; set; } = true;

    internal X25519KeyPair KeyPair => _keyPair.Value;

    /// <summary>Its Security 2; null while it is in no network, or has none.</summary>
    internal Security2State? State2 { get; private set; }

    /// <summary>Its Security 0; null while it is in no network, or has none.</summary>
    internal Security0State? State0 { get; private set; }

    /// <summary>Forgets all nonces, as after a power failure: what comes next cannot be opened.</summary>
    public void ForgetNonces() => _node.Agenda.Do(() =>
    {
        foreach (var peer in _sender.Peers) State2?.Forget(peer);
        foreach (var peer in _sender.Peers) State0?.Forget(peer);
    });

    /// <summary>Sends the last encrypted frame again, byte for byte.</summary>
    public void RepeatLastFrame() => _node.Agenda.Do(_sender.RepeatLast);

    /// <summary>One bit of the next encrypted frame is wrong.</summary>
    public void TamperWithNextFrame() => _node.Agenda.Do(() => { _sender.TampersWithNext = true; });

    /// <summary>The plug says this to the controller with the key of a class, whether that is its highest or not.</summary>
    public void Say(ReadOnlyMemory<byte> command, SecurityClass securityClass) => _node.Agenda.Do(() =>
        _sender.Send(_node.ControllerNodeId, command.ToArray(), securityClass));

    /// <summary>It is a node now and has no keys yet.</summary>
    internal void Joined(NodeId id, HomeId home)
    {
        Left();
        _home = home;
        var time = _node.Agenda.Time;
        if (_node.Plug.VersionOf(Security2CommandClass.Id) > 0) State2 = new(id, home, time);
        if (_node.Plug.VersionOf(Security0CommandClass.Id) > 0) State0 = new(id, time);
    }

    /// <summary>It is in no network any more.</summary>
    internal void Left()
    {
        foreach (var joining in _joining) joining.End();
        _joining.Clear();
        _sender.Clear();
        (State2, State0, Granted) = (null, null, SecurityClasses.None);
    }

    /// <summary>It was included a moment ago and may be given keys now.</summary>
    internal void BeginJoining()
    {
        JoiningFailure = null;
        if (State2 is not null) _joining.Add(new JoiningSecurity2(_node, this));
        if (State0 is not null) _joining.Add(new JoiningSecurity0(_node, this));
        foreach (var joining in _joining) joining.Begin();
    }

    /// <summary>The controller chose this way, and no other.</summary>
    internal void JoinsBy(IJoiningSecurity chosen)
    {
        foreach (var other in _joining.Where(other => other != chosen)) other.End();
        _joining.RemoveAll(other => other != chosen);
    }

    internal void JoiningSucceeded()
    {
        foreach (var joining in _joining) joining.End();
        _joining.Clear();
    }

    /// <summary>It stays without keys, and forgets those it has heard.</summary>
    /// <param name="failure">Type of KEX Fail; null: nothing came in time.</param>
    internal void JoiningFailed(IJoiningSecurity failed, byte? failure)
    {
        failed.End();
        _joining.Remove(failed);
        JoiningFailure = failure ?? JoiningFailure;
        if (_joining.Count == 0) Joined(_node.Id, _home);
    }

    /// <summary>It was given the key of a class.</summary>
    internal void Grant(SecurityClass securityClass, SecretKey key)
    {
        if (securityClass == SecurityClass.S0) State0?.SetKey(key);
        else State2?.SetKey(securityClass, isLongRange: false, key);
        Granted = new((byte)(Granted.Bits | SecurityClasses.BitOf(securityClass)));
    }

    /// <summary>What a command needs to be sent to somebody with: the highest class both have.</summary>
    internal SecurityClass ClassFor(NodeId peer) => peer == _node.ControllerNodeId ? Granted.Highest : _node.GrantedTo(peer).And(Granted).Highest;

    /// <summary>Whether a command of a class is taken when it came like this: in the clear only few are, once there are keys.</summary>
    internal bool Allows(CommandClassId commandClass, SecurityClass securityClass) =>
        Granted.IsEmpty || securityClass == Granted.Highest || IsPlain(commandClass);

    /// <summary>The classes that can be used without encryption.</summary>
    internal bool IsPlain(CommandClassId commandClass) => _node.Plug.Security is not { } security || security.PlainClasses.Contains(commandClass);

    /// <summary>Sends something that is said again later anyway.</summary>
    internal void SendUnlessWaiting(ICommand command, SecurityClass securityClass)
    {
        if (_sender.IsIdle) _sender.Send(_node.ControllerNodeId, _node.Encode(command), securityClass);
    }

    internal void Send(NodeId to, byte[] command, SecurityClass securityClass) => _sender.Send(to, command, securityClass);

    /// <summary>Runs <paramref name="action"/> once nothing waits to be sent any more.</summary>
    internal void AfterLastFrame(Action action) => _sender.AfterLastFrame(action);

    /// <summary>A frame arrived: true when it was about security and needs nobody else.</summary>
    internal bool Take(NodeId source, ReadOnlyMemory<byte> frame, bool isSinglecast)
    {
        if (frame.Length < 2) return false;
        switch (frame.Span[0], frame.Span[1])
        {
            case (0x9F, 0x03): Open2(source, frame, isSinglecast); return true;
            case (0x98, 0x81 or 0xC1): Open0(source, frame); return true;
            case (0x98 or 0x9F, _): TakePlain(source, frame.Span, isSinglecast); return true;
            default: return false;
        }
    }

    private void TakePlain(NodeId source, ReadOnlySpan<byte> frame, bool isSinglecast)
    {
        if (!isSinglecast || CommandCodec.TryDecode(frame, out var command) != DecodeError.None) return;
        switch (command)
        {
            case Security2NonceGet get when State2 is { } state && IsTalking && GivesNonces:
                if (state.OnNonceGet(source, get) is { } answer) SendPlain(source, answer);
                break;
            case Security2NonceReport report when State2 is { } state:
                if (state.OnNonceReport(source, report) && report.IsSingleCastLost) _sender.NonceCame(source, isSecurity2: true);
                break;
            case Security0NonceGet when State0 is { } state && IsTalking && GivesNonces:
                SendPlain(source, state.CreateNonceReport(source));
                break;
            case Security0NonceReport report when State0 is { } state:
                state.OnNonceReport(source, report);
                _sender.NonceCame(source, isSecurity2: false);
                break;
            default:
                TakeJoining(source, command!, SecurityClass.None);
                break;
        }
    }

    /// <summary>It has keys, or is about to get some.</summary>
    private bool IsTalking => !Granted.IsEmpty || _joining.Count > 0;

    private void Open2(NodeId source, ReadOnlyMemory<byte> frame, bool isSinglecast)
    {
        if (State2 is not { } state || !IsTalking) return;
        var plaintext = new byte[frame.Length];
        switch (state.TryDecrypt(source, !isSinglecast, frame.Span, plaintext, out var length, out var securityClass))
        {
            case Security2Result.Opened when length > 0:
                Take(source, plaintext.AsMemory(0, length), isSinglecast, securityClass);
                break;
            case Security2Result.NotDecrypted when isSinglecast && GivesNonces:
                if (state.OnNotDecrypted(source, frame.Span) is { } report) SendPlain(source, report);
                break;
        }
    }

    private void Open0(NodeId source, ReadOnlyMemory<byte> frame)
    {
        if (State0 is not { } state || !IsTalking) return;
        // A command may have come in two frames.
        var plaintext = new byte[2 * CommandCodec.MaximumLength];
        var result = state.TryDecrypt(source, frame.Span, plaintext, out var length, out var wantsNonce);
        if (wantsNonce && GivesNonces) SendPlain(source, state.CreateNonceReport(source));
        if (result == Security0Result.Opened && length > 0) Take(source, plaintext.AsMemory(0, length), true, SecurityClass.S0);
    }

    /// <summary>What was encrypted: while keys are exchanged it is about nothing else, and nothing else counts with keys for that time only.</summary>
    private void Take(NodeId source, ReadOnlyMemory<byte> command, bool isSinglecast, SecurityClass securityClass)
    {
        if (_joining.Count == 0 && securityClass != SecurityClass.S2Temporary) _opened(source, command, isSinglecast, securityClass);
        else if (CommandCodec.TryDecode(command.Span, out var decoded) == DecodeError.None) TakeJoining(source, decoded!, securityClass);
    }

    private void TakeJoining(NodeId source, ICommand command, SecurityClass securityClass)
    {
        if (source != _node.ControllerNodeId) return;
        foreach (var joining in _joining.ToArray()) joining.Take(command, securityClass);
    }

    private void SendPlain(NodeId to, ICommand command) => _sender.Send(to, _node.Encode(command), SecurityClass.None);

    private ushort Group(int index) => BinaryPrimitives.ReadUInt16BigEndian(Dsk.Span[(2 * index)..]);
}
