using System.Diagnostics;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Cli;

/// <summary>The demonstration: waits for the interviews, shows what was found, switches a relay, then tells what changes.</summary>
public sealed class DemoRun(ZWaveNetwork network, DemoEvents events, TextWriter output, TextWriter error)
{
    /// <summary>
    /// Far more than the interviews of a few plugs take. Elapses: something is broken, and saying so is better than waiting.
    /// </summary>
    private static readonly TimeSpan s_interviewLimit = TimeSpan.FromMinutes(2);

    private readonly Dictionary<NodeId, InterviewProgress> _shown = [];

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(bool endsAfterDemonstration, CancellationToken cancellationToken)
    {
        await output.WriteAsync("A simulated controller and its plugs. The interviews:\n\n");
        if (!await ShowInterviewsAsync(cancellationToken)) return ExitCode.Failure;
        await output.WriteAsync("\nThe plugs:\n\n" + TextTable.Format(await network.ReadAsync(DemoTables.Plugs)));
        await output.WriteAsync("\nTheir readings:\n\n" + TextTable.Format(await network.ReadAsync(DemoTables.Readings)) + "\n");
        // The readings above have everything up to here.
        while (events.Reader.TryRead(out _))
        {
        }

        if (!await SwitchOffAndOnAsync(cancellationToken)) return ExitCode.Failure;
        if (endsAfterDemonstration) return ExitCode.Success;
        await output.WriteAsync("\nWhat changes from here on (Ctrl+C ends it):\n\n");
        await foreach (var next in events.Reader.ReadAllAsync(cancellationToken)) await ShowAsync(next);
        return ExitCode.Success;
    }

    private async Task<bool> ShowInterviewsAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(s_interviewLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (!await network.ReadAsync(IsEveryNodeKnown)) await ShowAsync(await events.Reader.ReadAsync(either.Token));
            while (events.Reader.TryRead(out var next)) await ShowAsync(next);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await error.WriteAsync($"zwbridge: demo: the interviews did not end within {s_interviewLimit.TotalMinutes} minutes\n");
            return false;
        }
    }

    private static bool IsEveryNodeKnown(INetworkView view) =>
        view.Status == ControllerStatus.Ready && view.OtherNodes.All(static node => node.Interview.State == InterviewState.Complete);

    private async Task ShowAsync(DemoEvent next)
    {
        if (next.Controller is { } controller) await output.WriteAsync($"controller: {Name(controller)}\n");
        if (next.Interview is { } interview && IsWorthALine(next.Node, interview)) await ShowInterviewAsync(next.Node, interview);
        if (next.Change is { } change && _shown.Values.All(static shown => shown.State == InterviewState.Complete)
            && await network.ReadAsync(view => ReadingText.Change(view, change)) is { } line)
        {
            await output.WriteAsync(line + "\n");
        }
    }

    private async Task ShowInterviewAsync(NodeId node, InterviewProgress interview)
    {
        _shown[node] = interview;
        var step = interview.State switch
        {
            InterviewState.Complete => "complete",
            InterviewState.Failed => $"stopped at {interview.Step}, goes on later",
            _ => interview.Step,
        };
        await output.WriteAsync($"node {node}: {interview.Percent,3} %  {step}\n");
    }

    // A line a quarter of the way: every step would be a hundred lines a plug.
    private bool IsWorthALine(NodeId node, InterviewProgress interview) =>
        !_shown.TryGetValue(node, out var before) || before.State != interview.State || interview.Percent / 25 > before.Percent / 25;

    private async Task<bool> SwitchOffAndOnAsync(CancellationToken cancellationToken)
    {
        if (await network.ReadAsync(FindRelay) is not { } relay)
        {
            await error.WriteAsync("zwbridge: demo: there is no plug to switch\n");
            return false;
        }

        try
        {
            foreach (var isOn in new[] { !relay.IsOn, relay.IsOn }) await SwitchAsync(relay, isOn, cancellationToken);
            return true;
        }
        catch (ZWaveException exception)
        {
            await error.WriteAsync($"zwbridge: demo: {exception.Message}\n");
            return false;
        }
    }

    private async Task SwitchAsync(Relay relay, bool isOn, CancellationToken cancellationToken)
    {
        await output.WriteAsync($"Switching node {relay.Node}, {relay.Name} {(isOn ? "on" : "off")}:\n");
        var start = Stopwatch.GetTimestamp();
        await network.SetSwitchAsync(relay.Node, relay.Endpoint, isOn, cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(start);
        await network.RefreshAsync(relay.Node);
        while (events.Reader.TryRead(out var next)) await ShowAsync(next);
        await output.WriteAsync($"confirmed by the plug after {took.TotalMilliseconds:0} ms\n");
    }

    // A relay of a plug with several is the more interesting one.
    private static Relay? FindRelay(INetworkView view) =>
        (from node in view.OtherNodes
         from endpoint in node.Endpoints
         where endpoint.Supports(SwitchBinaryCommandClass.Id)
         orderby endpoint.Index.IsRoot, endpoint.Index
         let isOn = view.Values.Read(new(node.Id, endpoint.Index, SwitchBinaryCommandClass.State)).AsBoolean
         select new Relay(node.Id, endpoint.Index, ReadingText.EndpointName(node, endpoint.Index), isOn == true)).FirstOrDefault();

    private static string Name(ControllerStatus status) => status switch
    {
        ControllerStatus.Starting => "starting",
        ControllerStatus.Ready => "ready",
        ControllerStatus.Unplugged => "unplugged",
        _ => "jammed",
    };

    private sealed record Relay(NodeId Node, EndpointIndex Endpoint, string Name, bool IsOn);
}
