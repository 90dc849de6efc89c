using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Inclusion;

/// <summary>
/// The key exchange of Security 0, the including side: the key goes over encrypted with a key of zeros that everybody knows, and is proven with itself. Whoever
/// listens at that moment has it. Runs on the network's loop. Source: Security 0 specification, inclusion.
/// </summary>
internal sealed class Security0Exchange(ISecureConversation link, NetworkKeys keys, KeyExchangeTimeouts timeouts, TimeProvider time)
{
    private static readonly Unreadable s_anotherKey = new(KeyExchangeFailure.NotVerified, "the node proves another key than it was given");

    private readonly KeyExchangeTalk _talk = new(link, time);

    /// <param name="isController">The node is a controller and has to take over our scheme as well.</param>
    public async Task<KeyExchangeOutcome> RunAsync(bool isController, CancellationToken cancellationToken)
    {
        try
        {
            await _talk.SayAsync(new Security0SchemeGet(), SecurityClass.None, cancellationToken);
            await WaitAsync<Security0SchemeReport>("its scheme", SecurityClass.None, cancellationToken);
            link.UseZeroKey(true);
            await _talk.SayAsync(KeyHandover.OfSecurity0(keys.S0), SecurityClass.S0, cancellationToken);
            link.UseZeroKey(false);
            await WaitAsync<Security0NetworkKeyVerify>("the proof that it has the key", SecurityClass.S0, cancellationToken, s_anotherKey);
            if (isController)
            {
                await _talk.SayAsync(new Security0SchemeInherit(), SecurityClass.S0, cancellationToken);
                await WaitAsync<Security0SchemeReport>("that it took over the scheme", SecurityClass.S0, cancellationToken);
            }

            return new(SecurityClasses.Of(SecurityClass.S0), null, string.Empty);
        }
        catch (KeyExchangeException failed)
        {
            return failed.Outcome;
        }
        finally
        {
            link.UseZeroKey(false);
        }
    }

    private Task<SecureCommand> WaitAsync<TCommand>(
        string what, SecurityClass securityClass, CancellationToken cancellationToken, Unreadable? unreadable = null)
        where TCommand : ICommand => _talk.WaitAsync(
            what, timeouts.Answer, received => received.Command is TCommand && received.SecurityClass == securityClass, unreadable, cancellationToken);
}
