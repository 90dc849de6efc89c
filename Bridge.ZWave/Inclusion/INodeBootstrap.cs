using Bridge.ZWave.Network;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Inclusion;

/// <summary>Gives a node that was just added its keys, by one of the two schemes. Runs on the network's loop.</summary>
public interface INodeBootstrap
{
    /// <summary>Exchanges keys with a node; nobody else speaks to it until it ends. What the node does wrong is an outcome, not an exception.</summary>
    /// <param name="node">Added to the network a moment ago; nobody was told of it.</param>
    /// <param name="wanted">What may be granted at most; the user decides within it.</param>
    /// <param name="user">Who grants, and knows the label of the device.</param>
    /// <param name="cancellationToken">The controller went away, or the program ends.</param>
    Task<KeyExchangeOutcome> RunAsync(Node node, SecurityClasses wanted, IKeyExchangeUser user, CancellationToken cancellationToken);
}
