using System.Buffers.Binary;
using System.Security.Cryptography;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Inclusion;

/// <summary>
/// The key exchange of Security 2, the including side: what the node asks for is granted by the user, both agree on temporary keys (the PIN proves that it is
/// this device), then every granted key is handed over and proven. Anything that differs from what it has to be ends it, and the node is told why; only when
/// the controller is gone, or we are about to be, nothing more is sent. Runs on the network's loop.
/// </summary>
/// <remarks>
/// Client-side authentication is never granted: a node that insists on it ends the exchange (docs/decisions/0018). Source: Security 2 specification, inclusion.
/// </remarks>
internal sealed class Security2Exchange(ISecureConversation link, NetworkKeys keys, KeyExchangeTimeouts timeouts, TimeProvider time)
{
    private const byte Scheme1 = 0x02;
    private const byte Curve25519 = 0x01;
    private const int PinLength = 2;

    // Four keys, the end, and some repetitions: an exchange must not be kept open without end.
    private const int MaximumRequests = 16;

    private static readonly Unreadable s_anotherKey = new(KeyExchangeFailure.NotVerified, "the node proves another key than it was given");

    private readonly KeyExchangeTalk _talk = new(link, time);
    private readonly X25519KeyPair _pair = X25519KeyPair.Generate();
    private bool _isProven;

    /// <summary>Runs it to the end. The keys of this attempt are forgotten after a failure.</summary>
    /// <param name="wanted">What may be granted at most.</param>
    public async Task<KeyExchangeOutcome> RunAsync(SecurityClasses wanted, IKeyExchangeUser user, CancellationToken cancellationToken)
    {
        link.SetClass(null);
        try
        {
            return await ExchangeAsync(wanted, user, cancellationToken);
        }
        catch (KeyExchangeException failed)
        {
            if (!failed.IsTold)
            {
                var type = failed.Failure < KeyExchangeFailure.TimeOut ? (byte)failed.Failure : (byte)KeyExchangeFailure.Cancelled;
                await link.SendAsync(new Security2KexFail(type), _isProven ? SecurityClass.S2Temporary : SecurityClass.None, cancellationToken);
            }

            return failed.Outcome;
        }
        finally
        {
            link.SetTemporaryKeys(null);
            link.SetClass(null);
        }
    }

    private async Task<KeyExchangeOutcome> ExchangeAsync(SecurityClasses wanted, IKeyExchangeUser user, CancellationToken cancellationToken)
    {
        await _talk.SayAsync(new Security2KexGet(), SecurityClass.None, cancellationToken);
        var report = await _talk.WaitAsync(
            "what keys it wants", timeouts.Answer, static received => received.Command is Security2KexReport { Echo: false }, null, cancellationToken);
        var told = (Security2KexReport)report.Command!;
        var requested = Check(told).And(wanted);
        if (requested.IsEmpty) throw new KeyExchangeException(KeyExchangeFailure.NoCommonKey, "none of the keys the node asks for may be granted");
        var answer = await _talk.DuringAsync(over => user.GrantAsync(link.Node, requested, timeouts.Grant, over), timeouts.Grant, null, cancellationToken);
        var granted = (answer ?? SecurityClasses.None).And(requested);
        if (granted.IsEmpty) throw new KeyExchangeException(KeyExchangeFailure.Cancelled, "no key was granted");
        await _talk.SayAsync(new Security2KexSet(Echo: false, RequestCsa: false, Scheme1, Curve25519, granted.Bits), SecurityClass.None, cancellationToken);
        var key = await TradePublicKeysAsync(cancellationToken);
        var began = time.GetTimestamp();
        var temporary = await AgreeAsync(key, granted, user, cancellationToken);
        await ConfirmAsync(told, granted, timeouts.Echo - time.GetElapsedTime(began), cancellationToken);
        await HandOverAsync(told, granted, temporary, cancellationToken);
        return new(granted, null, string.Empty);
    }

    private static SecurityClasses Check(Security2KexReport report)
    {
        if (report.SupportedSchemes != Scheme1) throw new KeyExchangeException(KeyExchangeFailure.NoCommonScheme, "the node knows no scheme that we know");
        if (report.SupportedProfiles != Curve25519) throw new KeyExchangeException(KeyExchangeFailure.NoCommonCurve, "the node knows no curve that we know");
        var requested = new SecurityClasses(report.RequestedKeys).And(SecurityClasses.All);
        return requested.IsEmpty ? throw new KeyExchangeException(KeyExchangeFailure.NoCommonKey, "the node asks for no key that we have") : requested;
    }

    // Gives the node's public key, which may lack the bytes on its label.
    private async Task<byte[]> TradePublicKeysAsync(CancellationToken cancellationToken)
    {
        var reported = await _talk.WaitAsync(
            "its public key", timeouts.Answer, static received => received.Command is Security2PublicKeyReport { IncludingNode: false }, null,
            cancellationToken);
        await _talk.SayAsync(new Security2PublicKeyReport(IncludingNode: true, _pair.PublicKey), SecurityClass.None, cancellationToken);
        return ((Security2PublicKeyReport)reported.Command!).PublicKey.ToArray();
    }

    // The PIN, and the temporary keys that both public keys make.
    private async Task<Security2Keys> AgreeAsync(byte[] key, SecurityClasses granted, IKeyExchangeUser user, CancellationToken cancellationToken)
    {
        if (IsPinNeeded(granted))
        {
            // What the node says of these two bytes does not count: they have to come from its label.
            var dsk = Dsk.TextOf(key, isPinKnown: false);
            var pin = await _talk.DuringAsync(over => user.PinAsync(link.Node, dsk, timeouts.Echo, over), timeouts.Echo, LookAtEarly, cancellationToken)
                ?? throw new KeyExchangeException(KeyExchangeFailure.Cancelled, "no PIN was entered, or the device is not the one that was meant");
            BinaryPrimitives.WriteUInt16BigEndian(key.AsSpan(0, PinLength), pin);
        }
        else if (!user.IsExpected(Dsk.TextOf(key, isPinKnown: true)))
        {
            throw new KeyExchangeException(KeyExchangeFailure.Cancelled, "the device is not the one that was meant");
        }

        var secret = new byte[X25519KeyPair.KeyLength];
        var isAgreed = _pair.TryAgree(key, secret);
        var temporary = isAgreed ? Security2Keys.FromSharedSecret(secret, _pair.PublicKey.Span, key) : null;
        CryptographicOperations.ZeroMemory(secret);
        if (temporary is null) throw new KeyExchangeException(KeyExchangeFailure.NotDecrypted, "the public key of the node is none");
        // What it said up to now could not be read.
        await _talk.ListenAsync(TimeSpan.Zero, LookAtEarly, cancellationToken);
        link.SetTemporaryKeys(temporary);
        return temporary;
    }

    private static bool IsPinNeeded(SecurityClasses granted) =>
        granted.Contains(SecurityClass.S2Authenticated) || granted.Contains(SecurityClass.S2AccessControl);

    // Before there are temporary keys nothing but the end of the exchange can be right.
    private static void LookAtEarly(SecureCommand received)
    {
        if (received.Command is Security2KexSet)
        {
            throw new KeyExchangeException(KeyExchangeFailure.WrongSecurity, "the node repeats in the clear what it was granted");
        }
    }

    // The node says encrypted what it was granted, we say encrypted what it asked for: nobody changed it on the way.
    private async Task ConfirmAsync(Security2KexReport told, SecurityClasses granted, TimeSpan limit, CancellationToken cancellationToken)
    {
        var wrongKeys = new Unreadable(
            KeyExchangeFailure.NotDecrypted, "what the node sends cannot be decrypted" + (IsPinNeeded(granted) ? ": the PIN is wrong" : string.Empty));
        var echo = await _talk.WaitAsync(
            "an encrypted command", limit, static received => received.Command is Security2KexSet, wrongKeys, cancellationToken);
        _isProven = echo.SecurityClass == SecurityClass.S2Temporary;
        if (!_isProven || !new Security2KexSet(Echo: true, RequestCsa: false, Scheme1, Curve25519, granted.Bits).Equals(echo.Command))
        {
            throw new KeyExchangeException(KeyExchangeFailure.WrongSecurity, "the node repeats something else than it was granted");
        }

        await _talk.SayAsync(told with { Echo = true }, SecurityClass.S2Temporary, cancellationToken);
    }

    private async Task HandOverAsync(Security2KexReport told, SecurityClasses granted, Security2Keys temporary, CancellationToken cancellationToken)
    {
        var left = granted;
        for (var request = 0; request < MaximumRequests; request++)
        {
            var asked = await _talk.WaitAsync("its next request for a key", timeouts.Answer, static received =>
                received.Command is Security2NetworkKeyGet or Security2TransferEnd
                || received is { Command: Security2KexSet { Echo: true }, SecurityClass: SecurityClass.S2Temporary }, null, cancellationToken);
            if (asked.Command is Security2KexSet)
            {
                // Our repetition did not reach it.
                await _talk.SayAsync(told with { Echo = true }, SecurityClass.S2Temporary, cancellationToken);
                continue;
            }

            if (asked.SecurityClass != SecurityClass.S2Temporary)
            {
                throw new KeyExchangeException(KeyExchangeFailure.WrongSecurity, "the node asks for a key with another key than the temporary one");
            }

            if (asked.Command is Security2TransferEnd end)
            {
                if (end.KeyRequestComplete && left.IsEmpty) return;
                throw new KeyExchangeException(KeyExchangeFailure.WrongSecurity, "the node ends before it has every key it was granted");
            }

            var wanted = new SecurityClasses(((Security2NetworkKeyGet)asked.Command!).RequestedKey);
            var securityClass = wanted.Highest;
            if (wanted != SecurityClasses.Of(securityClass) || !granted.Contains(securityClass)
                || keys.Find(securityClass, link.Node.IsLongRange) is not { } key)
            {
                throw new KeyExchangeException(KeyExchangeFailure.KeyNotGranted, "the node asks for a key it was not granted");
            }

            await HandOverAsync(securityClass, key, temporary, cancellationToken);
            left = left.Without(securityClass);
        }

        throw new KeyExchangeException(KeyExchangeFailure.Cancelled, "the node asks without end");
    }

    private async Task HandOverAsync(SecurityClass securityClass, SecretKey key, Security2Keys temporary, CancellationToken cancellationToken)
    {
        await _talk.SayAsync(KeyHandover.OfSecurity2(securityClass, key), SecurityClass.S2Temporary, cancellationToken);
        // Also the key of Security 0 is proven with Security 2, where it has no class of its own: it stands in for the temporary one.
        var isS0 = securityClass == SecurityClass.S0;
        if (isS0) link.SetTemporaryKeys(Security2Keys.FromNetworkKey(key));
        else link.SetClass(securityClass);
        var expected = isS0 ? SecurityClass.S2Temporary : securityClass;
        var proof = await _talk.WaitAsync(
            "the proof that it has the key", timeouts.Answer, static received => received.Command is Security2NetworkKeyVerify, s_anotherKey,
            cancellationToken);
        if (isS0) link.SetTemporaryKeys(temporary);
        if (proof.SecurityClass != expected) throw new KeyExchangeException(s_anotherKey.Failure, s_anotherKey.Reason);
        await _talk.SayAsync(new Security2TransferEnd(KeyRequestComplete: false, KeyVerified: true), SecurityClass.S2Temporary, cancellationToken);
    }
}
