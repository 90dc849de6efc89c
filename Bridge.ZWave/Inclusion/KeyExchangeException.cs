using Bridge.ZWave.Security;

namespace Bridge.ZWave.Inclusion;

/// <summary>An exchange of keys cannot go on. Caught where it began, and told to the node there.</summary>
/// <param name="failure">Why.</param>
/// <param name="reason">The same in words.</param>
/// <param name="isTold">The node said so itself, or cannot be reached: it is not told again.</param>
internal sealed class KeyExchangeException(KeyExchangeFailure failure, string reason, bool isTold = false) : Exception(reason)
{
    public KeyExchangeFailure Failure { get; } = failure;

    public bool IsTold { get; } = isTold;

    public KeyExchangeOutcome Outcome => new(SecurityClasses.None, Failure, Message);
}
