using System.Diagnostics.CodeAnalysis;

namespace StandIns.Broker;

/// <summary>
/// What waits for one client, in order, and bounded. Live messages and retained ones that answer a subscription have bounds of their own: a
/// client that subscribes to everything gets all that is retained. When a bound is met the oldest QoS 0 message is dropped; there is none:
/// the oldest.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class OutgoingQueue(BrokerLimits limits)
{
    private readonly Lane _live = new();
    private readonly Lane _retained = new();
    private long _number;

    /// <summary>How many were dropped since the session began.</summary>
    public long Dropped { get; private set; }

    public int Count => _live.Count + _retained.Count;

    /// <returns>False: something was dropped for it, or it was.</returns>
    public bool Add(Delivery delivery)
    {
        if (limits.DropsNewest && !Fits(_live, delivery, limits.QueuedMessages, limits.QueuedBytes))
        {
            Dropped++;
            return false;
        }

        return Add(_live, delivery, limits.QueuedMessages, limits.QueuedBytes);
    }

    /// <summary>Adds a retained message that a new subscription gets.</summary>
    /// <returns>False: something was dropped for it.</returns>
    public bool AddRetained(Delivery delivery) => Add(_retained, delivery, limits.RetainedMessages, limits.RetainedBytes);

    /// <summary>The next to send; expired ones are passed over.</summary>
    /// <param name="mayBeAcknowledged">False: the client takes QoS 0 only, until it acknowledged something.</param>
    public bool TryTake(bool mayBeAcknowledged, TimeSpan now, [NotNullWhen(true)] out Delivery? delivery)
    {
        while (Next(mayBeAcknowledged) is { } queue)
        {
            delivery = queue.Lane.Take(queue.IsAcknowledged);
            if (!delivery.Message.HasExpired(now)) return true;
        }

        delivery = null;
        return false;
    }

    /// <summary>Drops what nobody keeps for a client that is away.</summary>
    public void DropUnacknowledged()
    {
        while (_live.Peek(isAcknowledged: false) is not null) _live.Take(isAcknowledged: false);
        while (_retained.Peek(isAcknowledged: false) is not null) _retained.Take(isAcknowledged: false);
    }

    private bool Add(Lane lane, Delivery delivery, int maximum, long maximumBytes)
    {
        var fits = true;
        while (!Fits(lane, delivery, maximum, maximumBytes) && lane.Count > 0)
        {
            lane.Take(isAcknowledged: lane.Peek(isAcknowledged: false) is null);
            Dropped++;
            fits = false;
        }

        delivery.Number = ++_number;
        lane.Add(delivery);
        return fits;
    }

    private static bool Fits(Lane lane, Delivery delivery, int maximum, long maximumBytes) =>
        lane.Count < maximum && lane.Bytes + delivery.Message.Size <= maximumBytes;

    private (Lane Lane, bool IsAcknowledged)? Next(bool mayBeAcknowledged)
    {
        (Lane, bool)? next = null;
        var number = long.MaxValue;
        Consider(_live, isAcknowledged: false);
        Consider(_retained, isAcknowledged: false);
        if (!mayBeAcknowledged) return next;
        Consider(_live, isAcknowledged: true);
        Consider(_retained, isAcknowledged: true);
        return next;

        void Consider(Lane lane, bool isAcknowledged)
        {
            if (lane.Peek(isAcknowledged) is not { } head || head.Number >= number) return;
            number = head.Number;
            next = (lane, isAcknowledged);
        }
    }

    /// <summary>Two queues, for QoS 0 and the others, counted together.</summary>
    private sealed class Lane
    {
        private readonly Queue<Delivery> _unacknowledged = new();
        private readonly Queue<Delivery> _acknowledged = new();

        public int Count => _unacknowledged.Count + _acknowledged.Count;

        public long Bytes { get; private set; }

        public Delivery? Peek(bool isAcknowledged) => QueueOf(isAcknowledged).TryPeek(out var head) ? head : null;

        public void Add(Delivery delivery)
        {
            QueueOf(delivery.IsAcknowledged).Enqueue(delivery);
            Bytes += delivery.Message.Size;
        }

        public Delivery Take(bool isAcknowledged)
        {
            var delivery = QueueOf(isAcknowledged).Dequeue();
            Bytes -= delivery.Message.Size;
            return delivery;
        }

        private Queue<Delivery> QueueOf(bool isAcknowledged) => isAcknowledged ? _acknowledged : _unacknowledged;
    }
}
