using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>Whoever decides while keys are exchanged: a person, or a provisioning list that was filled before.</summary>
public interface IKeyExchangeUser
{
    /// <summary>Which of the requested classes shall be granted; null: the inclusion is cancelled.</summary>
    /// <param name="limit">How long the answer is waited for; then the token is cancelled and so is the inclusion.</param>
    Task<SecurityClasses?> GrantAsync(NodeId node, SecurityClasses requested, TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>
    /// The number on the device's label (first five digits of its DSK), which the node leaves out of its public key; null: the inclusion is cancelled.
    /// Only asked for when Authenticated or Access Control was granted.
    /// </summary>
    /// <param name="dsk">The device specific key as the node told it: eight groups of five digits, the first as "?????" where it is not known.</param>
    /// <param name="limit">How long the answer is waited for; then the token is cancelled and so is the inclusion.</param>
    Task<ushort?> PinAsync(NodeId node, string dsk, TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>Asked instead where the node told its whole key: is it the device that was meant? A person sees that by what joins.</summary>
    bool IsExpected(string dsk) => true;
}

/// <summary>How an exchange of keys ended.</summary>
/// <param name="Granted">What the node has now; empty after a failure: the node stays without keys and has to be removed and added again.</param>
/// <param name="Failure">Null: all went well.</param>
/// <param name="Reason">In words, without anything secret; empty when all went well.</param>
public sealed record KeyExchangeOutcome(SecurityClasses Granted, KeyExchangeFailure? Failure, string Reason)
{
    public bool IsSuccess => Failure is null;
}

/// <summary>Why an exchange of keys failed: the types of KEX Fail, and what has none.</summary>
public enum KeyExchangeFailure
{
    NoCommonKey = 0x01,
    NoCommonScheme = 0x02,
    NoCommonCurve = 0x03,

    /// <summary>Nothing the node sent could be decrypted: most often the PIN was wrong.</summary>
    NotDecrypted = 0x05,

    Cancelled = 0x06,

    /// <summary>An echo that differs, or a command that came with another key than it must.</summary>
    WrongSecurity = 0x07,

    KeyNotGranted = 0x08,
    NotVerified = 0x09,
    WrongKeyReported = 0x0A,

    /// <summary>The node stopped answering.</summary>
    TimeOut = 0x100,

    /// <summary>The node could not be reached.</summary>
    NotDelivered,
}
