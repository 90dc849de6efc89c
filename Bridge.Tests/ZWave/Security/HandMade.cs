using Bridge.Tests.Support;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.ZWave.Security;

/// <summary>A node that has the keys and begins a sequence with the host, and writes its frames byte by byte: also what no honest node sends.</summary>
internal sealed class HandMade
{
    public const string On = "25 01 FF";

    private static readonly NodeId s_id = new(2);
    private static readonly HomeId s_home = new(0xDEADBEEF);
    private static readonly byte[] s_entropy = [.. Enumerable.Range(1, 16).Select(static value => (byte)value)];
    private static readonly string s_spanExtension = "12 41 " + Hex.Spaced(s_entropy);

    private readonly Security2Keys _keys;
    private NonceSequence _sequence;

    public HandMade()
    {
        var key = SecretKey.Generate();
        _keys = Security2Keys.FromNetworkKey(key);
        Host = new(new(1), s_home, Time);
        Host.SetKey(SecurityClass.S2Authenticated, false, key);
        _sequence = Begin();
        Result = Send(0, 1, s_spanExtension, string.Empty).Result;
    }

    public ManualTimeProvider Time { get; } = new();

    public Security2State Host { get; }

    /// <summary>How the frame was taken that began the sequence, number 0.</summary>
    public Security2Result Result { get; }

    /// <summary>Takes entropy of the host for a new sequence.</summary>
    public NonceSequence Begin() => _sequence = new(
        SecurityClass.S2Authenticated, _keys, s_entropy, Host.CreateNonceReport(s_id).ReceiverEntropyInput!.Value.Span);

    /// <summary>The first frame of a sequence.</summary>
    public Opened SendFirst(byte sequenceNumber) => Send(sequenceNumber, 1, s_spanExtension, On);

    public Opened Send(byte sequenceNumber, byte flags, string extensions, string text) => Receive(Make(sequenceNumber, flags, extensions, text));

    public byte[] Make(byte sequenceNumber, byte flags, string extensions, string text)
    {
        var (plain, command) = (Bytes(extensions), Bytes(text));
        var data = SealedFrame.AssociatedData(
            false, s_id, 1, s_home, 4 + plain.Length + command.Length + SealedFrame.TagLength, sequenceNumber, flags, plain);
        var (nonce, ciphertext, tag) = (new byte[SealedFrame.NonceLength], new byte[command.Length], new byte[SealedFrame.TagLength]);
        _sequence.Next(nonce, Time);
        SealedFrame.Seal(_keys.Ccm, nonce, command, ciphertext, tag, data);
        return [0x9F, 0x03, sequenceNumber, flags, .. plain, .. ciphertext, .. tag];
    }

    public Opened Receive(byte[] frame)
    {
        var plaintext = new byte[frame.Length];
        var result = Host.TryDecrypt(s_id, false, frame, plaintext, out var length, out var securityClass);
        return new(result, Hex.Spaced(plaintext.AsSpan(0, length)), securityClass);
    }

    private static byte[] Bytes(string hex) => hex.Length == 0 ? [] : WireAssert.Bytes(hex);
}
