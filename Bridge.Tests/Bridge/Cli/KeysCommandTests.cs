using System.Text.RegularExpressions;
using Bridge.Cli;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class KeysCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Keys => _folder.File("state", "keys.json");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_of_settings_and_of_key_files_are_taken_over(bool isSettings)
    {
        var run = await ImportAsync(isSettings ? KeyTexts.Settings() : KeyTexts.All());
        Assert.Equal((ExitCode.Success, string.Empty), (run.Code, run.Error));
        Assert.Equal(
            $"'{Keys}':\n  added: S0_Legacy, S2_Unauthenticated, S2_Authenticated, S2_AccessControl, S2_Authenticated_LR, S2_AccessControl_LR\n", run.Output);
        Assert.Equal(KeyTexts.All(), await File.ReadAllTextAsync(Keys));
        Assert.Equal(KeyTexts.All(), await File.ReadAllTextAsync(Keys + ".bak"));
    }

    [Fact]
    public async Task Keys_that_are_there_are_replaced_only_when_told_and_then_kept_aside()
    {
        await ImportAsync(KeyTexts.All());
        var other = $$"""{"S0_Legacy": "{{KeyTexts.Hex(1)}}", "S2_Authenticated": "{{KeyTexts.Hex(9)}}"}""";
        var refused = await ImportAsync(other);
        Assert.Equal(ExitCode.Failure, refused.Code);
        Assert.StartsWith("zwbridge: keys: other keys are there already: S2_Authenticated; nothing was changed", refused.Error, StringComparison.Ordinal);
        Assert.Equal(KeyTexts.All(), await File.ReadAllTextAsync(Keys));

        var replaced = await ImportAsync(other, "--replace");
        Assert.Equal((ExitCode.Success, string.Empty), (replaced.Code, replaced.Error));
        Assert.EndsWith($"'{Keys}':\n  replaced: S2_Authenticated\n  the same as before: S0_Legacy\n", replaced.Output, StringComparison.Ordinal);
        var before = Regex.Match(replaced.Output, @"is kept as '(\S+\.before-\d{8}T\d{6}Z)'").Groups[1].Value;
        Assert.Equal(KeyTexts.All(), await File.ReadAllTextAsync(before));
        Assert.Contains(KeyTexts.Hex(9), await File.ReadAllTextAsync(Keys), StringComparison.Ordinal);
        Assert.Contains(KeyTexts.Hex(4), await File.ReadAllTextAsync(Keys), StringComparison.Ordinal);
        KeyTexts.AssertHidden([refused.Error, refused.Output, replaced.Error, replaced.Output]);
    }

    [Fact]
    public async Task The_same_keys_again_change_nothing()
    {
        await ImportAsync(KeyTexts.All());
        var written = File.GetLastWriteTimeUtc(Keys);
        var run = await ImportAsync(KeyTexts.Settings());
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("  the same as before: S0_Legacy, ", run.Output, StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Keys));
    }

    [Fact]
    public async Task All_faults_of_the_imported_file_are_told_and_nothing_is_written()
    {
        var run = await ImportAsync("""{"zwave": {"securityKeys": {"S0_Legacy": "12", "S2_Authenticated": 5, "S9": "x"}}}""");
        Assert.Equal(ExitCode.Failure, run.Code);
        Assert.Equal(
            $"""
            zwbridge: keys: '{_folder["import.json"]}': S9 is not the name of a key
            zwbridge: keys: '{_folder["import.json"]}': S0_Legacy: 2 characters; allowed: 32 hex digits
            zwbridge: keys: '{_folder["import.json"]}': S2_Authenticated: not a text; allowed: 32 hex digits

            """, run.Error, ignoreLineEndingDifferences: true);
        Assert.False(File.Exists(Keys));
    }

    [Fact]
    public async Task A_file_without_keys_and_a_file_that_is_not_there_are_said()
    {
        var without = await ImportAsync("""{"mqtt": {}}""");
        Assert.Equal(ExitCode.Failure, without.Code);
        Assert.Contains("has no keys; allowed: settings.json of zwave-js-ui, or a file of keys", without.Error, StringComparison.Ordinal);
        var missing = await CommandLineRun.Of("keys", "import", _folder["nothing.json"], State);
        Assert.Equal(ExitCode.Failure, missing.Code);
        Assert.Contains("nothing.json", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_of_ours_with_faults_is_not_touched()
    {
        Directory.CreateDirectory(_folder["state"]);
        await File.WriteAllTextAsync(Keys, """{"S0_Legacy": "12"}""");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var run = await ImportAsync(KeyTexts.All());
        Assert.Equal(ExitCode.WrongSettings, run.Code);
        Assert.Equal($"zwbridge: keys: wrong settings\n  ZWave:KeysFile: '{Keys}': S0_Legacy: 2 characters; allowed: 32 hex digits\n", run.Error);
        Assert.Equal("""{"S0_Legacy": "12"}""", await File.ReadAllTextAsync(Keys));
    }

    [Fact]
    public async Task Keys_are_written_into_a_new_file_for_its_owner_only()
    {
        await ImportAsync(KeyTexts.All());
        var to = _folder["copy.json"];
        var run = await CommandLineRun.Of("keys", "export", "--to", to, State);
        Assert.Equal((ExitCode.Success, string.Empty), (run.Code, run.Error));
        Assert.StartsWith($"'{to}':\n  written: S0_Legacy, ", run.Output, StringComparison.Ordinal);
        Assert.Equal(KeyTexts.All(), await File.ReadAllTextAsync(to));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(to));
        KeyTexts.AssertHidden([run.Output]);

        var again = await CommandLineRun.Of("keys", "export", $"--to={to}", State);
        Assert.Equal(ExitCode.Failure, again.Code);
        Assert.Equal($"zwbridge: keys: '{to}' is there already; allowed: path of a new file\n", again.Error);
    }

    [Fact]
    public async Task Keys_are_printed_only_when_that_is_asked_for()
    {
        await ImportAsync(KeyTexts.All());
        var run = await CommandLineRun.Of("keys", "export", "--show", State);
        Assert.Equal((ExitCode.Success, KeyTexts.All(), string.Empty), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public async Task Without_keys_there_is_nothing_to_export_and_none_are_made()
    {
        var run = await CommandLineRun.Of("keys", "export", "--show", State);
        Assert.Equal(ExitCode.Failure, run.Code);
        Assert.StartsWith($"zwbridge: keys: there are no keys in '{Keys}' yet", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Keys));
    }

    [Fact]
    public async Task Another_key_file_can_be_named()
    {
        var file = _folder["other.json"];
        await File.WriteAllTextAsync(_folder["import.json"], KeyTexts.All());
        var run = await CommandLineRun.Of("keys", "import", _folder["import.json"], "--ZWave:KeysFile", file, State);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal(KeyTexts.All(), await File.ReadAllTextAsync(file));
        Assert.False(File.Exists(Keys));
    }

    [Theory]
    [InlineData("keys: say what to do: import or export")]
    [InlineData("keys: unknown command 'steal'; allowed: import, export", "steal")]
    [InlineData("keys: import needs a file", "import")]
    [InlineData("keys: unexpected argument 'b'", "import", "a", "b")]
    [InlineData("keys: --to and --show belong to export", "import", "a", "--show")]
    [InlineData("keys: --to and --show belong to export", "import", "a", "--to", "b")]
    [InlineData("keys: --replace belongs to import", "export", "--replace")]
    [InlineData("keys: say where the keys go: --to <file>, or --show to print them", "export")]
    [InlineData("keys: --to or --show, not both", "export", "--show", "--to=x")]
    [InlineData("keys: --to needs a file", "export", "--to")]
    [InlineData("keys: unknown option '--all'", "export", "--all")]
    [InlineData("keys: --ZWave:KeysFile needs a value", "export", "--show", "--ZWave:KeysFile")]
    public async Task What_cannot_be_understood_is_refused(string problem, params string[] arguments) =>
        (await CommandLineRun.Of(["keys", .. arguments])).AssertRefused(problem);

    private string State => $"--Storage:Directory={_folder["state"]}";

    private async Task<CommandLineRun> ImportAsync(string text, params string[] more)
    {
        await File.WriteAllTextAsync(_folder["import.json"], text);
        return await CommandLineRun.Of(["keys", "import", _folder["import.json"], .. more, State]);
    }
}
