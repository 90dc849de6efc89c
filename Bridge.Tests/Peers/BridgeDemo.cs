using System.Globalization;
using System.Text.RegularExpressions;
using Bridge.Cli;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>The demonstration as a process: simulated plugs and the built-in broker, with npm's MQTT client watching.</summary>
public sealed partial class BridgeDemo : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private BridgeProcess? _program;
    private MqttPeer? _client;

    /// <summary>Where its broker listens, on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>The commands it tells people to try, by what they are for.</summary>
    public IReadOnlyDictionary<string, string> Commands { get; private set; } = new Dictionary<string, string>();

    internal MqttPeer Client => _client!;

    public async ValueTask InitializeAsync()
    {
        _program = BridgeProcess.Start(_folder.Path, ["demo", "--Mqtt:Embedded:Listen=127.0.0.1:0"]);
        await _program.WaitForAsync("a broker on 127.0.0.1:");
        Port = int.Parse(BrokerPort().Match(_program.Output).Groups[1].Value, CultureInfo.InvariantCulture);
        _client = await MqttPeer.ConnectAsync(Port);
        await _program.WaitForAsync("Ctrl+C ends it.");
        Commands = ToTry().Matches(_program.Output).ToDictionary(static line => line.Groups[1].Value, static line => line.Groups[2].Value);
        foreach (var plug in BridgeOnMockNetwork.Plugs) await Client.NextAsync(plug);
    }

    /// <summary>Ends it as Ctrl+C does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        if (_program is { } program)
        {
            await program.SignalAsync("INT");
            Assert.Equal(ExitCode.Success, await program.WaitForExitAsync());
            program.Dispose();
        }

        _folder.Dispose();
    }

    [GeneratedRegex(@"a broker on 127\.0\.0\.1:(\d+)")]
    private static partial Regex BrokerPort();

    [GeneratedRegex("^(\\S.*?) {2,}(mosquitto_.*)$", RegexOptions.Multiline)]
    private static partial Regex ToTry();
}
