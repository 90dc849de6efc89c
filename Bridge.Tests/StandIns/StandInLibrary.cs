using System.IO.Ports;
using System.Reflection;

namespace Bridge.Tests.StandIns;

/// <summary>Which System.IO.Ports this build has.</summary>
internal static class StandInLibrary
{
    public static bool IsUsed { get; } = typeof(SerialPort).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
        is { } version && version.InformationalVersion.Contains("-standin", StringComparison.Ordinal);
}
