using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>One subscription of one session.</summary>
/// <param name="QualityOfService">The most the client wants.</param>
/// <param name="Identifier">0: it has none.</param>
internal sealed record GrantedSubscription(
    Session Session, TopicFilter Filter, QualityOfService QualityOfService, bool NoLocal, bool RetainAsPublished, uint Identifier);
