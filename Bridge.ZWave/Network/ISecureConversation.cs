using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>A command of a node and how it came.</summary>
/// <param name="Command">Null: a frame that no key opens; with the temporary keys of a wrong PIN that is all of them.</param>
public readonly record struct SecureCommand(ICommand? Command, SecurityClass SecurityClass);

/// <summary>
/// The talk with one node while keys are exchanged: everything it says comes here and nowhere else, and nobody else says anything to it. Nonces are asked
/// for and given out underneath, and a frame the node could not decrypt is sent again once. Belongs to the network's loop.
/// </summary>
public interface ISecureConversation : IDisposable
{
    NodeId Node { get; }

    /// <summary>Sends a command; encrypted with the named key, or in the clear (<see cref="SecurityClass.None"/>).</summary>
    /// <returns>How it ended on the radio; <see cref="SendOutcome.NotSecured"/> when the node gives no nonce.</returns>
    Task<SendOutcome> SendAsync(ICommand command, SecurityClass securityClass, CancellationToken cancellationToken);

    /// <summary>The next command of the node, of any class, in the order of arrival; null when none comes in time.</summary>
    Task<SecureCommand?> ReceiveAsync(TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>Keys for <see cref="SecurityClass.S2Temporary"/>; null: forget them.</summary>
    void SetTemporaryKeys(Security2Keys? keys);

    /// <summary>Frames of Security 0 from and to the node are made with the key of all zeros.</summary>
    void UseZeroKey(bool isOn);

    /// <summary>
    /// The class the node's frames are opened with besides the temporary keys: the one whose key was just handed over; null: none. Ends nonce sequences made
    /// with another one.
    /// </summary>
    void SetClass(SecurityClass? securityClass);
}
