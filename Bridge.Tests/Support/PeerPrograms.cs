using Xunit;

namespace Bridge.Tests.Support;

/// <summary>Other people's programs the tests talk to.</summary>
internal static class PeerPrograms
{
    /// <summary>
    /// The program's path. Missing: the test is skipped and says so; under <c>CI=true</c>, where everything must be there, it fails.
    /// </summary>
    public static string RequireProgram(string name)
    {
        if (Find(name) is { } path) return path;
        var message = $"{name} is not installed (check.sh installs it where it may)";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) Assert.Fail(message);
        Assert.Skip(message);
        return null;
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
