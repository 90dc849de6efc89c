namespace Bridge.Options;

/// <summary>Where programs of this platform keep what they know between two runs.</summary>
public static class StateDirectory
{
    private const string Name = "zwbridge";

    /// <summary>
    /// On Linux what systemd made for the unit (<c>$STATE_DIRECTORY</c>), else <c>$XDG_STATE_HOME/zwbridge</c>, else
    /// <c>~/.local/state/zwbridge</c>; elsewhere the application data of the user. Null when there is none: a user without a home.
    /// </summary>
    public static string? Default() => OperatingSystem.IsLinux()
        ? OfLinux(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))
        : Below(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Name);

    /// <param name="variable">Reads an environment variable; null or empty when it is not set.</param>
    /// <param name="home">The user's home; empty when there is none.</param>
    public static string? OfLinux(Func<string, string?> variable, string home)
    {
        ArgumentNullException.ThrowIfNull(variable);
        // A unit may have several, separated by colons; the first is the one to use.
        if (variable("STATE_DIRECTORY") is { Length: > 0 } ofUnit) return ofUnit.Split(':')[0];
        // Base Directory Specification: a path that is not absolute is to be ignored.
        if (variable("XDG_STATE_HOME") is { } ofUser && ofUser.StartsWith('/')) return Path.Combine(ofUser, Name);
        return Below(home, ".local", "state", Name);
    }

    private static string? Below(string parent, params string[] names) => parent.Length == 0 ? null : Path.Combine([parent, .. names]);
}
