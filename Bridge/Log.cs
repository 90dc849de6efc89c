using Bridge.ZWave.Devices;
using Microsoft.Extensions.Logging;

namespace Bridge;

/// <summary>The log lines of the program itself. Event ids: 100.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Information, "zwbridge {Version} on {Port}, keeping what it knows in {Directory}")]
    public static partial void Starting(this ILogger logger, string version, string port, string directory);

    [LoggerMessage(102, LogLevel.Information,
        "This build uses stand-ins in place of packages, see docs/decisions/0003-stand-ins.md; please say so in reports of faults")]
    public static partial void UsesStandIns(this ILogger logger);

    [LoggerMessage(103, LogLevel.Warning, "Device file left out: {Fault}")]
    public static partial void DeviceFileLeftOut(this ILogger logger, DeviceFault fault);

    [LoggerMessage(104, LogLevel.Warning, "The setting {Path} is not known and has no effect")]
    public static partial void SettingUnknown(this ILogger logger, string path);

    [LoggerMessage(106, LogLevel.Warning, "{Warning}")]
    public static partial void SettingWarning(this ILogger logger, string warning);

    [LoggerMessage(108, LogLevel.Error, "The built-in broker cannot be started: {Reason}")]
    public static partial void BrokerCannotListen(this ILogger logger, string reason);

    [LoggerMessage(109, LogLevel.Error, "There are no keys: {Reason}")]
    public static partial void NoKeys(this ILogger logger, string reason);

    [LoggerMessage(107, LogLevel.Information, "Restarting, as asked for on MQTT")]
    public static partial void Restarting(this ILogger logger);

    [LoggerMessage(105, LogLevel.Information, "Stopped")]
    public static partial void Stopped(this ILogger logger);
}
