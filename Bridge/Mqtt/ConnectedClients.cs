namespace Bridge.Mqtt;

/// <summary>Who is connected to the built-in broker, and what was said of them in the log already. Any thread.</summary>
internal sealed class ConnectedClients(int maximum)
{
    /// <summary>Of so many clients it is remembered what was said; then it is forgotten and may be said once more.</summary>
    private const int RememberedComplaints = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _connections = new(StringComparer.Ordinal);
    private readonly HashSet<(string Client, string Complaint)> _said = [];

    public int Count
    {
        get
        {
            lock (_gate) return _connections.Count;
        }
    }

    /// <summary>False: there are too many. A client that is there already takes its own place.</summary>
    public bool HasRoomFor(string client)
    {
        lock (_gate) return _connections.Count < maximum || _connections.ContainsKey(client);
    }

    public void Add(string client)
    {
        // Twice while a client takes its own place: the old connection's end may be told after the new one's begin.
        lock (_gate) _connections[client] = _connections.GetValueOrDefault(client) + 1;
    }

    public void Remove(string client)
    {
        lock (_gate)
        {
            var left = _connections.GetValueOrDefault(client) - 1;
            if (left > 0) _connections[client] = left;
            else _connections.Remove(client);
        }
    }

    /// <summary>True the first time.</summary>
    public bool IsNew(string client, string complaint)
    {
        lock (_gate)
        {
            if (_said.Count >= RememberedComplaints) _said.Clear();
            return _said.Add((client, complaint));
        }
    }
}
