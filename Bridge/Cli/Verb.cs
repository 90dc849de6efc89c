namespace Bridge.Cli;

/// <summary>Where a verb reads and writes: the console, or what a test gives it.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output: results and nothing else.</param>
/// <param name="Error">Standard error: one line a problem.</param>
public sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Error);

/// <summary>Runs a verb with the arguments behind its name and returns the exit code (see <see cref="ExitCode"/>).</summary>
public delegate Task<int> VerbRunner(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken);

/// <summary>One verb of the command line.</summary>
/// <param name="Name">What the user types.</param>
/// <param name="Summary">One line for the list of verbs.</param>
/// <param name="Run">What it does.</param>
public sealed record Verb(string Name, string Summary, VerbRunner Run)
{
    /// <summary>What <c>zwbridge verb --help</c> prints below the summary; empty when there is nothing to add.</summary>
    public string Help { get; init; } = string.Empty;
}

/// <summary>What the process answers to whoever started it.</summary>
public static class ExitCode
{
    /// <summary>Done, or stopped cleanly.</summary>
    public const int Success = 0;

    /// <summary>Everything that has no code of its own.</summary>
    public const int Failure = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int WrongUsage = 2;

    /// <summary>The settings are wrong (EX_CONFIG of sysexits.h): restarting does not help.</summary>
    public const int WrongSettings = 78;
}
