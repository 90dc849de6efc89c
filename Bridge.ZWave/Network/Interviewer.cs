using System.Globalization;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Runs the steps the command classes declare, phase by phase over all endpoints. What is done is remembered, so that an interview that broke off
/// goes on where it stopped; a step the node never answers is marked and the interview goes on without it. Belongs to the network's loop.
/// </summary>
internal sealed class Interviewer(
    NetworkContext context, CommandExchange exchange, NodeInformationSource nodeInformation, SecurityInterview security)
{
    private const int MaximumRequestsPerStep = 1024;
    private const string NodeInformationStep = "0/node information";

    private const string SecurityStep = "0/security";

    private static readonly InterviewPhase[] s_phases = Enum.GetValues<InterviewPhase>();

    /// <summary>Where an interview stands, told at every step.</summary>
    public event Action<Node>? Progressed;

    /// <summary>
    /// Interviews a node to the end. False: it stopped answering on the way, or never told its node information; try again later.
    /// </summary>
    public async Task<bool> RunAsync(Node node, CancellationToken cancellationToken)
    {
        try
        {
            Tell(node, InterviewState.Running, 0, "node information");
            if (!node.CompletedSteps.Contains(NodeInformationStep))
            {
                if (!await nodeInformation.RequestAsync(node, cancellationToken))
                {
                    // The module does not say why none came. A node that is gone has to be known as dead, or nobody looks for its return.
                    await exchange.ReachAsync(node, SendPriority.Interview);
                    Tell(node, InterviewState.Failed, 0, "node information");
                    return false;
                }

                node.CompletedSteps.Add(NodeInformationStep);
            }

            if (!node.CompletedSteps.Contains(SecurityStep))
            {
                Tell(node, InterviewState.Running, 0, "security");
                await security.RunAsync(node, cancellationToken);
                node.CompletedSteps.Add(SecurityStep);
            }

            foreach (var phase in s_phases) await RunPhaseAsync(node, phase, SendPriority.Interview, static _ => true, cancellationToken);
            Tell(node, InterviewState.Complete, 100, string.Empty);
            return true;
        }
        catch (ZWaveException exception)
        {
            context.Logger.InterviewInterrupted(node.Id.Value, node.Interview.Step, exception.Message);
            Tell(node, InterviewState.Failed, node.Interview.Percent, node.Interview.Step);
            return false;
        }
    }

    /// <summary>Reads the present state (switches, meters, alarms) again. False: the node stopped answering.</summary>
    public async Task<bool> RefreshAsync(Node node, SendPriority priority, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var phase in s_phases) await RunPhaseAsync(node, phase, priority, static step => step.IsState, cancellationToken, isRefresh: true);
            return true;
        }
        catch (ZWaveException exception)
        {
            context.Logger.RefreshInterrupted(node.Id.Value, exception.Message);
            return false;
        }
    }

    private async Task RunPhaseAsync(
        Node node, InterviewPhase phase, SendPriority priority, Func<InterviewStep, bool> isWanted, CancellationToken cancellationToken, bool isRefresh = false)
    {
        // A phase may add endpoints and classes; those are asked from the next phase on.
        foreach (var (endpoint, definition, step) in StepsOf(node, phase))
        {
            if (!isWanted(step)) continue;
            var key = string.Create(CultureInfo.InvariantCulture, $"{endpoint.Index}/{definition.Id}/{step.Name}");
            if (!isRefresh && (node.CompletedSteps.Contains(key) || node.FailedSteps.Contains(key))) continue;
            if (!isRefresh) Tell(node, InterviewState.Running, Percent(node), $"endpoint {endpoint.Index}, {definition.Name}: {step.Name}");
            var isComplete = await RunStepAsync(node, endpoint, definition, step, priority, cancellationToken);
            if (isRefresh) continue;
            (isComplete ? node.CompletedSteps : node.FailedSteps).Add(key);
            if (!isComplete) context.Logger.StepFailed(node.Id.Value, key);
        }

        if (phase == InterviewPhase.Endpoints && !isRefresh) await AskMissingVersionsAsync(node, cancellationToken);
    }

    private async Task<bool> RunStepAsync(
        Node node, Endpoint endpoint, CommandClassDefinition definition, InterviewStep step, SendPriority priority, CancellationToken cancellationToken)
    {
        var view = new EndpointInterviewView(node, endpoint, definition.Id, context.Identity?.NodeId ?? NodeId.None, context.Values);
        var isComplete = true;
        foreach (var request in step.Requests(view).Take(MaximumRequestsPerStep))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (request.Match is { } match)
            {
                isComplete &= await exchange.QueryAsync(node, endpoint.Index, request.Command, match, priority, cancellationToken) is not null;
            }
            else
            {
                isComplete &= await exchange.SetAsync(node, endpoint.Index, request.Command, priority, cancellationToken) != SetResult.Refused;
            }
        }

        return isComplete;
    }

    // Classes that only an endpoint has: their version is asked of the node.
    private async Task AskMissingVersionsAsync(Node node, CancellationToken cancellationToken)
    {
        foreach (var endpoint in node.Endpoints.Where(static endpoint => !endpoint.Index.IsRoot).ToArray())
        {
            foreach (var commandClass in endpoint.Classes.Keys.Where(id => !id.IsExtended && !endpoint.KnowsVersionOf(id)).Order().ToArray())
            {
                if (!node.Root.KnowsVersionOf(commandClass) && node.Root.Supports(VersionCommandClass.Id))
                {
                    await exchange.QueryAsync<VersionCommandClassReport>(
                        node, EndpointIndex.Root, new VersionCommandClassGet(commandClass), SendPriority.Interview, cancellationToken,
                        report => report.RequestedCommandClass == commandClass);
                }

                if (!endpoint.KnowsVersionOf(commandClass)) endpoint.SetVersion(commandClass, node.Root.VersionOf(commandClass));
            }
        }
    }

    private static List<(Endpoint Endpoint, CommandClassDefinition Definition, InterviewStep Step)> StepsOf(Node node, InterviewPhase phase)
    {
        List<(Endpoint, CommandClassDefinition, InterviewStep)> steps = [];
        foreach (var endpoint in node.Endpoints)
        {
            foreach (var commandClass in endpoint.Classes.Keys.Order())
            {
                if (CommandRegistry.Find(commandClass) is not { } definition) continue;
                foreach (var step in definition.InterviewSteps)
                {
                    if (step.Phase == phase && (endpoint.Index.IsRoot || !step.RootOnly) && endpoint.VersionOf(commandClass) >= step.MinimumVersion)
                    {
                        steps.Add((endpoint, definition, step));
                    }
                }
            }
        }

        return steps;
    }

    private static int Percent(Node node)
    {
        var all = s_phases.Sum(phase => StepsOf(node, phase).Count) + 1;
        return Math.Min(99, (node.CompletedSteps.Count + node.FailedSteps.Count) * 100 / Math.Max(1, all));
    }

    private void Tell(Node node, InterviewState state, int percent, string step)
    {
        node.Interview = new(state, percent, step);
        Progressed?.Invoke(node);
    }
}
