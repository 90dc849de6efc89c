using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.ZWave.Security;

/// <summary>Two nodes that have the same network key, and what they say to each other.</summary>
internal sealed class Security0Line
{
    public const int MaximumPayload = 46;

    public static readonly NodeId Host = new(1);
    public static readonly NodeId Plug = new(2);
    public static readonly SecretKey Key = new(WireAssert.Bytes("01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10"));

    public Security0Line()
    {
        AtHost = new(Host, Time);
        AtPlug = new(Plug, Time);
        AtHost.SetKey(Key);
        AtPlug.SetKey(Key);
    }

    public ManualTimeProvider Time { get; } = new();

    public Security0State AtHost { get; }

    public Security0State AtPlug { get; }

    /// <summary>The host asks for a nonce and makes the frame.</summary>
    public byte[] HostSends(ReadOnlySpan<byte> command, int part = 0)
    {
        if (!AtHost.HasNonce(Plug)) GiveNonceToHost();
        return Encrypt(AtHost, Plug, command, part) ?? throw new InvalidOperationException("a nonce is there, and a key");
    }

    public void GiveNonceToHost() => AtHost.OnNonceReport(Plug, AtPlug.CreateNonceReport(Host));

    public Security0Result PlugReceives(ReadOnlySpan<byte> frame, out byte[] command) => Decrypt(AtPlug, Host, frame, out command, out _);

    /// <summary>A good frame comes through, whatever there was before it.</summary>
    public bool IsAlive()
    {
        byte[] command = [0x25, 0x01, 0xFF];
        GiveNonceToHost();
        return PlugReceives(HostSends(command), out var received) == Security0Result.Opened && received.AsSpan().SequenceEqual(command);
    }

    public static byte[]? Encrypt(Security0State state, NodeId peer, ReadOnlySpan<byte> command, int part = 0, int maximumPayload = MaximumPayload)
    {
        var frame = new PayloadWriter(new byte[512]);
        return state.TryEncrypt(peer, command, part, maximumPayload, ref frame) ? frame.Written.ToArray() : null;
    }

    public static Security0Result Decrypt(Security0State state, NodeId peer, ReadOnlySpan<byte> frame, out byte[] command, out bool wantsNonce)
    {
        var plaintext = new byte[512];
        var result = state.TryDecrypt(peer, frame, plaintext, out var length, out wantsNonce);
        command = plaintext[..length];
        return result;
    }

    /// <summary>A state whose nonces are the ones given, in their order.</summary>
    public static Security0State WithNonces(NodeId self, SecretKey? key, TimeProvider time, params string[] nonces)
    {
        var next = 0;
        var state = new Security0State(self, time) { Random = bytes => WireAssert.Bytes(nonces[next++]).CopyTo(bytes) };
        state.SetKey(key);
        return state;
    }
}
