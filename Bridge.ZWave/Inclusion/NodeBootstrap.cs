using Bridge.ZWave.Network;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Inclusion;

/// <summary>Both exchanges of keys over the conversation the network has with a node. Runs on the network's loop.</summary>
internal static class NodeBootstrap
{
    /// <summary>The one of Security 2.</summary>
    public static INodeBootstrap Security2(ZWaveNetwork network, NetworkKeys keys, KeyExchangeTimeouts timeouts) =>
        new Bootstrap(network, (link, _, wanted, user, cancellationToken) =>
            new Security2Exchange(link, keys, timeouts, network.Context.Time).RunAsync(wanted, user, cancellationToken));

    /// <summary>The one of Security 0, which asks nobody.</summary>
    public static INodeBootstrap Security0(ZWaveNetwork network, NetworkKeys keys, KeyExchangeTimeouts timeouts) =>
        new Bootstrap(network, (link, node, _, _, cancellationToken) =>
            new Security0Exchange(link, keys, timeouts, network.Context.Time).RunAsync(node.Protocol is { IsController: true }, cancellationToken));

    private delegate Task<KeyExchangeOutcome> Exchange(
        ISecureConversation link, Node node, SecurityClasses wanted, IKeyExchangeUser user, CancellationToken cancellationToken);

    private sealed class Bootstrap(ZWaveNetwork network, Exchange exchange) : INodeBootstrap
    {
        public async Task<KeyExchangeOutcome> RunAsync(Node node, SecurityClasses wanted, IKeyExchangeUser user, CancellationToken cancellationToken)
        {
            // Nothing of an earlier node of this number may be in the way.
            network.Security.Forget(node.Id);
            using var link = SecureConversation.Begin(network.Context, network.Security, network.Sender, node.Id);
            var outcome = await exchange(link, node, wanted, user, cancellationToken);
            // Known before the conversation ends: from then on it is spoken to with them.
            if (outcome.IsSuccess) node.GrantedClasses = outcome.Granted;
            return outcome;
        }
    }
}
