namespace Bridge.Cli;

/// <summary>Finds the verb the user typed and runs it.</summary>
public static class CommandLine
{
    /// <summary>The verb that runs when none is given.</summary>
    public const string DefaultVerb = "run";

    private const string Program = "zwbridge";

    /// <summary>Every verb, in the order the help lists them.</summary>
    public static IReadOnlyList<Verb> Verbs { get; } =
    [
        RunCommand.Definition,
        DemoCommand.Definition,
        DecodeVerb.Definition,
        SimulateCommand.Definition,
        PortsCommand.Definition,
        CheckCommand.Definition,
        KeysCommand.Definition,
    ];

    /// <summary>Runs what the arguments say and returns the exit code.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken) =>
        RunAsync(Verbs, arguments, terminal, cancellationToken);

    /// <summary>The same with other verbs.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<Verb> verbs, IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(verbs);
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(terminal);
        var first = arguments.Count == 0 ? null : arguments[0];
        if (first is "--help" or "-h")
        {
            await terminal.Output.WriteAsync(Help(verbs));
            return ExitCode.Success;
        }

        if (first == "--version")
        {
            await terminal.Output.WriteAsync($"{Program} {ProgramVersion.Text}\n");
            return ExitCode.Success;
        }

        // Settings (--Mqtt:Host=…) may stand without a verb: then they are those of the default one.
        var isVerbLeftOut = first is null || IsSetting(first);
        var name = isVerbLeftOut ? DefaultVerb : first!;
        if (verbs.FirstOrDefault(verb => verb.Name == name) is not { } chosen)
        {
            var what = name.StartsWith('-') ? "option" : "command";
            return await RefuseAsync(terminal, isVerbLeftOut ? "no command given" : $"unknown {what} '{name}'");
        }

        string[] rest = [.. arguments.Skip(isVerbLeftOut ? 0 : 1)];
        if (rest.TakeWhile(static argument => argument != "--").Any(static argument => argument is "--help" or "-h"))
        {
            await terminal.Output.WriteAsync($"{Program} {chosen.Name}: {chosen.Summary}\n{chosen.Help}");
            return ExitCode.Success;
        }

        try
        {
            return await chosen.Run(rest, terminal, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Success;
        }
    }

    /// <summary>Says in one line why the command line cannot be understood.</summary>
    public static async Task<int> RefuseAsync(Terminal terminal, string problem)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        await terminal.Error.WriteAsync($"{Program}: {problem}; see {Program} --help\n");
        return ExitCode.WrongUsage;
    }

    private static bool IsSetting(string argument) => argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains(':');

    private static string Help(IReadOnlyList<Verb> verbs)
    {
        var width = verbs.Max(static verb => verb.Name.Length);
        var lines = verbs.Select(verb => $"  {verb.Name.PadRight(width)}  {verb.Summary}\n");
        return $"Z-Wave plugs on MQTT.\n\n{Program} <command> [options]\n\n{string.Concat(lines)}\n"
            + $"{Program} <command> --help tells more about one; {Program} --version tells the version.\n";
    }
}
