using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.ZWave.Network;

/// <summary>
/// Puts Security 2 around a plain simulated plug: what the controller sends encrypted reaches the plug in the clear, what the plug answers is encrypted. Its
/// nonces can be lost, its frames repeated and damaged.
/// </summary>
internal sealed class SecurePlug
{
    private readonly SimulatedNetwork _network;
    private readonly SimulatedNode _node;
    private readonly Action<NodeId, ReadOnlyMemory<byte>, ReceiveStatus> _hear;
    private readonly SecurityClass _class;
    private readonly Queue<byte[]> _waiting = new();
    private readonly NetworkKeys _keys;
    private byte[] _last = [];

    public SecurePlug(SimulatedNetwork network, SimulatedNode node, NetworkKeys keys, SecurityClass securityClass)
    {
        (_network, _node, _class, _keys) = (network, node, securityClass, keys);
        State = NewState();
        _hear = network.ControllerHears;
        network.ControllerHears = OnSaid;
        var says = network.ControllerSays;
        network.ControllerSays = (destination, command) =>
        {
            says(destination, command);
            if (destination == node.Id) OnHeard(command.ToArray());
        };
    }

    public Security2State State { get; private set; }

    /// <summary>Commands it was sent in the clear that it supports only encrypted.</summary>
    public List<string> PlainCommands { get; } = [];

    /// <summary>Commands it could decrypt.</summary>
    public List<string> Decrypted { get; } = [];

    /// <summary>It gives no nonce.</summary>
    public bool IsSilent { get; set; }

    /// <summary>As after a power cut.</summary>
    public void LoseNonces() => _network.Agenda.Do(() => State = NewState());

    /// <summary>Somebody sends what the plug said last once more.</summary>
    public void RepeatLast() => _network.Agenda.Do(() => _hear(_node.Id, _last, ReceiveStatus.None));

    /// <summary>Somebody sends this in its name.</summary>
    public void Forge(byte[] frame) => _network.Agenda.Do(() => _hear(_node.Id, frame, ReceiveStatus.None));

    /// <summary>What the plug said last, with a bit turned.</summary>
    public byte[] Damaged(int fromEnd)
    {
        var frame = _last.ToArray();
        frame[^fromEnd] ^= 1;
        return frame;
    }

    private Security2State NewState()
    {
        var state = new Security2State(_node.Id, _network.HomeId, TimeProvider.System);
        state.SetKey(_class, isLongRange: false, _keys.Find(_class, isLongRange: false));
        state.SetClass(_network.ControllerNodeId, _class);
        return state;
    }

    private void OnSaid(NodeId source, ReadOnlyMemory<byte> command, ReceiveStatus status)
    {
        if (source != _node.Id || command.Span[0] is 0x9F or 0x5E) _hear(source, command, status);
        else Encrypt(command.ToArray());
    }

    private void Encrypt(byte[] command)
    {
        if (!State.CanEncrypt(_network.ControllerNodeId, _class))
        {
            _waiting.Enqueue(command);
            Send(CommandCodec.Encode(State.CreateNonceGet(_network.ControllerNodeId), CodecContext.Newest));
            return;
        }

        Span<byte> buffer = stackalloc byte[256];
        var frame = new PayloadWriter(buffer);
        State.TryEncrypt(_network.ControllerNodeId, _class, command, ref frame);
        _last = frame.Written.ToArray();
        Send(_last);
    }

    private void Send(byte[] frame) => _network.Travel(() => _hear(_node.Id, frame, ReceiveStatus.None));

    private void OnHeard(byte[] frame)
    {
        if (frame[0] is not 0x9F)
        {
            if (frame[0] is not (0x00 or 0x5E)) PlainCommands.Add(Hex.Spaced(frame));
            return;
        }

        CommandCodec.TryDecode(frame, out var command);
        switch (command)
        {
            case Security2NonceGet get when !IsSilent:
                if (State.OnNonceGet(_network.ControllerNodeId, get) is { } nonce) Send(CommandCodec.Encode(nonce, CodecContext.Newest));
                break;
            case Security2NonceReport report:
                State.OnNonceReport(_network.ControllerNodeId, report);
                while (_waiting.TryDequeue(out var waiting)) Encrypt(waiting);
                break;
            case Security2Encapsulation:
                Open(frame);
                break;
        }
    }

    private void Open(byte[] frame)
    {
        var plaintext = new byte[frame.Length];
        var result = State.TryDecrypt(_network.ControllerNodeId, isMulticast: false, frame, plaintext, out var length, out _);
        if (result == Security2Result.NotDecrypted && !IsSilent)
        {
            Send(CommandCodec.Encode(State.CreateNonceReport(_network.ControllerNodeId), CodecContext.Newest));
        }

        if (result != Security2Result.Opened || length == 0) return;
        var command = plaintext[..length];
        Decrypted.Add(Hex.Spaced(command));
        if (command is [0x9F, 0x0D])
        {
            var secure = _node.Plug.CommandClasses.Select(static supported => supported.Id).Where(static id => id.Value is not (0x9F or 0x5E or 0x20));
            Encrypt(CommandCodec.Encode(new Security2CommandsSupportedReport([.. secure]), CodecContext.Newest));
            return;
        }

        _node.Receive(_network.ControllerNodeId, command, isSinglecast: true);
    }
}
