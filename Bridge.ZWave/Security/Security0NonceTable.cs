using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Security;

/// <summary>
/// The nonces given out and not used yet. Their first bytes differ, as frames name a nonce by it. Bounded: nodes that ask on and on lose their own oldest one.
/// </summary>
internal sealed class Security0NonceTable(TimeProvider time)
{
    // A node that asks again has lost the report; more than a few were never needed at once.
    private const int MaximumPerNode = 4;

    // Leaves half of the ids free, so that one is found at once.
    private const int MaximumCount = 128;

    // Oldest first.
    private readonly List<Entry> _entries = [];

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many nonces are kept.</summary>
    public int Count => _entries.Count;

    /// <summary>Keeps a nonce for a node; changes its first byte when another live one has the same.</summary>
    public void Add(NodeId node, Span<byte> nonce)
    {
        RemoveExpired();
        if (_entries.Count(entry => entry.Node == node) >= MaximumPerNode) _entries.RemoveAt(_entries.FindIndex(entry => entry.Node == node));
        if (_entries.Count >= MaximumCount) _entries.RemoveAt(0);
        while (IsTaken(nonce[0])) nonce[0]++;
        _entries.Add(new(node, nonce.ToArray(), time.GetTimestamp()));
    }

    /// <summary>
    /// Takes the nonce a frame of the node names, and every other one given to the node; false, and nothing is taken, when there is no such live one.
    /// </summary>
    public bool TryTake(NodeId node, byte id, Span<byte> nonce)
    {
        RemoveExpired();
        if (_entries.Find(entry => entry.Node == node && entry.Nonce[0] == id) is not { } found) return false;
        found.Nonce.CopyTo(nonce);
        Remove(node);
        return true;
    }

    public void Remove(NodeId node) => _entries.RemoveAll(entry => entry.Node == node);

    private bool IsTaken(byte id) => _entries.Exists(entry => entry.Nonce[0] == id);

    private void RemoveExpired() => _entries.RemoveAll(entry => time.GetElapsedTime(entry.GivenAt) >= Lifetime);

    private sealed record Entry(NodeId Node, byte[] Nonce, long GivenAt);
}
