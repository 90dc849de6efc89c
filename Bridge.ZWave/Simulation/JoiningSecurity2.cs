using System.Security.Cryptography;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// A plug that was just included is given keys by Security 2: it tells what it wants, agrees on temporary keys, checks what was granted and fetches each
/// key. Whatever goes wrong, it has no keys afterwards. Source: Security 2 specification, inclusion.
/// </summary>
internal sealed class JoiningSecurity2(SimulatedNode node, SimulatedSecurity security) : IJoiningSecurity
{
    private const byte SchemeOne = 0x02;
    private const byte Curve25519 = 0x01;
    private const int WithheldBytes = 2;
    private const byte NoCommonKey = 0x01;
    private const byte NoCommonScheme = 0x02;
    private const byte NoCommonCurve = 0x03;
    private const byte WrongSecurity = 0x07;
    private const byte WrongKeyReported = 0x0A;
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_firstCommand = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_user = TimeSpan.FromSeconds(240);

    private readonly Dictionary<SecurityClass, SecretKey> _keys = [];
    private Step _step = Step.KexGet;
    private SecurityClasses _granted;
    private SecurityClass _asked;
    private Security2Keys? _temporary;
    private Security2KexReport? _told;
    private Appointment? _limit;
    private Appointment? _echo;

    private enum Step
    {
        KexGet,
        KexSet,
        PublicKey,
        Echo,
        KeyReport,
        TransferEnd,
        Over,
    }

    private JoiningFault Fault => security.JoiningFault;

    public void Begin() => Await(Step.KexGet, s_firstCommand);

    public void End()
    {
        _limit?.Cancel();
        _echo?.Cancel();
        _step = Step.Over;
    }

    public void Take(ICommand command, SecurityClass securityClass)
    {
        switch (command)
        {
            case Security2KexGet when _step is Step.KexGet or Step.KexSet && securityClass == SecurityClass.None: Tell(); break;
            case Security2KexSet set when _step == Step.KexSet && securityClass == SecurityClass.None: Accept(set); break;
            case Security2PublicKeyReport key when _step == Step.PublicKey && key.IncludingNode: Agree(key.PublicKey.Span); break;
            case Security2KexReport echo when _step == Step.Echo: CheckEcho(echo, securityClass); break;
            case Security2NetworkKeyReport key when _step == Step.KeyReport: Keep(key, securityClass); break;
            case Security2TransferEnd end when _step == Step.TransferEnd: Verified(end, securityClass); break;
            case Security2KexFail fail: security.JoiningFailed(this, fail.KexFailType); break;
        }
    }

    private void Tell()
    {
        if (Fault == JoiningFault.NoAnswer) return;
        security.JoinsBy(this);
        var requested = node.Plug.Security?.Requested ?? SecurityClasses.None;
        _told = new(
            Echo: false, RequestCsa: false,
            Fault == JoiningFault.UnknownScheme ? (byte)0x01 : SchemeOne,
            Fault == JoiningFault.UnknownCurve ? (byte)0x02 : Curve25519,
            Fault == JoiningFault.UnknownKeys ? (byte)0x08 : requested.Bits);
        Send(_told, SecurityClass.None);
        Await(Step.KexSet, s_user);
    }

    private void Accept(Security2KexSet set)
    {
        _granted = new(set.GrantedKeys);
        if (set.SelectedScheme != SchemeOne) Fail(NoCommonScheme);
        else if (set.SelectedProfile != Curve25519) Fail(NoCommonCurve);
        else if (_granted.IsEmpty || _granted.And(new(_told!.RequestedKeys)) != _granted) Fail(NoCommonKey);
        else
        {
            if (Fault != JoiningFault.NoPublicKey)
            {
                var key = security.KeyPair.PublicKey.ToArray();
                // The user has to enter what is missing, and so shows that the plug in hand is the one that joins.
                if (_granted.Contains(SecurityClass.S2Authenticated) || _granted.Contains(SecurityClass.S2AccessControl)) key.AsSpan(0, WithheldBytes).Clear();
                Send(new Security2PublicKeyReport(IncludingNode: false, key), SecurityClass.None);
            }

            Await(Step.PublicKey, s_answer);
        }
    }

    private void Agree(ReadOnlySpan<byte> includingKey)
    {
        var secret = new byte[X25519KeyPair.KeyLength];
        var isAgreed = security.KeyPair.TryAgree(includingKey, secret);
        if (isAgreed) _temporary = Security2Keys.FromSharedSecret(secret, includingKey, security.KeyPair.PublicKey.Span);
        CryptographicOperations.ZeroMemory(secret);
        if (!isAgreed)
        {
            Fail(WrongSecurity);
            return;
        }

        UseTemporary(_temporary);
        Await(Step.Echo, s_user);
        Echo();
    }

    /// <summary>Says again, encrypted, what was granted; until it is answered, for the user may take a while with the number of the label.</summary>
    private void Echo()
    {
        if (Fault == JoiningFault.NoEcho) return;
        var granted = Fault == JoiningFault.WrongEcho ? (byte)(_granted.Bits ^ 0x04) : _granted.Bits;
        var echo = new Security2KexSet(Echo: true, RequestCsa: false, SchemeOne, Curve25519, granted);
        security.SendUnlessWaiting(echo, Fault == JoiningFault.EchoInTheClear ? SecurityClass.None : SecurityClass.S2Temporary);
        _echo = node.Agenda.After(s_answer, Echo);
    }

    private void CheckEcho(Security2KexReport echo, SecurityClass securityClass)
    {
        if (securityClass != SecurityClass.S2Temporary || echo != _told! with { Echo = true })
        {
            Fail(WrongSecurity);
            return;
        }

        _echo?.Cancel();
        AskForNextKey();
    }

    private void AskForNextKey()
    {
        _asked = _granted.StrongestFirst.FirstOrDefault(securityClass => !_keys.ContainsKey(securityClass));
        if (_asked == SecurityClass.None)
        {
            if (Fault == JoiningFault.NoTransferEnd) Await(Step.Over, s_answer);
            else Finish();
            return;
        }

        var bit = Fault == JoiningFault.KeyNotGranted ? (byte)(SecurityClasses.All.Bits & ~_granted.Bits) : SecurityClasses.BitOf(_asked);
        // One bit of those that were not granted.
        if (Fault == JoiningFault.KeyNotGranted) bit = (byte)(bit & -bit);
        if (Fault != JoiningFault.NoKeyRequest)
        {
            Send(new Security2NetworkKeyGet(bit), Fault == JoiningFault.KeyRequestInTheClear ? SecurityClass.None : SecurityClass.S2Temporary);
        }

        Await(Step.KeyReport, s_answer);
    }

    private void Keep(Security2NetworkKeyReport report, SecurityClass securityClass)
    {
        if (securityClass != SecurityClass.S2Temporary)
        {
            Fail(WrongSecurity);
            return;
        }

        if (report.GrantedKey != SecurityClasses.BitOf(_asked))
        {
            Fail(WrongKeyReported);
            return;
        }

        var key = new SecretKey(report.NetworkKey.Span);
        _keys.Add(_asked, key);
        if (Fault != JoiningFault.NoVerification) Verify(key);
        Await(Step.TransferEnd, s_answer);
    }

    private void Verify(SecretKey key)
    {
        var verify = new Security2NetworkKeyVerify();
        if (Fault == JoiningFault.WrongVerification)
        {
            Send(verify, SecurityClass.S2Temporary);
        }
        else if (_asked == SecurityClass.S0)
        {
            // Shown with Security 2, too: a key of Security 0 has no class there, so it takes the place of the temporary one for this frame.
            UseTemporary(Security2Keys.FromNetworkKey(key));
            Send(verify, SecurityClass.S2Temporary);
            security.AfterLastFrame(() =>
            {
                if (_step != Step.Over) UseTemporary(_temporary);
            });
        }
        else
        {
            security.State2!.SetKey(_asked, isLongRange: false, key);
            Send(verify, _asked);
        }
    }

    private void Verified(Security2TransferEnd end, SecurityClass securityClass)
    {
        if (securityClass != SecurityClass.S2Temporary || !end.KeyVerified || end.KeyRequestComplete) Fail(WrongSecurity);
        else AskForNextKey();
    }

    private void Finish()
    {
        Send(new Security2TransferEnd(KeyRequestComplete: true, KeyVerified: false), SecurityClass.S2Temporary);
        End();
        security.AfterLastFrame(() =>
        {
            foreach (var (securityClass, key) in _keys) security.Grant(securityClass, key);
            UseTemporary(null);
            security.JoiningSucceeded();
        });
    }

    private void Fail(byte type)
    {
        Send(new Security2KexFail(type), _temporary is null ? SecurityClass.None : SecurityClass.S2Temporary);
        End();
        security.AfterLastFrame(() => security.JoiningFailed(this, type));
    }

    private void UseTemporary(Security2Keys? keys) => security.State2?.SetTemporaryKeys(node.ControllerNodeId, keys);

    private void Send(ICommand command, SecurityClass securityClass) => security.Send(node.ControllerNodeId, node.Encode(command), securityClass);

    private void Await(Step step, TimeSpan limit)
    {
        _step = step;
        _limit?.Cancel();
        _limit = node.Agenda.After(limit, () => security.JoiningFailed(this, failure: null));
    }
}
