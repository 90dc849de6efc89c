using System.Reflection;
using Bridge.Cli;
using Bridge.ZWave.Serial;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class CommandLineTests
{
    private static readonly Verb s_run = new("run", "runs", static async (arguments, terminal, _) =>
    {
        await terminal.Output.WriteAsync("run " + string.Join('|', arguments));
        return 7;
    });

    private static async Task<CommandLineRun> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([s_run], arguments, new(TextReader.Null, output, error), CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }

    [Fact]
    public async Task A_verb_gets_the_arguments_behind_it_and_decides_the_exit_code() =>
        Assert.Equal(new(7, "run a|--b", ""), await Run("run", "a", "--b"));

    [Fact]
    public async Task Without_a_verb_the_default_one_runs() => Assert.Equal(new(7, "run ", ""), await Run());

    [Fact]
    public async Task Settings_without_a_verb_go_to_the_default_one() =>
        Assert.Equal(new(7, "run --Mqtt:Host=broker", ""), await Run("--Mqtt:Host=broker"));

    [Fact]
    public async Task No_verb_at_all_is_refused_when_there_is_no_default()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            [DecodeVerb.Definition], [], new(TextReader.Null, output, error), CancellationToken.None);
        new CommandLineRun(code, output.ToString(), error.ToString()).AssertRefused("no command given");
    }

    [Fact]
    public async Task An_unknown_verb_is_refused() => (await Run("jump")).AssertRefused("unknown command 'jump'");

    [Fact]
    public async Task An_unknown_option_is_refused() => (await Run("--jump")).AssertRefused("unknown option '--jump'");

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_lists_every_verb(string option)
    {
        var run = await CommandLineRun.Of(option);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Empty(run.Error);
        Assert.All(CommandLine.Verbs, verb => Assert.Contains($"  {verb.Name} ", run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_of_a_verb_tells_its_options()
    {
        var run = await CommandLineRun.Of("decode", "--help");
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("--node-id-bits", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_three_numbers_and_tells_a_build_with_stand_ins()
    {
        var run = await CommandLineRun.Of("--version");
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Matches(@"^zwbridge \d+\.\d+\.\d+(-standin)?\n$", run.Output);
        // The transport is compiled against the library or its stand-in, whichever the build chose.
        var library = typeof(SerialPortTransport).Assembly.GetReferencedAssemblies().Single(static name => name.Name == "System.IO.Ports");
        var libraryVersion = Assembly.Load(library).GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var isStoodInFor = libraryVersion.Contains("-standin", StringComparison.Ordinal);
        Assert.Equal(isStoodInFor, run.Output.Contains("-standin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_verb_that_was_told_to_stop_has_stopped_cleanly()
    {
        using var stop = new CancellationTokenSource();
        var verb = new Verb("wait", "waits", static async (_, _, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return ExitCode.Failure;
        });
        var running = CommandLine.RunAsync([verb], ["wait"], new(TextReader.Null, TextWriter.Null, TextWriter.Null), stop.Token);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Success, await running);
    }

    [Fact]
    public void Verbs_have_different_names() =>
        Assert.Equal(CommandLine.Verbs.Count, CommandLine.Verbs.Select(static verb => verb.Name).Distinct(StringComparer.Ordinal).Count());
}
