using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>
/// A controller with keys, without a line: says and hears encrypted commands on the simulated radio, which takes no time here. Gives nonces and asks for them.
/// </summary>
internal sealed class SecureHost : IDisposable
{
    private readonly List<string> _raw = [];
    private readonly List<string> _heard = [];

    public SecureHost()
    {
        Network = new(Time, new(0xC0DE2026), new(1)) { HopTime = TimeSpan.Zero };
        Network.ControllerHears = Hear;
        State2 = new(new(1), Network.HomeId, Time);
        State0 = new(new(1), Time);
        foreach (var securityClass in SecurityClasses.All.StrongestFirst) State2.SetKey(securityClass, false, Keys.Find(securityClass, false));
        State0.SetKey(Keys.S0);
    }

    public ManualTimeProvider Time { get; } = new();

    public SimulatedNetwork Network { get; }

    public NetworkKeys Keys { get; } = NetworkKeys.Generate();

    public Security2State State2 { get; }

    public Security0State State0 { get; }

    /// <summary>False: nonces asked for are not given.</summary>
    public bool GivesNonces { get; set; } = true;

    /// <summary>The smart plug at node 2 with these keys, joined to the lifeline; all are Security 2, or the plug has Security 0 only.</summary>
    public SimulatedNode AddPlug(params ReadOnlySpan<SecurityClass> granted)
    {
        var classes = SecurityClasses.Of(granted);
        var plug = Network.Add(new(2), SmartPlug(classes));
        Network.Secure(plug, Keys, classes);
        Say("85 01 01 01", classes.Highest);
        Clear();
        return plug;
    }

    /// <summary>The smart plug, made to ask for these classes; with Security 0 in place of 2 when that is the only one.</summary>
    public static PlugDefinition SmartPlug(SecurityClasses requested)
    {
        var plug = PlugFile.Read(PlugBench.SmartPlug);
        CommandClassId[] added = requested.Contains(SecurityClass.S0) ? [new(0x98)] : [];
        var has2 = !requested.Without(SecurityClass.S0).IsEmpty;
        return plug with
        {
            CommandClasses = [.. plug.CommandClasses.Where(one => has2 || one.Id.Value != 0x9F), .. added.Select(static id => new PlugCommandClass(id, 1))],
            Security = new(requested, [.. plug.Security!.PlainClasses, .. added]),
        };
    }

    /// <summary>Everything that was heard since the last look: class and command, or only the command when it was in the clear. Nonces are left out.</summary>
    public string[] Heard() => Take(_heard);

    /// <summary>The frames since the last look, as they were on the air.</summary>
    public string[] Raw() => Take(_raw);

    public void Clear()
    {
        _raw.Clear();
        _heard.Clear();
    }

    /// <summary>Says a command in the clear to node 2.</summary>
    public void Say(string hex) => Network.Transmit(new(2), WireAssert.Bytes(hex));

    /// <summary>Says a command to node 2, encrypted; asks for a nonce first when it has none.</summary>
    public void Say(string hex, SecurityClass securityClass) => Say(WireAssert.Bytes(hex), securityClass);

    public void Say(ICommand command, SecurityClass securityClass) => Say(CommandCodec.Encode(command, CodecContext.Newest), securityClass);

    /// <summary>Says a command and gives everything that was heard because of it.</summary>
    public string[] Ask(string hex, SecurityClass securityClass)
    {
        Heard();
        Say(hex, securityClass);
        return Heard();
    }

    public string[] After(TimeSpan time)
    {
        Heard();
        Time.Advance(time);
        return Heard();
    }

    public void Dispose() => Network.Dispose();

    private static string[] Take(List<string> list)
    {
        string[] all = [.. list];
        list.Clear();
        return all;
    }

    private void Say(byte[] command, SecurityClass securityClass)
    {
        if (securityClass == SecurityClass.None) Network.Transmit(new(2), command);
        else if (securityClass == SecurityClass.S0) Say0(command);
        else Network.Transmit(new(2), Seal(command, securityClass));
    }

    /// <summary>An encrypted frame for node 2.</summary>
    public byte[] Seal(byte[] command, SecurityClass securityClass)
    {
        if (!State2.CanEncrypt(new(2), securityClass)) Transmit(State2.CreateNonceGet(new(2)));
        var frame = new PayloadWriter(new byte[256]);
        return State2.TryEncrypt(new(2), securityClass, command, ref frame)
            ? frame.Written.ToArray()
            : throw new InvalidOperationException("node 2 gave no nonce");
    }

    private void Say0(byte[] command)
    {
        for (var part = 0; part < Security0State.FramesFor(command.Length, 46); part++)
        {
            if (!State0.HasNonce(new(2))) Transmit(new Security0NonceGet());
            var frame = new PayloadWriter(new byte[256]);
            if (!State0.TryEncrypt(new(2), command, part, 46, ref frame)) throw new InvalidOperationException("node 2 gave no nonce");
            Network.Transmit(new(2), frame.Written.ToArray());
        }
    }

    private void Transmit(ICommand command) => Network.Transmit(new(2), CommandCodec.Encode(command, CodecContext.Newest));

    private void Hear(NodeId source, ReadOnlyMemory<byte> frame, Bridge.ZWave.Serial.ReceiveStatus status)
    {
        var text = Hex.Spaced(frame.Span);
        _raw.Add(text);
        var plaintext = new byte[256];
        switch (frame.Span[0], frame.Span.Length > 1 ? frame.Span[1] : 0)
        {
            case (0x9F, 0x01) when GivesNonces: Transmit(State2.OnNonceGet(source, WireAssert.Decode<Security2NonceGet>(frame.ToArray()))!); break;
            case (0x9F, 0x02): State2.OnNonceReport(source, WireAssert.Decode<Security2NonceReport>(frame.ToArray())); break;
            case (0x9F, 0x03):
                var result = State2.TryDecrypt(source, false, frame.Span, plaintext, out var length, out var securityClass);
                _heard.Add(result == Security2Result.Opened ? $"{securityClass} {Hex.Spaced(plaintext.AsSpan(0, length))}" : result.ToString());
                if (result == Security2Result.NotDecrypted && GivesNonces) Transmit(State2.CreateNonceReport(source));
                break;
            case (0x98, 0x40) when GivesNonces: Transmit(State0.CreateNonceReport(source)); break;
            case (0x98, 0x80): State0.OnNonceReport(source, WireAssert.Decode<Security0NonceReport>(frame.ToArray())); break;
            case (0x98, 0x81 or 0xC1):
                var opened = State0.TryDecrypt(source, frame.Span, plaintext, out var count, out var wantsNonce);
                if (wantsNonce) Transmit(State0.CreateNonceReport(source));
                _heard.Add(opened == Security0Result.Opened ? $"S0 {Hex.Spaced(plaintext.AsSpan(0, count))}" : opened.ToString());
                break;
            case (0x9F, 0x01) or (0x98, 0x40): break;
            default: _heard.Add(text); break;
        }
    }
}
