using Bridge.Cli;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>What a command line answered: exit code and texts.</summary>
internal sealed record CommandLineRun(int Code, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The only line of output, as JSON.</summary>
    public JObject Json => JObject.Parse(Assert.Single(Lines));

    public static Task<CommandLineRun> Of(params string[] arguments) => WithInput(string.Empty, arguments);

    /// <summary>With text on standard input.</summary>
    public static async Task<CommandLineRun> WithInput(string input, params string[] arguments)
    {
        using var reader = new StringReader(input);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, new(reader, output, error), CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>The command line was refused: exit 2, one line on standard error, nothing on standard output.</summary>
    public void AssertRefused(string expectedInProblem)
    {
        Assert.Equal(ExitCode.WrongUsage, Code);
        Assert.Empty(Output);
        Assert.Contains(expectedInProblem, Error, StringComparison.Ordinal);
        Assert.Equal(1, Error.Count(static character => character == '\n'));
    }
}
