using Bridge.Options;
using Bridge.Tests.Support;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Bridge.Tests.Options;

public sealed class OptionsValidatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/dev/serial/by-id/usb-stick")]
    [InlineData("COM3")]
    [InlineData("tcp://stick.local:3333")]
    [InlineData("simulator")]
    public void ZWave_port_in_any_form_is_accepted(string port) =>
        Assert.True(new ZWaveOptionsValidator().Validate(null, new() { Port = port }).Succeeded);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ttyACM0")]
    [InlineData("tcp://stick:70000")]
    public void ZWave_port_in_no_form_is_refused_with_its_path(string? port)
    {
        var result = new ZWaveOptionsValidator().Validate(null, new() { Port = port });
        Assert.StartsWith("ZWave:Port: ", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("S2")]
    [InlineData(" s0 ")]
    [InlineData("insecure")]
    public void Inclusion_strategy_is_accepted_in_any_case(string strategy) =>
        Assert.True(new ZWaveOptionsValidator().Validate(null, new() { Port = "simulator", InclusionStrategy = strategy }).Succeeded);

    [Theory]
    [InlineData("")]
    [InlineData("secure")]
    public void Inclusion_strategy_nobody_knows_is_refused_beside_all_other_faults(string strategy)
    {
        var result = new ZWaveOptionsValidator().Validate(null, new() { InclusionStrategy = strategy });
        Assert.Equal(2, result.Failures!.Count());
        Assert.Contains($"ZWave:InclusionStrategy: '{strategy}'; allowed: default, s2, s0, insecure", result.Failures!);
    }

    [Fact]
    public void Storage_directory_that_is_missing_is_made_and_left_empty()
    {
        var directory = _folder["a/b"];
        Assert.True(new StorageOptionsValidator().Validate(null, new() { Directory = directory }).Succeeded);
        Assert.Empty(Directory.GetFileSystemEntries(directory));
    }

    [Fact]
    public void Storage_directory_below_a_file_is_refused_with_its_path_and_value()
    {
        File.WriteAllText(_folder["file"], "");
        var directory = _folder["file/state"];
        var failure = Assert.Single(new StorageOptionsValidator().Validate(null, new() { Directory = directory }).Failures!);
        Assert.StartsWith($"Storage:Directory: '{directory}' cannot be used", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Storage_directory_with_a_zero_character_is_refused() =>
        Assert.True(new StorageOptionsValidator().Validate(null, new() { Directory = "a\0b" }).Failed);

    [Fact]
    public void Storage_without_any_directory_is_refused()
    {
        var failure = Assert.Single(new StorageOptionsValidator().Validate(null, new()).Failures!);
        Assert.StartsWith("Storage:Directory: no directory is known", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_settings_are_those_of_our_sections_that_nothing_reads()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ZWave:port"] = "simulator",
            ["ZWave:Prot"] = "simulator",
            ["Storage:Directory"] = "state",
            ["Storage:Path:Old"] = "state",
            ["Logging:LogLevel:Default"] = "Debug",
        }).Build();
        Assert.Equal(["ZWave:Prot", "Storage:Path"], UnknownSettings.Of(configuration).Paths);
    }
}
