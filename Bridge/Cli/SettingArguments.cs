namespace Bridge.Cli;

/// <summary>
/// The form of settings on the command line: <c>--Section:Name=value</c> or <c>--Section:Name value</c>. The framework passes over what
/// it cannot read; here it is refused, because a setting that does nothing is worse than a complaint.
/// </summary>
public static class SettingArguments
{
    /// <summary>What cannot be understood; null when everything can.</summary>
    public static string? Fault(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            var name = argument.Split('=')[0];
            if (!name.StartsWith("--", StringComparison.Ordinal)) return $"unexpected argument '{argument}'";
            if (!name.Contains(':')) return $"unknown option '{name}'";
            if (argument.Contains('=')) continue;
            if (++index == arguments.Count) return $"{name} needs a value";
        }

        return null;
    }
}
