using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>
/// Nodes that said they were reset by hand, and nodes that were half included: whoever of them does not answer a ping is taken off the list. One that answers
/// stays. Belongs to the network's loop.
/// </summary>
internal sealed class Departures(
    ZWaveNetwork network, FailedNodes failed, InclusionTimeouts timeouts, Func<InclusionActivity, NodeId, Procedure?> begin, Action<Procedure> end,
    Action<InclusionEvent> report)
{
    private const int MaximumTries = 6;

    private readonly NetworkContext _context = network.Context;
    private readonly HashSet<NodeId> _looking = [];

    /// <summary>The controller is there: looks after everybody who was waiting.</summary>
    public void OnReady()
    {
        foreach (var node in _context.Nodes.Values.Where(node => node.HasLeft || _context.Hidden.Contains(node.Id)).ToArray()) Consider(node);
    }

    /// <summary>A node may be gone.</summary>
    public void Consider(Node node)
    {
        if (_looking.Add(node.Id)) _ = LookAsync(node);
    }

    private async Task LookAsync(Node node)
    {
        try
        {
            var pause = timeouts.Departure;
            for (var attempt = 1; attempt <= MaximumTries; attempt++, pause *= 2)
            {
                await _context.DelayAsync(pause, network.Stopping);
                if (_context.FindNode(node.Id) != node || (!node.HasLeft && !_context.Hidden.Contains(node.Id))) return;
                if (await TryAsync(node, isLast: attempt == MaximumTries)) return;
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            _context.Logger.WorkFault(exception, $"node {node.Id}");
        }
        finally
        {
            _looking.Remove(node.Id);
        }
    }

    // True: there is nothing left to do.
    private async Task<bool> TryAsync(Node node, bool isLast)
    {
        // It comes again with the controller.
        if (_context.Status != ControllerStatus.Ready) return true;
        // The module is busy with another node; this one can wait.
        if (begin(InclusionActivity.Removing, node.Id) is not { } procedure) return false;
        try
        {
            if (await failed.AnswersAsync(node))
            {
                if (node.HasLeft) _context.Logger.ResetNodeAnswers(node.Id.Value);
                network.Care.NoteBack(node);
                return true;
            }

            await failed.RemoveAsync(node, procedure.Ended);
            _context.Logger.FailedNodeRemoved(node.Id.Value);
            var hadReset = node.HasLeft;
            network.Membership.Remove(node.Id);
            report(new FailedNodeRemoved(node.Id, hadReset));
            return true;
        }
        catch (ZWaveException exception)
        {
            if (!isLast) return false;
            _context.Logger.ResetNodeStays(node.Id.Value, exception.Message);
            return true;
        }
        catch (OperationCanceledException) when (!network.Stopping.IsCancellationRequested)
        {
            return true;
        }
        finally
        {
            end(procedure);
        }
    }
}
