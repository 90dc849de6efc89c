using System.Reflection;

namespace Bridge;

/// <summary>Which build of the program this is.</summary>
public static class ProgramVersion
{
    private const string StandInSuffix = "-standin";

    /// <summary>"0.1.0", or "0.1.0-standin" (see <see cref="UsesStandIns"/>).</summary>
    public static string Text { get; } = Read();

    /// <summary>True when packages were stood in for in this build (docs/decisions/0003-stand-ins.md).</summary>
    public static bool UsesStandIns => Text.EndsWith(StandInSuffix, StringComparison.Ordinal);

    private static string Read()
    {
        var version = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        // Behind the plus stands what the build knows of the source control.
        return version.Split('+')[0];
    }
}
