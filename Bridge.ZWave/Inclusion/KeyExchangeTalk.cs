using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Inclusion;

/// <summary>What both exchanges do with a conversation: say something, and wait for a certain answer; all else is passed over.</summary>
internal sealed class KeyExchangeTalk(ISecureConversation link, TimeProvider time)
{
    /// <summary>Sends a command.</summary>
    /// <exception cref="KeyExchangeException">It was not delivered.</exception>
    public async Task SayAsync(ICommand command, SecurityClass securityClass, CancellationToken cancellationToken)
    {
        var outcome = await link.SendAsync(command, securityClass, cancellationToken);
        if (outcome == SendOutcome.Acknowledged) return;
        throw outcome == SendOutcome.NotSecured
            ? new KeyExchangeException(KeyExchangeFailure.NotDecrypted, "the node gives no nonce")
            : new KeyExchangeException(KeyExchangeFailure.NotDelivered, $"the node could not be reached ({outcome})", isTold: true);
    }

    /// <summary>Waits for a command; others are passed over.</summary>
    /// <param name="what">What is waited for, in words.</param>
    /// <exception cref="KeyExchangeException">It did not come in time, or the node ended the exchange.</exception>
    public async Task<SecureCommand> WaitAsync(string what, TimeSpan limit, Func<SecureCommand, bool> isWanted, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (await link.ReceiveAsync(limit - time.GetElapsedTime(began), cancellationToken) is { } received)
        {
            if (received.Command is Security2KexFail fail) throw Ended(fail);
            if (isWanted(received)) return received;
        }

        throw new KeyExchangeException(KeyExchangeFailure.TimeOut, $"the node did not send {what} in time");
    }

    private static KeyExchangeException Ended(Security2KexFail fail)
    {
        var failure = (KeyExchangeFailure)fail.KexFailType;
        var known = Enum.IsDefined(failure);
        var reason = known ? failure.ToString() : $"reason {fail.KexFailType:x2}";
        return new(known ? failure : KeyExchangeFailure.Cancelled, $"the node ended the exchange: {reason}", isTold: true);
    }
}
