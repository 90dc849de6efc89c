using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.ZWave.Security;

/// <summary>Two nodes with the same keys, without anything between them: frames are byte arrays in the hands of the test.</summary>
internal sealed class Security2Rig
{
    public static readonly NodeId HostId = new(1);

    private static readonly HomeId s_home = new(0xDEADBEEF);

    public Security2Rig(ushort plug = 2, NetworkKeys? keys = null)
    {
        PlugId = new(plug);
        Host = new(HostId, s_home, Time);
        Plug = new(PlugId, s_home, Time);
        keys ??= NetworkKeys.Generate();
        GiveKeys(Host, keys);
        GiveKeys(Plug, keys);
    }

    public ManualTimeProvider Time { get; } = new();

    public Security2State Host { get; }

    public Security2State Plug { get; }

    public NodeId PlugId { get; }

    /// <summary>A command of the host; null: there is no nonce or no key.</summary>
    public byte[]? FromHost(string command, SecurityClass securityClass = SecurityClass.S2Authenticated) => Encrypt(Host, PlugId, securityClass, command);

    public byte[]? FromPlug(string command, SecurityClass securityClass = SecurityClass.S2Authenticated) => Encrypt(Plug, HostId, securityClass, command);

    public Opened AtHost(byte[]? frame, bool isMulticast = false) => Open(Host, PlugId, frame, isMulticast);

    public Opened AtPlug(byte[]? frame, bool isMulticast = false) => Open(Plug, HostId, frame, isMulticast);

    /// <summary>The host asks for a nonce and gets it.</summary>
    public void HostAsks() => Host.OnNonceReport(PlugId, Plug.OnNonceGet(HostId, Host.CreateNonceGet(PlugId))!);

    public void PlugAsks() => Plug.OnNonceReport(HostId, Host.OnNonceGet(PlugId, Plug.CreateNonceGet(HostId))!);

    /// <summary>A nonce sequence both have, begun by the host with an empty frame.</summary>
    public Security2Rig Agreed(SecurityClass securityClass = SecurityClass.S2Authenticated)
    {
        HostAsks();
        AtPlug(FromHost(string.Empty, securityClass));
        return this;
    }

    /// <summary>A frame of the host to a group.</summary>
    public byte[] Multicast(byte group, string command)
    {
        var frame = new PayloadWriter(new byte[200]);
        Host.TryEncryptMulticast(group, SecurityClass.S2Authenticated, Bytes(command), ref frame);
        return frame.Written.ToArray();
    }

    public byte[] FollowUp(byte group, string command)
    {
        var frame = new PayloadWriter(new byte[200]);
        Host.TryEncryptFollowUp(PlugId, group, SecurityClass.S2Authenticated, Bytes(command), ref frame);
        return frame.Written.ToArray();
    }

    /// <summary>The types of the plain extensions of a frame.</summary>
    public static Security2ExtensionType[] ExtensionsOf(byte[]? frame) =>
        [.. WireAssert.Decode<Security2Encapsulation>(Hex.Spaced(frame)).Extensions.Select(static extension => extension.Type)];

    private static byte[] Bytes(string hex) => hex.Length == 0 ? [] : WireAssert.Bytes(hex);

    private static void GiveKeys(Security2State state, NetworkKeys keys)
    {
        foreach (var securityClass in Enum.GetValues<SecurityClass>())
        {
            state.SetKey(securityClass, false, keys.Find(securityClass, false));
            state.SetKey(securityClass, true, keys.Find(securityClass, true));
        }
    }

    private static byte[]? Encrypt(Security2State state, NodeId peer, SecurityClass securityClass, string command)
    {
        var frame = new PayloadWriter(new byte[200]);
        return state.TryEncrypt(peer, securityClass, Bytes(command), ref frame) ? frame.Written.ToArray() : null;
    }

    private static Opened Open(Security2State state, NodeId peer, byte[]? frame, bool isMulticast)
    {
        var plaintext = new byte[frame!.Length];
        var result = state.TryDecrypt(peer, isMulticast, frame, plaintext, out var length, out var securityClass);
        return new(result, Hex.Spaced(plaintext.AsSpan(0, length)), securityClass);
    }
}

/// <summary>How a frame was opened, and the command that was in it.</summary>
internal readonly record struct Opened(Security2Result Result, string Command, SecurityClass Class)
{
    public static Opened With(string command, SecurityClass securityClass = SecurityClass.S2Authenticated) => new(Security2Result.Opened, command, securityClass);

    public static Opened Not(Security2Result result) => new(result, string.Empty, SecurityClass.None);
}
