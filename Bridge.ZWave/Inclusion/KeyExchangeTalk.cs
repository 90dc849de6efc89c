using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Inclusion;

/// <summary>What it means when a node sends what no key opens, although it began with our nonce.</summary>
internal readonly record struct Unreadable(KeyExchangeFailure Failure, string Reason);

/// <summary>
/// What both exchanges do with a conversation: say something, wait for a certain answer, ask somebody meanwhile; all else is passed over. The node may end
/// the exchange at any time.
/// </summary>
internal sealed class KeyExchangeTalk(ISecureConversation link, TimeProvider time)
{
    // A frame may have been made with a nonce from before a step; the node is told and sends it again at once.
    private const int UnreadableFrames = 2;

    /// <summary>Sends a command.</summary>
    /// <exception cref="KeyExchangeException">It was not delivered, or the node ended the exchange.</exception>
    public async Task SayAsync(ICommand command, SecurityClass securityClass, CancellationToken cancellationToken)
    {
        var outcome = await link.SendAsync(command, securityClass, cancellationToken);
        if (outcome == SendOutcome.Acknowledged) return;
        await ListenAsync(TimeSpan.Zero, null, cancellationToken);
        throw outcome == SendOutcome.NotSecured
            ? new KeyExchangeException(KeyExchangeFailure.NotDecrypted, "the node gives no nonce")
            : new KeyExchangeException(KeyExchangeFailure.NotDelivered, $"the node could not be reached ({outcome})", isTold: true);
    }

    /// <summary>Waits for a command; others are passed over.</summary>
    /// <param name="what">What is waited for, in words.</param>
    /// <param name="unreadable">What it means when the node sends what no key opens; null: nothing.</param>
    /// <exception cref="KeyExchangeException">It did not come in time, cannot be read, or the node ended the exchange.</exception>
    public async Task<SecureCommand> WaitAsync(
        string what, TimeSpan limit, Func<SecureCommand, bool> isWanted, Unreadable? unreadable, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var frames = 0;
        while (await link.ReceiveAsync(limit - time.GetElapsedTime(began), cancellationToken) is { } received)
        {
            if (received.Command is Security2KexFail fail) throw Ended(fail);
            if (received.Command is not null && isWanted(received)) return received;
            if (received.Command is null && ++frames >= UnreadableFrames && unreadable is not null) break;
        }

        throw frames > 0 && unreadable is { } meaning
            ? new KeyExchangeException(meaning.Failure, meaning.Reason)
            : new KeyExchangeException(KeyExchangeFailure.TimeOut, $"the node did not send {what} in time");
    }

    /// <summary>Listens while somebody is asked.</summary>
    /// <param name="look">Looks at all the node says meanwhile; may throw.</param>
    /// <returns>The answer; null also when none was given in time.</returns>
    /// <exception cref="KeyExchangeException">The node ended the exchange, or said something it must not.</exception>
    public async Task<T?> DuringAsync<T>(
        Func<CancellationToken, Task<T?>> ask, TimeSpan limit, Action<SecureCommand>? look, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = ask(over.Token);
        var listening = ListenAsync(limit, look, over.Token);
        var isAnswered = await Task.WhenAny(answer, listening) == answer;
        await over.CancelAsync();
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            await listening;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        return isAnswered ? await answer : default;
    }

    /// <summary>Listens for as long; with no time, takes what came already.</summary>
    /// <exception cref="KeyExchangeException">The node ended the exchange, or said something it must not.</exception>
    public async Task ListenAsync(TimeSpan limit, Action<SecureCommand>? look, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (await link.ReceiveAsync(limit - time.GetElapsedTime(began), cancellationToken) is { } received)
        {
            if (received.Command is Security2KexFail fail) throw Ended(fail);
            look?.Invoke(received);
        }
    }

    private static KeyExchangeException Ended(Security2KexFail fail)
    {
        var failure = (KeyExchangeFailure)fail.KexFailType;
        var known = failure < KeyExchangeFailure.TimeOut && Enum.IsDefined(failure);
        var reason = known ? failure.ToString() : $"reason {fail.KexFailType:x2}";
        return new(known ? failure : KeyExchangeFailure.Cancelled, $"the node ended the exchange: {reason}", isTold: true);
    }
}
