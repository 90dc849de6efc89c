using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// Faults of the controller and the line, each armed for a number of times and then gone. Any thread may arm them; they strike in the order of the line.
/// </summary>
public sealed class SimulatedFaults
{
    private readonly Agenda _agenda;
    private readonly SimulatedController _controller;
    private readonly Dictionary<Fault, int> _armed = [];
    private TransmitStatus _failure;
    private int _responsesBefore;
    private NodeId? _failingNode;
    private (NvmOperation Operation, NvmOperationStatus Status, int After)? _memoryFailure;

    internal SimulatedFaults(Agenda agenda, SimulatedController controller) => (_agenda, _controller) = (agenda, controller);

    internal enum Fault
    {
        LostAcknowledgement,
        LostFrame,
        Nak,
        Can,
        LostResponse,
        LostCallback,
        HeldCallback,
        RefusedTransmission,
        FailedTransmission,
        LostReport,
        FailedInclusion,
        LostInclusionCallback,
        FailedNeighborUpdate,
        HeldNeighborUpdate,
        FailedReturnRoute,
    }

    /// <summary>The module says nothing at all, not even ACK; what it hears it does.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The next frames are taken and done, but their ACK gets lost.</summary>
    public void LoseAcknowledgements(int times = 1) => Arm(Fault.LostAcknowledgement, times);

    /// <summary>The next frames never arrive: no ACK, nothing is done.</summary>
    public void LoseFrames(int times = 1) => Arm(Fault.LostFrame, times);

    /// <summary>The next frames arrive damaged: NAK, nothing is done.</summary>
    public void AnswerNak(int times = 1) => Arm(Fault.Nak, times);

    /// <summary>The next frames collide: CAN, nothing is done.</summary>
    public void AnswerCan(int times = 1) => Arm(Fault.Can, times);

    /// <summary>The next responses, those after so many that are sent, are never sent; what was asked for is done.</summary>
    public void LoseResponses(int times = 1, int after = 0) => _agenda.Do(() =>
    {
        _responsesBefore = after;
        _armed[Fault.LostResponse] = times;
    });

    /// <summary>The next callbacks of transmissions are never sent; the plug heard the command.</summary>
    public void LoseCallbacks(int times = 1) => Arm(Fault.LostCallback, times);

    /// <summary>The next transmissions do not end before the host aborts them; no plug hears them.</summary>
    public void HoldCallbacks(int times = 1) => Arm(Fault.HeldCallback, times);

    /// <summary>The next transmissions are refused: the queue is full.</summary>
    public void RefuseTransmissions(int times = 1) => Arm(Fault.RefusedTransmission, times);

    /// <summary>The next transmissions, or those to one node, end with a status and no plug hears them.</summary>
    public void FailTransmissions(TransmitStatus status, int times = 1, NodeId? node = null) => _agenda.Do(() =>
    {
        (_failure, _failingNode) = (status, node);
        _armed[Fault.FailedTransmission] = times;
    });

    /// <summary>The next commands of plugs do not reach the controller.</summary>
    public void LoseReports(int times = 1) => Arm(Fault.LostReport, times);

    /// <summary>The next plugs are found, but neither included, excluded nor put into the place of another: it fails.</summary>
    public void FailInclusions(int times = 1) => Arm(Fault.FailedInclusion, times);

    /// <summary>The next callbacks of inclusion, exclusion and replacement are never sent.</summary>
    public void LoseInclusionCallbacks(int times = 1) => Arm(Fault.LostInclusionCallback, times);
    /// <summary>The next nodes that are to look for their neighbours do not.</summary>
    public void FailNeighborUpdates(int times = 1) => Arm(Fault.FailedNeighborUpdate, times);

    /// <summary>The next nodes that are to look for their neighbours never come to an end.</summary>
    public void HoldNeighborUpdates(int times = 1) => Arm(Fault.HeldNeighborUpdate, times);

    /// <summary>The next return routes do not reach their node.</summary>
    public void FailReturnRoutes(int times = 1) => Arm(Fault.FailedReturnRoute, times);

    /// <summary>An operation on the memory ends with a status, once, after so many that went well.</summary>
    public void FailMemory(NvmOperation operation, NvmOperationStatus status, int after = 0) =>
        _agenda.Do(() => { _memoryFailure = (operation, status, after); });

    /// <summary>These bytes are on the line right before the next data frame.</summary>
    public void GarbageBeforeNextFrame(ReadOnlyMemory<byte> bytes) => _agenda.Do(() => _controller.Line.PutBeforeNextFrame(bytes));

    /// <summary>These bytes are on the line now.</summary>
    public void SendRaw(ReadOnlyMemory<byte> bytes) => _agenda.Do(() => _controller.Line.SendRaw(bytes.Span));

    /// <summary>The line carries FF at its full speed until <see cref="StopFlood"/>.</summary>
    public void StartFlood() => _agenda.Do(_controller.Line.StartFlood);

    public void StopFlood() => _agenda.Do(_controller.Line.StopFlood);

    /// <summary>The module restarts by itself and forgets what a restart makes it forget.</summary>
    public void Restart(Serial.Functions.WakeUpReason reason = Serial.Functions.WakeUpReason.Watchdog) => _agenda.Do(() => _controller.Restart(reason));

    /// <summary>Disarms everything.</summary>
    public void Clear() => _agenda.Do(() =>
    {
        _armed.Clear();
        _memoryFailure = null;
        IsSilent = false;
        _controller.Line.StopFlood();
    });

    /// <summary>True when an armed fault strikes now.</summary>
    internal bool Strikes(Fault fault)
    {
        if (_armed.GetValueOrDefault(fault) <= 0) return false;
        _armed[fault]--;
        return true;
    }

    internal bool LosesResponse()
    {
        if (_responsesBefore == 0) return Strikes(Fault.LostResponse);
        _responsesBefore--;
        return false;
    }

    internal bool FailsTransmission(NodeId destination, out TransmitStatus status)
    {
        status = _failure;
        return (_failingNode is null || _failingNode == destination) && Strikes(Fault.FailedTransmission);
    }

    internal bool FailsMemory(NvmOperation operation, out NvmOperationStatus status)
    {
        status = _memoryFailure?.Status ?? default;
        if (_memoryFailure is not { } failure || failure.Operation != operation) return false;
        _memoryFailure = failure.After > 0 ? failure with { After = failure.After - 1 } : null;
        return failure.After == 0;
    }

    private void Arm(Fault fault, int times) => _agenda.Do(() => { _armed[fault] = times; });
}
