using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>SUBSCRIBE and UNSUBSCRIBE (3.8 to 3.11): each filter is answered for itself, in order.</summary>
internal static class SubscribeHandler
{
    public static void Handle(BrokerCore core, Connection connection, Session session, SubscribePacket packet)
    {
        var codes = new ReasonCode[packet.Subscriptions.Count];
        for (var index = 0; index < codes.Length; index++)
        {
            var wanted = packet.Subscriptions[index];
            var granted = new GrantedSubscription(
                session,
                TopicFilter.Of(wanted.Filter),
                wanted.QualityOfService,
                wanted.NoLocal,
                wanted.RetainAsPublished,
                packet.SubscriptionIdentifier ?? 0);
            var fits = granted.Filter.Levels <= core.Limits.FilterLevels
                && (session.Subscriptions.Count < core.Limits.Subscriptions || session.Subscriptions.ContainsKey(wanted.Filter));
            codes[index] = fits ? (ReasonCode)wanted.QualityOfService : ReasonCode.QuotaExceeded;
            if (fits) core.Subscribe(granted, wanted.RetainHandling);
        }

        // Leaves before the retained messages: those wait in the queue, which is looked at when packets are sent.
        connection.Send(new SubAckPacket(packet.PacketId, codes));
    }

    public static void Handle(BrokerCore core, Connection connection, Session session, UnsubscribePacket packet)
    {
        var codes = packet.Filters
            .Select(filter => core.Unsubscribe(session, filter) ? ReasonCode.Success : ReasonCode.NoSubscriptionExisted)
            .ToArray();
        connection.Send(new UnsubAckPacket(packet.PacketId, codes));
    }
}
