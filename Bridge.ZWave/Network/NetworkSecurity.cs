using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>How making an encrypted frame ended.</summary>
internal enum Protection
{
    Done,

    /// <summary>The node has to give a nonce first.</summary>
    NeedsNonce,

    /// <summary>It does not fit the frames the class allows.</summary>
    TooLong,

    /// <summary>There is no key for it.</summary>
    NoKey,
}

/// <summary>
/// Our side of Security 0 and Security 2 with every node: opens and makes frames, gives nonces out and takes them in, decides what has to be encrypted and what
/// may be believed. Without keys nothing is opened and nothing made. Belongs to the network's loop.
/// </summary>
internal sealed class NetworkSecurity : ISecurityLayer
{
    private readonly NetworkContext _context;
    private readonly NetworkKeys? _keys;
    private Security2State? _s2;
    private Security0State? _s0;
    private (HomeId HomeId, NodeId NodeId) _self;

    public NetworkSecurity(NetworkContext context, NetworkKeys? keys)
    {
        _context = context;
        _keys = keys;
        Traffic = new(context, this);
    }

    /// <summary>Encrypted commands on their way.</summary>
    public EncryptedTraffic Traffic { get; }

    public bool HasKeys => _keys is not null;

    public NetworkKeys? Keys => _keys;

    public Security2State? S2 => _s2;

    public Security0State? S0 => _s0;

    /// <summary>The conversation of a key exchange; null when there is none.</summary>
    public SecureConversation? Conversation { get; set; }

    /// <summary>The controller told who we are. Another network begins with nothing.</summary>
    public void Begin(ControllerIdentity identity)
    {
        if (_keys is null || _self == (identity.HomeId, identity.NodeId)) return;
        _self = (identity.HomeId, identity.NodeId);
        _s2 = new(identity.NodeId, identity.HomeId, _context.Time);
        _s0 = new(identity.NodeId, _context.Time);
        foreach (var securityClass in SecurityClasses.All.StrongestFirst)
        {
            if (securityClass == SecurityClass.S0) continue;
            _s2.SetKey(securityClass, isLongRange: false, _keys.Find(securityClass, isLongRange: false));
            _s2.SetKey(securityClass, isLongRange: true, _keys.Find(securityClass, isLongRange: true));
        }

        _s0.SetKey(_keys.S0);
    }

    /// <summary>The keys of a node became known, or others.</summary>
    public void Consider(Node node) =>
        _s2?.SetClass(node.Id, node.GrantedClasses is { } granted ? granted.Without(SecurityClass.S0).Highest : null);

    public void Forget(NodeId node)
    {
        _s2?.Forget(node);
        _s0?.Forget(node);
        Traffic.Forget(node);
    }

    /// <summary>How a command of a class is sent to an endpoint: encrypted with the strongest key, except what the node takes in the clear only.</summary>
    public static SecurityClass ClassFor(Node node, EndpointIndex endpoint, CommandClassId commandClass)
    {
        if (node.SecurityClass == SecurityClass.None || commandClass == NoOperationCommandClass.Id) return SecurityClass.None;
        if (!endpoint.IsRoot || node.SecureClasses is not { } secure || commandClass == BasicCommandClass.Id) return node.SecurityClass;
        return secure.Contains(commandClass) ? node.SecurityClass : SecurityClass.None;
    }

    /// <summary>
    /// True when a frame may be believed the way it came. What a node supports encrypted counts only when it came with its strongest key; anything else
    /// could be from anybody.
    /// </summary>
    public bool Accepts(Node node, scoped in Unwrapped unwrapped)
    {
        var used = unwrapped.Envelope.SecurityClass;
        if (Conversation?.Node == node.Id || node.GrantedClasses is null || used == node.SecurityClass) return true;
        if (used != SecurityClass.None) return false;
        foreach (var command in unwrapped)
        {
            if (CommandCodec.TryFind(command, out _, out var id, out _) == DecodeError.Truncated) return false;
            if (!IsPlain(node, unwrapped.Envelope, id.CommandClass)) return false;
        }

        return true;
    }

    /// <summary>Makes the frame of an item.</summary>
    /// <param name="frame">The bytes for the radio when done.</param>
    public Protection TryProtect(NodeId node, SendItem item, SecurityClass securityClass, ReadOnlySpan<byte> command, int maximumPayload, out byte[] frame)
    {
        frame = [];
        if (_keys is null || _s2 is null || _s0 is null) return Protection.NoKey;
        Span<byte> buffer = stackalloc byte[Wrapping.MaximumLength];
        var writer = new PayloadWriter(buffer);
        if (securityClass == SecurityClass.S0)
        {
            var frames = Security0State.FramesFor(command.Length, maximumPayload);
            if (frames == 0) return Protection.TooLong;
            item.IsFirstOfTwo = frames == 2 && !item.IsSecondPart;
            if (!_s0.HasNonce(node)) return Protection.NeedsNonce;
            if (!_s0.TryEncrypt(node, command, item.IsSecondPart ? 1 : 0, maximumPayload, ref writer)) return Protection.NoKey;
        }
        else
        {
            if (!_s2.CanEncrypt(node, securityClass)) return Protection.NeedsNonce;
            if (!_s2.TryEncrypt(node, securityClass, command, ref writer)) return Protection.NoKey;
        }

        if (writer.Overflowed) return Protection.TooLong;
        frame = writer.Written.ToArray();
        return Protection.Done;
    }

    /// <summary>A command that only agrees on nonces. False: it is something else.</summary>
    public bool TryTake(Node node, SecurityClass usedClass, ICommand command)
    {
        if (command is not (Security2NonceGet or Security2NonceReport or Security0NonceGet or Security0NonceReport)) return false;
        // These are never encrypted; one that is breaks the rules.
        if (usedClass != SecurityClass.None || _s2 is null || _s0 is null) return true;
        switch (command)
        {
            case Security2NonceGet get when MayUse(node, isS0: false):
                if (_s2.OnNonceGet(node.Id, get) is { } answer) Traffic.SendNonce(node.Id, answer);
                break;
            case Security2NonceReport report when MayUse(node, isS0: false):
                if (_s2.OnNonceReport(node.Id, report)) Traffic.OnNonce(node.Id, isS0: false);
                break;
            case Security0NonceGet when MayUse(node, isS0: true):
                Traffic.SendNonce(node.Id, _s0.CreateNonceReport(node.Id));
                break;
            case Security0NonceReport report when MayUse(node, isS0: true):
                _s0.OnNonceReport(node.Id, report);
                Traffic.OnNonce(node.Id, isS0: true);
                break;
        }

        return true;
    }

    public DecodeError TryDecrypt(
        Reception reception, ReadOnlySpan<byte> frame, Span<byte> plaintext, out int length, out SecurityClass securityClass)
    {
        length = 0;
        securityClass = SecurityClass.None;
        var isS0 = frame[0] == Security0CommandClass.Id.Value;
        if (_s2 is null || _s0 is null || _context.FindNode(reception.Node) is not { } node || !MayUse(node, isS0)) return DecodeError.NotDecrypted;
        return isS0
            ? DecryptS0(node, reception, frame, plaintext, out length, out securityClass)
            : DecryptS2(node, reception, frame, plaintext, out length, out securityClass);
    }

    // A node without keys is not listened to when it speaks as if it had some; while nobody knows, everything is tried.
    private bool MayUse(Node node, bool isS0) =>
        Conversation?.Node == node.Id
        || node.GrantedClasses is not { } granted
        || (isS0 ? granted.Highest == SecurityClass.S0 : granted.Highest > SecurityClass.S0);

    // Below its strongest class a node is believed only what it does not support encrypted, and what builds encryption up.
    private static bool IsPlain(Node node, in Envelope envelope, CommandClassId commandClass) =>
        commandClass == Security2CommandClass.Id || commandClass == Security0CommandClass.Id || commandClass == TransportServiceCommandClass.Id
        || (node.SecureClasses is { } secure && !envelope.IsMultiChannel && !secure.Contains(commandClass) && commandClass != BasicCommandClass.Id
            && node.Root.Supports(commandClass));

    private DecodeError DecryptS2(
        Node node, Reception reception, ReadOnlySpan<byte> frame, Span<byte> plaintext, out int length, out SecurityClass securityClass)
    {
        switch (_s2!.TryDecrypt(node.Id, reception.IsMulticast, frame, plaintext, out length, out securityClass))
        {
            case Security2Result.Opened:
                Traffic.OnOpened(node.Id);
                return DecodeError.None;
            case Security2Result.Duplicate:
                _context.Counters.RepetitionsDropped++;
                return DecodeError.NeedMoreData;
            case Security2Result.NotDecrypted:
                if (Conversation is { } conversation && _s2.IsBeginning(node.Id, frame)) conversation.NoteNotDecrypted(node.Id);
                if (_s2.OnNotDecrypted(node.Id, frame) is { } report) Traffic.SendNonce(node.Id, report);
                return DecodeError.NotDecrypted;
            case Security2Result.MulticastNotDecrypted:
                return DecodeError.NotDecrypted;
            default:
                return DecodeError.ReservedValue;
        }
    }

    private DecodeError DecryptS0(
        Node node, Reception reception, ReadOnlySpan<byte> frame, Span<byte> plaintext, out int length, out SecurityClass securityClass)
    {
        securityClass = SecurityClass.S0;
        length = 0;
        if (reception.IsMulticast) return DecodeError.ReservedValue;
        var result = _s0!.TryDecrypt(node.Id, frame, plaintext, out length, out var wantsNonce);
        if (result == Security0Result.NotDecrypted) Conversation?.NoteNotDecrypted(node.Id);
        if (result is Security0Result.Opened or Security0Result.FirstPart && wantsNonce) Traffic.SendNonce(node.Id, _s0.CreateNonceReport(node.Id));
        return result switch
        {
            Security0Result.Opened => DecodeError.None,
            Security0Result.FirstPart => DecodeError.NeedMoreData,
            Security0Result.NotDecrypted => DecodeError.NotDecrypted,
            _ => DecodeError.Truncated,
        };
    }
}
