using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Network;

/// <summary>Log lines of the network: what a person wants to know, not a line per value.</summary>
internal static partial class NetworkLog
{
    [LoggerMessage(2001, LogLevel.Information, "Controller ready: home id {HomeId}, node {NodeId}, {Library}, {Nodes} other nodes")]
    public static partial void ControllerReady(this ILogger logger, HomeId homeId, int nodeId, string library, int nodes);

    [LoggerMessage(2002, LogLevel.Warning, "Controller startup failed: {Reason}. It is tried again for ever")]
    public static partial void StartupFailed(this ILogger logger, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "The controller was reset by itself or by hand (reason {Reason}); starting it up again")]
    public static partial void ControllerRestarted(this ILogger logger, string reason);

    [LoggerMessage(2004, LogLevel.Debug, "No answer to the soft reset yet: {Reason}")]
    public static partial void ResetWithoutAnswer(this ILogger logger, string reason);

    [LoggerMessage(2005, LogLevel.Warning, "The controller does not answer any more; resetting it")]
    public static partial void ControllerJammed(this ILogger logger);

    [LoggerMessage(2006, LogLevel.Debug, "Controller startup runs again: {Reason}")]
    public static partial void RestartRequested(this ILogger logger, string reason);

    [LoggerMessage(2007, LogLevel.Debug, "Ignored a frame of function {Function} ({Reason}): {Payload}")]
    public static partial void FrameIgnored(this ILogger logger, Serial.FunctionId function, DecodeError reason, string payload);

    [LoggerMessage(2010, LogLevel.Information, "Node {NodeId}: {Status}")]
    public static partial void NodeStatusChanged(this ILogger logger, int nodeId, NodeStatus status);

    [LoggerMessage(2011, LogLevel.Information, "Node {NodeId}: interview complete ({Model})")]
    public static partial void InterviewComplete(this ILogger logger, int nodeId, string model);

    [LoggerMessage(2012, LogLevel.Warning, "Node {NodeId}: interview interrupted at \"{Step}\": {Reason}. It goes on when the node is back")]
    public static partial void InterviewInterrupted(this ILogger logger, int nodeId, string step, string reason);

    [LoggerMessage(2013, LogLevel.Warning, "Node {NodeId}: no answer in interview step {Step}; going on without it")]
    public static partial void StepFailed(this ILogger logger, int nodeId, string step);

    [LoggerMessage(2014, LogLevel.Debug, "Node {NodeId}: refresh interrupted: {Reason}")]
    public static partial void RefreshInterrupted(this ILogger logger, int nodeId, string reason);

    [LoggerMessage(2015, LogLevel.Warning, "Node {NodeId} was reset to factory settings and has left the network")]
    public static partial void NodeReset(this ILogger logger, int nodeId);

    [LoggerMessage(2016, LogLevel.Information, "Node {NodeId}: the states of its relays show the order of its endpoints: {Order}")]
    public static partial void EndpointOrderObserved(this ILogger logger, int nodeId, string order);

    [LoggerMessage(2017, LogLevel.Warning, "Node {NodeId}: overload, endpoint {Endpoint} ({How})")]
    public static partial void OverloadRaised(this ILogger logger, int nodeId, EndpointIndex endpoint, string how);

    [LoggerMessage(2018, LogLevel.Information, "Node {NodeId}: overload is over")]
    public static partial void OverloadEnded(this ILogger logger, int nodeId);

    [LoggerMessage(2020, LogLevel.Debug, "Node {NodeId}: transmission failed: {Code}")]
    public static partial void TransmitFailed(this ILogger logger, int nodeId, ZWaveErrorCode code);

    [LoggerMessage(2021, LogLevel.Error, "A command could not be sent because of a fault in this program")]
    public static partial void SenderFault(this ILogger logger, Exception exception);

    [LoggerMessage(2022, LogLevel.Error, "A received command could not be handled because of a fault in this program: {Bytes}")]
    public static partial void ReceiverFault(this ILogger logger, Exception exception, string bytes);

    [LoggerMessage(2023, LogLevel.Error, "Background work failed because of a fault in this program: {Work}")]
    public static partial void WorkFault(this ILogger logger, Exception exception, string work);

    [LoggerMessage(2030, LogLevel.Warning, "Node {NodeId}: dropped a malformed command ({Reason}): {Bytes}. Further ones of this kind are only counted")]
    public static partial void CommandRefused(this ILogger logger, int nodeId, DecodeError reason, string bytes);

    [LoggerMessage(2031, LogLevel.Debug, "Node {NodeId}: dropped an unknown command: {Bytes}. Further ones are only counted")]
    public static partial void CommandUnknown(this ILogger logger, int nodeId, string bytes);

    [LoggerMessage(2032, LogLevel.Warning,
        "Node {NodeId}: told another identity or other endpoints than before; not believed until it says so again. Further ones are only counted")]
    public static partial void IdentityDoubted(this ILogger logger, int nodeId);

    [LoggerMessage(2033, LogLevel.Warning,
        "Node {NodeId}: dropped a report of class {CommandClass}, which its endpoint {Endpoint} does not have. Further ones are only counted")]
    public static partial void ReportMisplaced(this ILogger logger, int nodeId, EndpointIndex endpoint, CommandClassId commandClass);

    [LoggerMessage(2034, LogLevel.Warning, "Node {NodeId} is not in the network: dropped its command. Further ones are only counted")]
    public static partial void StrangerDropped(this ILogger logger, int nodeId);

    [LoggerMessage(2036, LogLevel.Warning,
        "Node {NodeId}, endpoint {Endpoint}: did not believe the meter: {Reading}. Further ones of this kind are only counted")]
    public static partial void MeterReadingRejected(this ILogger logger, int nodeId, EndpointIndex endpoint, string reading);

    [LoggerMessage(2037, LogLevel.Warning,
        "Node {NodeId}: dropped a command that came with security {Used}, which is less than the node has. Further ones are only counted")]
    public static partial void InsecureRefused(this ILogger logger, int nodeId, string used);

    [LoggerMessage(2038, LogLevel.Warning, "Node {NodeId} gives no nonce ({Outcome}): what had to be sent encrypted is given up")]
    public static partial void NoNonce(this ILogger logger, int nodeId, SendOutcome outcome);

    [LoggerMessage(2039, LogLevel.Information, "Node {NodeId} is spoken to with security {Security}")]
    public static partial void SecurityFound(this ILogger logger, int nodeId, string security);

    [LoggerMessage(2040, LogLevel.Error, "The network file could not be written: {Reason}. Trying again")]
    public static partial void SaveFailed(this ILogger logger, string reason);

    [LoggerMessage(2041, LogLevel.Warning,
        "Node {NodeId} is another kind of device than the one remembered by this number: what is remembered is dropped, the node is asked anew")]
    public static partial void RememberedAnotherDevice(this ILogger logger, int nodeId);
}
