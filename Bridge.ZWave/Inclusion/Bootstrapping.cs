using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Inclusion;

/// <summary>Which keys a new node gets, by the strategy and what it knows. Runs on the network's loop.</summary>
internal sealed class Bootstrapping(NodeInformationSource information, InclusionOptions options)
{
    private static readonly SecurityClasses s_security2 =
        SecurityClasses.Of(SecurityClass.S2Unauthenticated, SecurityClass.S2Authenticated, SecurityClass.S2AccessControl);

    private static readonly SecurityClasses s_longRange = SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S2AccessControl);

    private static readonly KeyExchangeOutcome s_inTheClear = new(SecurityClasses.None, null, string.Empty);

    /// <summary>Gives a node what it is to get. A failure means: it is not kept.</summary>
    public async Task<KeyExchangeOutcome> RunAsync(Node node, InclusionStrategy strategy, IKeyExchangeUser user, CancellationToken cancellationToken)
    {
        if (strategy == InclusionStrategy.Insecure) return s_inTheClear;
        if (node.Root.Classes.Count == 0 && !await information.RequestAsync(node, cancellationToken))
        {
            return Failure("the node does not say what it is");
        }

        var (knows2, knows0) = (node.Root.Supports(Security2CommandClass.Id), node.Root.Supports(Security0CommandClass.Id));
        var outcome = strategy switch
        {
            InclusionStrategy.S2Only when !knows2 => Failure("the node does not know Security 2, and nothing less was wanted"),
            InclusionStrategy.S0 when !knows0 => Failure("the node does not know Security 0, and that was wanted"),
            InclusionStrategy.Default when !knows2 && !knows0 => s_inTheClear,
            InclusionStrategy.S0 => await RunAsync(options.Security0, node, SecurityClasses.Of(SecurityClass.S0)),
            InclusionStrategy.Default when !knows2 => await RunAsync(options.Security0, node, SecurityClasses.Of(SecurityClass.S0)),
            _ when node.Id.IsLongRange => await RunAsync(options.Security2, node, s_longRange),
            InclusionStrategy.S2Only => await RunAsync(options.Security2, node, s_security2),
            _ => await RunAsync(options.Security2, node, SecurityClasses.All),
        };
        return outcome;

        async Task<KeyExchangeOutcome> RunAsync(INodeBootstrap? bootstrap, Node with, SecurityClasses wanted)
        {
            if (bootstrap is null) return Failure("there are no keys to give");
            var result = await bootstrap.RunAsync(with, wanted, user, cancellationToken);
            return result.IsSuccess && result.Granted.IsEmpty ? Failure("no key was granted", KeyExchangeFailure.Cancelled) : result;
        }
    }

    private static KeyExchangeOutcome Failure(string reason, KeyExchangeFailure failure = KeyExchangeFailure.NoCommonScheme) =>
        new(SecurityClasses.None, failure, reason);
}
