using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Security;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Fuzz;

/// <summary>
/// A state of Security 0 for the whole run: random and damaged frames, nonces in any order, and now and then a good exchange, which must work whatever was
/// there before it.
/// </summary>
internal sealed class Security0Check
{
    private static readonly NodeId s_own = new(1);

    private readonly Random _random;
    private readonly ManualTimeProvider _time = new();
    private readonly Security0State _state;
    private readonly byte[] _plaintext = new byte[512];

    public Security0Check(Random random)
    {
        _random = random;
        _state = new(s_own, _time);
        _state.SetKey(Security0Line.Key);
    }

    /// <summary>Good frames that were opened.</summary>
    public long Opened { get; private set; }

    public void Run(ReadOnlySpan<byte> input, NodeId node)
    {
        _time.Advance(_random.Next(500));
        var result = _state.TryDecrypt(node, input, _plaintext, out var length, out _);
        FuzzViolation.Unless(result is Security0Result.Refused or Security0Result.NotDecrypted, "nobody makes a frame of Security 0 without the key");
        FuzzViolation.Unless(length == 0, "a frame that is not opened has no command");
        switch (_random.Next(8))
        {
            case 0: _state.CreateNonceReport(node); break;
            case 1: _state.OnNonceReport(node, new Security0NonceReport(input.ToArray())); break;
            case 2 when _random.Next(64) == 0: _state.Forget(node); break;
            case 3: Exchange(node, input); break;
        }
    }

    /// <summary>The node sends a command, after a damaged copy that names a nonce given to it.</summary>
    private void Exchange(NodeId node, ReadOnlySpan<byte> input)
    {
        if (!node.IsClassic || input.IsEmpty) return;
        var peer = new Security0State(node, _time);
        peer.SetKey(Security0Line.Key);
        var command = input[..Math.Min(input.Length, 52)];
        var damaged = new FrameMutator(_random, longest: 300).Mutate(Frame(peer, node, command, 0), input, 1 + _random.Next(3));
        _state.TryDecrypt(node, damaged, _plaintext, out _, out _);
        var frames = Security0State.FramesFor(command.Length, Security0Line.MaximumPayload);
        for (var part = 0; part < frames; part++)
        {
            var result = _state.TryDecrypt(node, Frame(peer, node, command, part), _plaintext, out var length, out var wantsNonce);
            var isLast = part + 1 == frames;
            FuzzViolation.Unless(result == (isLast ? Security0Result.Opened : Security0Result.FirstPart), "a good frame is opened");
            FuzzViolation.Unless(wantsNonce != isLast, "a first part asks for the next nonce");
            FuzzViolation.Unless(!isLast || _plaintext.AsSpan(0, length).SequenceEqual(command), "what is opened is what was sent");
        }

        Opened++;
    }

    private byte[] Frame(Security0State peer, NodeId node, ReadOnlySpan<byte> command, int part)
    {
        peer.OnNonceReport(s_own, _state.CreateNonceReport(node));
        return Security0Line.Encrypt(peer, s_own, command, part)!;
    }
}
