using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Reads and resets meters. Belongs to the network's loop.</summary>
internal sealed class MeterControl(NetworkContext context, CommandExchange exchange, MeterGuard guard)
{
    private const byte FirstVersionWithReset = 2;
    private const byte FirstVersionWithTargets = 6;
    private const int MaximumReadBacks = 5;

    /// <summary>Reads every scale of an endpoint's meter. Readings land in the value store.</summary>
    /// <returns>How many readings came.</returns>
    public async Task<int> ReadAsync(
        Node node, EndpointIndex endpointIndex, SendPriority priority, Func<MeterReading, bool> isWanted, CancellationToken cancellationToken)
    {
        var endpoint = RequireMeter(node, endpointIndex);
        var count = 0;
        foreach (var reading in MeterReadings.Of(context.Values, node.Id, endpointIndex).Where(isWanted).ToArray())
        {
            if (await AskAsync(node, endpoint, reading, priority, cancellationToken)) count++;
        }

        return count;
    }

    /// <summary>
    /// Sets the accumulated values of an endpoint to zero and reads them again: devices rarely report by themselves. A group is reset with
    /// its members, and what else the node counts is read again, too.
    /// </summary>
    /// <exception cref="ZWaveException">Not delivered, refused, not confirmed, or the meter said that it cannot be reset.</exception>
    public async Task ResetAsync(Node node, EndpointIndex endpointIndex, CancellationToken cancellationToken)
    {
        var endpoint = RequireMeter(node, endpointIndex);
        var targets = TargetsOf(node, endpoint).Where(target => CanReset(node, target)).ToArray();
        if (targets.Length == 0) throw Error(ZWaveErrorCode.NotSupported, node, endpoint, "the meter cannot be reset");
        var counters = targets.SelectMany(target => CountersOf(node, target)).ToArray();
        var marked = Expect(node, targets);
        try
        {
            foreach (var target in targets) await SendResetAsync(node, target, cancellationToken);
            foreach (var counter in counters) await ReadBackAsync(node, counter, cancellationToken);
            await ReadOthersAsync(node, targets, cancellationToken);
        }
        finally
        {
            foreach (var id in marked) guard.ForgetReset(id);
        }
    }

    // One counter and what it showed before the reset.
    private readonly record struct Counter(Endpoint Endpoint, MeterReading Reading, ValueId Id, decimal? Before, long At);

    private static List<Endpoint> TargetsOf(Node node, Endpoint endpoint)
    {
        List<Endpoint> targets = [];
        if (node.FindDefinition(endpoint.Index) is { Role: EndpointRole.Group } group)
        {
            targets.AddRange(group.Members.Select(member => node.FindEndpoint(new(member))).OfType<Endpoint>().Where(HasMeter));
        }

        targets.Add(endpoint);
        return targets;
    }

    private IEnumerable<Counter> CountersOf(Node node, Endpoint endpoint)
    {
        // What was reported says with which rate type it is reported; what was never read is asked as it was announced.
        IEnumerable<MeterReading> known =
            [.. MeterReadings.Known(context.Values, node.Id, endpoint.Index).Where(static reading => reading.IsAccumulating)];
        if (!known.Any()) known = MeterReadings.Of(context.Values, node.Id, endpoint.Index).Where(static reading => reading.IsAccumulating);
        foreach (var reading in known)
        {
            var id = new ValueId(node.Id, endpoint.Index, reading.Property);
            yield return new(endpoint, reading, id, context.Values.Read(id).AsDecimal, context.Time.GetTimestamp());
        }
    }

    // What is reset falls to zero, what contains it by as much as was reset. Everything that is expected to fall is marked.
    private List<ValueId> Expect(Node node, Endpoint[] targets)
    {
        List<ValueId> marked = [];
        foreach (var endpoint in node.Endpoints.Where(HasMeter))
        {
            var members = node.FindDefinition(endpoint.Index)?.Members ?? [];
            foreach (var counter in CountersOf(node, endpoint))
            {
                var taken = targets.Contains(endpoint) ? counter.Before
                    : targets.Where(target => members.Contains(target.Index.Value))
                        .Sum(target => context.Values.Read(counter.Id with { Endpoint = target.Index }).AsDecimal ?? 0);
                if (taken is not > 0 || counter.Before is not { } before) continue;
                guard.ExpectReset(counter.Id, before > taken ? before - taken.Value : 0);
                marked.Add(counter.Id);
            }
        }

        return marked;
    }

    private async Task SendResetAsync(Node node, Endpoint target, CancellationToken cancellationToken)
    {
        var counters = CountersOf(node, target).Select(counter => (counter.Reading, context.Values.Read(counter.Id))).ToArray();
        foreach (var command in ResetCommands(target.VersionOf(MeterCommandClass.Id), counters))
        {
            if (await exchange.SetAsync(node, target.Index, command, SendPriority.User, cancellationToken) == SetResult.Refused)
            {
                throw Error(ZWaveErrorCode.NodeRefused, node, target, "the device refused the reset");
            }
        }
    }

    /// <summary>Up to version 5 one command resets everything; since version 6 a reset names the counter and its new value.</summary>
    internal static IReadOnlyList<MeterReset> ResetCommands(byte version, IReadOnlyList<(MeterReading Reading, Value Last)> counters) =>
        version < FirstVersionWithTargets || counters.Count == 0
            ? [new MeterReset()]
            : [.. counters.Select(static counter => new MeterReset(Target(counter.Reading, counter.Last)))];

    private static MeterResetTarget Target(MeterReading reading, Value last)
    {
        var isMore = reading.ScaleIndex >= MeterScales.MoreScales;
        return new(
            reading.MeterType, reading.RateType, isMore ? MeterScales.MoreScales : (byte)reading.ScaleIndex, last.Precision, Size: 4, RawValue: 0,
            isMore ? (byte)(reading.ScaleIndex - MeterScales.MoreScales) : null);
    }

    // A meter may tell the old reading for some moments more; the guard passes the new one when it comes.
    private async Task ReadBackAsync(Node node, Counter counter, CancellationToken cancellationToken)
    {
        var pause = context.Timeouts.MeterResetRetry;
        for (var read = 1; ; read++, pause *= 2)
        {
            await AskAsync(node, counter.Endpoint, counter.Reading, SendPriority.Confirmation, cancellationToken);
            if (IsReset(node, counter)) break;
            if (read == MaximumReadBacks)
            {
                var told = context.Values.Read(counter.Id);
                throw Error(
                    ZWaveErrorCode.NotConfirmed, node, counter.Endpoint,
                    "after the reset the meter " + (told.IsKnown ? $"still tells {told}" : "tells nothing"));
            }

            await context.DelayAsync(pause, cancellationToken);
        }
    }

    // Which of the other counters contain what was reset only the device knows for certain.
    private async Task ReadOthersAsync(Node node, Endpoint[] targets, CancellationToken cancellationToken)
    {
        try
        {
            var others = node.Endpoints.Where(HasMeter).Except(targets).SelectMany(endpoint => CountersOf(node, endpoint)).ToArray();
            foreach (var counter in others)
            {
                await AskAsync(node, counter.Endpoint, counter.Reading, SendPriority.Confirmation, cancellationToken);
            }
        }
        catch (ZWaveException)
        {
            // The reset itself is confirmed; the rest is read again when the node is back.
        }
    }

    private bool IsReset(Node node, Counter counter)
    {
        if (context.Values.Read(counter.Id).AsDecimal is not { } now) return false;
        if (counter.Before is not { } before || now < before) return true;
        var hours = (decimal)context.Time.GetElapsedTime(counter.At).TotalHours;
        return now <= MeterLimits.Of(counter.Reading, 0, node.Settings.MaximumPowerWatts).HourlyMaximum * hours;
    }

    /// <summary>Asks for one reading. False: the node does not answer.</summary>
    public async Task<bool> AskAsync(
        Node node, Endpoint endpoint, MeterReading reading, SendPriority priority, CancellationToken cancellationToken)
    {
        var version = endpoint.VersionOf(MeterCommandClass.Id);
        return await exchange.QueryAsync(
            node, endpoint.Index, reading.Question, command => reading.IsReply(command, version), priority, cancellationToken) is not null;
    }

    private bool CanReset(Node node, Endpoint endpoint) =>
        endpoint.VersionOf(MeterCommandClass.Id) >= FirstVersionWithReset
        && context.Values.Read(new(node.Id, endpoint.Index, MeterCommandClass.ResetSupported)).AsBoolean != false;

    private static bool HasMeter(Endpoint endpoint) => endpoint.Supports(MeterCommandClass.Id);

    private static Endpoint RequireMeter(Node node, EndpointIndex index)
    {
        if (node.FindEndpoint(index) is { } found && HasMeter(found)) return found;
        throw new ZWaveException(ZWaveErrorCode.InvalidArgument, $"node {node.Id} has no meter on endpoint {index}") { Node = node.Id };
    }

    private static ZWaveException Error(ZWaveErrorCode code, Node node, Endpoint endpoint, string reason) =>
        new(code, $"node {node.Id}, endpoint {endpoint.Index}: {reason}") { Node = node.Id };
}
