using Bridge.Tests.ZWave.Security;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Fuzz;

/// <summary>Security 2: the frames go to a plug; host and plug command and report to each other afterwards.</summary>
internal sealed class Security2Target : ISecurityTarget
{
    private const int Remembered = 64;
    private const byte Group = 7;

    private readonly Random _random;
    private readonly Security2Rig _rig = new Security2Rig().Agreed();
    private readonly Queue<string> _sent = new([string.Empty]);
    private int _number;

    public Security2Target(Random random)
    {
        _random = random;
        if (random.Next(2) == 0) return;
        _rig.Plug.SetClass(Security2Rig.HostId, SecurityClass.S2Authenticated);
    }

    public byte[] NextGenuine()
    {
        _rig.Time.Advance(TimeSpan.FromMilliseconds(_random.Next(400)));
        return _random.Next(8) switch
        {
            0 => CommandCodec.Encode(_rig.Host.CreateNonceGet(_rig.PlugId), CodecContext.Newest),
            1 => CommandCodec.Encode(_rig.Host.CreateNonceReport(_rig.PlugId), CodecContext.Newest),
            2 => _rig.Multicast(Group, NextCommand()),
            3 when _rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2Authenticated) => _rig.FollowUp(Group, NextCommand()),
            _ => FromHost(NextCommand()),
        };
    }

    public void Feed(byte[] damaged)
    {
        var isMulticast = _random.Next(4) == 0;
        if (CommandCodec.TryDecode(damaged, out var command) == DecodeError.None)
        {
            switch (command)
            {
                case Security2NonceGet get when _rig.Plug.OnNonceGet(Security2Rig.HostId, get) is { } answer: Say(answer); break;
                case Security2NonceReport report: _rig.Plug.OnNonceReport(Security2Rig.HostId, report); break;
            }
        }

        var opened = _rig.AtPlug(damaged, isMulticast);
        FuzzViolation.Unless(opened.Result != Security2Result.Opened || _sent.Contains(opened.Command), "only what was sent is opened");
        FuzzViolation.Unless(opened.Result == Security2Result.Opened || opened.Command.Length == 0, "there is no command of what was not opened");
        if (opened.Result == Security2Result.NotDecrypted) Say(_rig.Plug.CreateNonceReport(Security2Rig.HostId));
    }

    public void Exchange()
    {
        var command = NextCommand();
        var opened = _rig.AtPlug(FromHost(command));
        if (opened.Result == Security2Result.NotDecrypted)
        {
            _rig.Host.OnNonceReport(_rig.PlugId, _rig.Plug.CreateNonceReport(Security2Rig.HostId));
            opened = _rig.AtPlug(FromHost(command));
        }

        FuzzViolation.Unless(opened == Opened.With(command), $"the plug hears the host, but: {opened}");
        var answer = _rig.AtHost(_rig.FromPlug(command));
        FuzzViolation.Unless(answer == Opened.With(command), $"the host hears the plug, but: {answer}");
    }

    /// <summary>A frame of the host, which asks for a nonce when it needs one. Somebody else may have used up the number of its question.</summary>
    private byte[] FromHost(string command)
    {
        for (var tries = 0; tries < 2 && !_rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2Authenticated); tries++)
        {
            if (_rig.Plug.OnNonceGet(Security2Rig.HostId, _rig.Host.CreateNonceGet(_rig.PlugId)) is { } report) _rig.Host.OnNonceReport(_rig.PlugId, report);
        }

        return _rig.FromHost(command) ?? throw new FuzzViolation("the host gets a nonce");
    }

    /// <summary>What the plug answers reaches the host, or not.</summary>
    private void Say(Security2NonceReport report)
    {
        if (_random.Next(4) != 0) _rig.Host.OnNonceReport(_rig.PlugId, report);
    }

    private string NextCommand()
    {
        var command = $"25 01 {++_number >> 16 & 0xFF:X2} {_number >> 8 & 0xFF:X2} {_number & 0xFF:X2}";
        _sent.Enqueue(command);
        if (_sent.Count > Remembered) _sent.Dequeue();
        return command;
    }
}
