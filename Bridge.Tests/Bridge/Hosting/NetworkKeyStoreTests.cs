using Bridge.Cli;
using Bridge.Tests.Cli;
using Bridge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Bridge.Tests.Hosting;

/// <summary>How the keys come into a run of the program, and what is told of them.</summary>
public sealed class NetworkKeyStoreTests : IDisposable
{
    private const string Reader = "ZWave:KeysFile: ";

    private readonly TemporaryFolder _folder = new();

    private string Keys => _folder["keys.json"];

    private string[] Arguments => ["--ZWave:Port=simulator", $"--Storage:Directory={_folder.Path}"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keys_are_prepared_once()
    {
        var store = new NetworkKeyStore(() => new(Keys, allowsReaders: false, new ManualTimeProvider()));
        Assert.Null(store.Keys);
        Assert.Empty(store.Prepare());
        var keys = store.Keys;
        Assert.StartsWith(Reader + "new keys were generated", Assert.Single(store.Warnings), StringComparison.Ordinal);
        File.Delete(Keys);
        Assert.Empty(store.Prepare());
        Assert.Same(keys, store.Keys);
    }

    [Fact]
    public void A_volume_that_does_not_stay_is_told_at_every_start()
    {
        foreach (var warnings in new[] { 2, 1 })
        {
            var store = new NetworkKeyStore(
                () => new(Keys, allowsReaders: false, new ManualTimeProvider()), path => path == Keys ? "it is on /, which is in memory" : null);
            Assert.Empty(store.Prepare());
            Assert.Equal(warnings, store.Warnings.Count);
            Assert.Equal(
                $"{Reader}'{Keys}' will be lost, and with it every secure node: it is on /, which is in memory. Keep it on a volume that stays; "
                + "\"zwbridge keys export\" saves the keys",
                store.Warnings[^1]);
        }
    }

    [Fact]
    public void Without_a_file_keys_are_made_and_forgotten()
    {
        var store = new NetworkKeyStore(file: null);
        Assert.Empty(store.Prepare());
        Assert.NotNull(store.Keys);
        Assert.Empty(store.Warnings);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_a_fault_with_its_path()
    {
        File.WriteAllText(_folder["file"], string.Empty);
        var path = Path.Combine(_folder["file"], "keys.json");
        var store = new NetworkKeyStore(() => new(path, allowsReaders: false, new ManualTimeProvider()));
        var fault = Assert.Single(store.Prepare());
        Assert.StartsWith($"ZWave:KeysFile: '{path}' cannot be written (", fault, StringComparison.Ordinal);
        Assert.Null(store.Keys);
    }

    [Fact]
    public async Task Run_and_check_refuse_a_broken_file_with_every_fault()
    {
        Write("""{"S0_Legacy": "12", "S2_Authenticated": 5}""");
        foreach (var verb in new[] { "run", "check" })
        {
            var run = await CommandLineRun.Of([verb, .. Arguments]);
            Assert.Equal(ExitCode.WrongSettings, run.Code);
            Assert.Contains($"  {Reader}'{Keys}': S0_Legacy: 2 characters; allowed: 32 hex digits\n", run.Error, StringComparison.Ordinal);
            Assert.Contains($"  {Reader}'{Keys}': S2_Authenticated: not a text; allowed: 32 hex digits\n", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal("""{"S0_Legacy": "12", "S2_Authenticated": 5}""", await File.ReadAllTextAsync(Keys));
    }

    [Fact]
    public async Task A_file_others_can_read_is_refused_unless_it_is_allowed()
    {
        if (OperatingSystem.IsWindows()) return;
        Write(KeyTexts.All());
        File.SetUnixFileMode(Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var run = await CommandLineRun.Of(["run", .. Arguments]);
        Assert.Equal(ExitCode.WrongSettings, run.Code);
        Assert.Contains($"{Reader}'{Keys}' has mode 0604", run.Error, StringComparison.Ordinal);
        Assert.Contains($"chmod 600 '{Keys}'", run.Error, StringComparison.Ordinal);
        KeyTexts.AssertHidden([run.Error, run.Output]);
        Assert.Equal(ExitCode.Success, (await CommandLineRun.Of(["check", "--ZWave:AllowReadableKeys=true", .. Arguments])).Code);
    }

    [Fact]
    public async Task Check_creates_no_keys()
    {
        Assert.Equal(ExitCode.Success, (await CommandLineRun.Of(["check", .. Arguments])).Code);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "keys*"));
    }

    [Fact]
    public async Task Faults_of_a_key_file_set_by_its_path_are_told_although_the_storage_directory_is_wrong()
    {
        Write("[]");
        var run = await CommandLineRun.Of("check", "--ZWave:Port=simulator", $"--Storage:Directory={Keys}", $"--ZWave:KeysFile={Keys}");
        Assert.Contains($"{Reader}'{Keys}': not a JSON object", run.Error, StringComparison.Ordinal);
        Assert.Contains("Storage:Directory: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flag_that_is_none_is_a_fault() => Assert.Contains(
        "ZWave:AllowReadableKeys: 'perhaps' is not true or false; allowed: true, false",
        (await CommandLineRun.Of(["check", "--ZWave:AllowReadableKeys=perhaps", .. Arguments])).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("all")]
    public async Task A_whole_run_at_the_most_talkative_level_never_shows_a_key(string? text)
    {
        if (text is not null) Write(text == "all" ? KeyTexts.All() : text);
        var log = new LineLogger();
        string[] arguments = [.. Arguments, "--Mqtt:Embedded:Listen=127.0.0.1:0", "--Logging:LogLevel:Default=Trace"];
        using var host = BridgeServices.Build(arguments, _folder.Path, change: builder =>
        {
            builder.Logging.ClearProviders().AddProvider(new EveryLine(log));
            builder.Services.AddSingleton(new BridgeWorkerOptions { HopTime = TimeSpan.Zero, UseSoftReset = false });
        });
        await host.StartAsync();
        await log.SaidAsync("Controller ready");
        await host.StopAsync();

        var keys = host.Services.GetRequiredService<NetworkKeyStore>().Keys!;
        KeyTexts.AssertHidden(
            log.Lines, keys.S0, keys.S2Unauthenticated, keys.S2Authenticated, keys.S2AccessControl, keys.S2AuthenticatedLongRange, keys.S2AccessControlLongRange);
        Assert.Equal(text != "all", log.Lines.Any(static line => line.Contains("new keys were generated", StringComparison.Ordinal)));
        // what is kept besides the keys
        KeyTexts.AssertHidden(
            Directory.EnumerateFiles(_folder.Path).Where(static file => !Path.GetFileName(file).StartsWith("keys.json", StringComparison.Ordinal)).Select(File.ReadAllText),
            keys.S0, keys.S2AccessControl);
    }

    private void Write(string text)
    {
        File.WriteAllText(Keys, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private sealed class EveryLine(LineLogger log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
