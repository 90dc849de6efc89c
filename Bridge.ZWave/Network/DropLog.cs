using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Network;

/// <summary>
/// Counts what is dropped on the way in, and tells each cause once: what a node or the radio repeats without end must not fill the log. Belongs to the
/// network's loop.
/// </summary>
internal sealed class DropLog(NetworkCounters counters, ILogger logger)
{
    /// <summary>How many different causes of a kind are told; later ones are only counted.</summary>
    private const int MaximumCauses = 256;

    private readonly HashSet<(NodeId, DecodeError)> _malformed = [];
    private readonly HashSet<(NodeId, CommandId)> _unknown = [];
    private readonly HashSet<(NodeId, EndpointIndex, CommandClassId)> _misplaced = [];
    private readonly HashSet<(NodeId, SecurityClass)> _insecure = [];
    private readonly HashSet<NodeId> _doubted = [];
    private readonly HashSet<NodeId> _strangers = [];

    /// <summary>Bytes that are no command, layers that are none, or layers that lead to nobody here.</summary>
    public void Malformed(NodeId node, DecodeError reason, ReadOnlySpan<byte> bytes)
    {
        if (reason == DecodeError.NotDecrypted) counters.NotDecrypted++;
        else counters.CommandsRefused++;
        if (IsFirst(_malformed, (node, reason))) logger.CommandRefused(node.Value, reason, Hex.Spaced(Shown(bytes)));
    }

    /// <summary>A class or command nobody here knows.</summary>
    public void Unknown(NodeId node, CommandId command, ReadOnlySpan<byte> bytes)
    {
        counters.CommandsUnknown++;
        if (IsFirst(_unknown, (node, command))) logger.CommandUnknown(node.Value, Hex.Spaced(bytes));
    }

    /// <summary>A report of an endpoint the node does not have, or of a class the endpoint does not have.</summary>
    public void Misplaced(NodeId node, EndpointIndex endpoint, CommandClassId commandClass)
    {
        counters.CommandsRefused++;
        if (IsFirst(_misplaced, (node, endpoint, commandClass))) logger.ReportMisplaced(node.Value, endpoint, commandClass);
    }

    /// <summary>A command that came in the clear, or with a weaker key than the node has: it may be from anybody.</summary>
    public void Insecure(NodeId node, SecurityClass used)
    {
        counters.InsecureRefused++;
        if (IsFirst(_insecure, (node, used))) logger.InsecureRefused(node.Value, SecurityClassWords.Of(used));
    }

    /// <summary>Another identity than the one known.</summary>
    public void IdentityDoubted(NodeId node)
    {
        counters.CommandsRefused++;
        if (IsFirst(_doubted, node)) logger.IdentityDoubted(node.Value);
    }

    /// <summary>A command of a node that is not in the network.</summary>
    public void Stranger(NodeId node)
    {
        counters.StrangersDropped++;
        if (IsFirst(_strangers, node)) logger.StrangerDropped(node.Value);
    }

    // Of a command that brings a key only what it is: also cut short it has most of it.
    private static ReadOnlySpan<byte> Shown(ReadOnlySpan<byte> bytes)
    {
        CommandCodec.TryFind(bytes, out _, out var id, out var headerLength);
        return id == Security0NetworkKeySet.CommandId || id == Security2NetworkKeyReport.CommandId ? bytes[..headerLength] : bytes;
    }

    private static bool IsFirst<TCause>(HashSet<TCause> told, TCause cause) => told.Count < MaximumCauses && told.Add(cause);
}
