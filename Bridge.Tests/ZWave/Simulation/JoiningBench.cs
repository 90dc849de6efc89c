using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>A plug that was included a moment ago as node 2, and a controller that gives it keys step by step.</summary>
internal sealed class JoiningBench : IDisposable
{
    public const SecurityClass Temporary = SecurityClass.S2Temporary;

    // Of RFC 7748, section 6.1; DSK 34080-61449-35120-42836-29835-32220-46142-63322.
    private const string PlugKey = "77 07 6D 0A 73 18 A5 7D 3C 16 C1 72 51 B2 66 45 DF 4C 2F 87 EB C0 99 2A B1 77 FB A5 1D B9 2C 2A";

    public static readonly SecurityClasses Both = SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated);

    private readonly X25519KeyPair _ownKeys = X25519KeyPair.Generate();

    /// <param name="requested">What the plug asks for.</param>
    public JoiningBench(SecurityClasses requested)
    {
        Plug = Host.Network.PutOnTable(SecureHost.SmartPlug(requested), WireAssert.Bytes(PlugKey));
        Host.Network.Join(Plug, new(2), isSmartStarted: false);
    }

    public SecureHost Host { get; } = new();

    public SimulatedNode Plug { get; }

    /// <summary>Steps 1 to 5: up to the echo, with the number of the label or another one.</summary>
    /// <returns>What the plug said after it got our public key.</returns>
    public string[] Agree(SecurityClasses granted, ushort? pin = null)
    {
        Say("9F 04");
        Say(new Security2KexSet(false, false, 2, 1, granted.Bits));
        var key = WireAssert.Decode<Security2PublicKeyReport>(Host.Heard()[^1]).PublicKey.ToArray();
        if (key[0] == 0 && key[1] == 0)
        {
            var entered = pin ?? Plug.Security.Pin;
            (key[0], key[1]) = ((byte)(entered >> 8), (byte)entered);
        }

        var secret = new byte[X25519KeyPair.KeyLength];
        _ownKeys.TryAgree(key, secret);
        Host.State2.SetTemporaryKeys(new(2), Security2Keys.FromSharedSecret(secret, _ownKeys.PublicKey.Span, key));
        Host.Clear();
        Say(new Security2PublicKeyReport(true, _ownKeys.PublicKey));
        return Host.Heard();
    }

    /// <summary>Steps 9 to 15: repeats what the plug told and hands over every key it asks for.</summary>
    /// <returns>What the plug said.</returns>
    public string[] HandOver(SecurityClasses requested)
    {
        List<string> said = [];
        Say(new Security2KexReport(true, false, 2, 1, requested.Bits), Temporary);
        while (true)
        {
            var heard = Host.Heard();
            said.AddRange(heard);
            if (heard is not [.., var last] || !last.StartsWith("S2Temporary 9F 09 ", StringComparison.Ordinal)) return [.. said];
            GiveKey(Convert.ToByte(last[^2..], 16));
            said.AddRange(Host.Heard());
            Say("9F 0C 02", Temporary);
        }
    }

    /// <summary>Network Key Report with the key of a bit.</summary>
    public void GiveKey(byte bit)
    {
        var key = new byte[SecretKey.Length];
        Host.Keys.Find(new SecurityClasses(bit).Highest, false)!.Reveal(key);
        Say(new Security2NetworkKeyReport(bit, key), Temporary);
    }

    public void Say(string hex, SecurityClass securityClass = SecurityClass.None) => Host.Say(Decode(hex), securityClass);

    public void Say(ICommand command, SecurityClass securityClass = SecurityClass.None) => Host.Say(command, securityClass);

    public string[] Ask(string hex, SecurityClass securityClass = SecurityClass.None)
    {
        Host.Heard();
        Say(hex, securityClass);
        return Host.Heard();
    }

    public void Dispose() => Host.Dispose();

    private static ICommand Decode(string hex) =>
        CommandCodec.TryDecode(WireAssert.Bytes(hex), out var command) == DecodeError.None ? command! : throw new ArgumentException(hex, nameof(hex));
}
