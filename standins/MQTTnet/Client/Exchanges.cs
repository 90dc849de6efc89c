using StandIns.Wire;

namespace StandIns.Client;

/// <summary>Waits for the answer to one packet with an identifier.</summary>
/// <param name="expected">The answer that comes next; PUBREC is followed by PUBCOMP.</param>
internal sealed class Exchange(PacketType expected) : TaskCompletionSource<Packet>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public PacketType Expected { get; set; } = expected;

    public ushort PacketId { get; set; }
}

/// <summary>The exchanges under way, by packet identifier (2.2.1). Any thread.</summary>
internal sealed class Exchanges
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, Exchange> _pending = [];
    private ConnectionFault? _fault;
    private ushort _last;

    /// <summary>Gives the exchange a free identifier.</summary>
    /// <exception cref="ConnectionFault">The connection has ended, or all 65,535 are in use.</exception>
    public void Begin(Exchange exchange)
    {
        lock (_gate)
        {
            if (_fault is { } fault) throw new ConnectionFault(fault.Message, fault.InnerException);
            if (_pending.Count == ushort.MaxValue) throw new ConnectionFault("all packet identifiers are in use");
            do
            {
                _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
            }
            while (!_pending.TryAdd(_last, exchange));
            exchange.PacketId = _last;
        }
    }

    public Exchange? Find(ushort packetId)
    {
        lock (_gate) return _pending.GetValueOrDefault(packetId);
    }

    public void End(ushort packetId)
    {
        lock (_gate) _pending.Remove(packetId);
    }

    /// <summary>Every exchange under way and every later one fails.</summary>
    public void Fail(ConnectionFault fault)
    {
        Exchange[] failed;
        lock (_gate)
        {
            _fault ??= fault;
            failed = [.. _pending.Values];
            _pending.Clear();
        }

        foreach (var exchange in failed) exchange.TrySetException(new ConnectionFault(fault.Message, fault.InnerException));
    }
}
