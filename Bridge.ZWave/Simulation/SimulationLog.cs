using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Simulation;

/// <summary>The log lines of the simulation. Event ids: 1900.</summary>
internal static partial class SimulationLog
{
    [LoggerMessage(1900, LogLevel.Information, "Simulated controller: a host is connected")]
    public static partial void HostCame(ILogger logger);

    [LoggerMessage(1901, LogLevel.Information, "Simulated controller: the host is gone")]
    public static partial void HostWent(ILogger logger);

    [LoggerMessage(1902, LogLevel.Debug, "Simulated controller: function {Function} is not simulated")]
    public static partial void UnknownFunction(ILogger logger, FunctionId function);

    [LoggerMessage(1903, LogLevel.Debug, "Simulated controller: {Frame} is no request ({Error})")]
    public static partial void BadRequest(ILogger logger, DataFrame frame, DecodeError error);

    [LoggerMessage(1904, LogLevel.Information, "Simulated controller: listening on {Endpoint}")]
    public static partial void Listening(ILogger logger, string endpoint);
}
