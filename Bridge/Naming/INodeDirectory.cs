using Bridge.ZWave.Wire;

namespace Bridge.Naming;

/// <summary>Names and choices of all nodes of the network. Any thread may call; answers are immutable.</summary>
public interface INodeDirectory
{
    /// <summary>The entry of a node, also of one nobody named.</summary>
    NodeEntry Find(NodeId node);

    /// <summary>
    /// The node somebody means: its topic name, its name (case counts in neither), its number, or "node_4" (also when it has another name by now). Null: none,
    /// as far as names go; whether the node exists the network knows.
    /// </summary>
    NodeId? Resolve(string text);

    /// <summary>Replaces an entry, and remembers it.</summary>
    /// <returns>Null, or why it cannot be: the name or topic is in use or illegal.</returns>
    string? TryReplace(NodeEntry entry);

    /// <summary>The node left the network: nothing of it is kept.</summary>
    void Remove(NodeId node);
}
