using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Bridge.Tests.Support;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Storage;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>
/// One run in which everything happens that has to do with keys, and all that was said meanwhile: the log of every level, every message, every exception,
/// every file but that of the keys.
/// </summary>
public sealed class KeyedRun : IAsyncLifetime
{
    /// <summary>What is on the label, and what is entered by mistake.</summary>
    internal const ushort Pin = 63636;
    internal const ushort WrongPin = 63637;

    // of the plug whose label that is
    private static readonly byte[] s_privateKey =
        WireAssert.Bytes("20 45 6A 8F B4 D9 FE 23 48 6D 92 B7 DC 01 26 4B 70 95 BA DF 04 29 4E 73 98 BD E2 07 2C 51 76 9B");

    private readonly ConcurrentQueue<string> _exceptions = new();
    private readonly TemporaryFolder _folder = new();
    private SecureBench? _bench;

    internal FullLog Log { get; } = new();

    /// <summary>Every key of the network, what is derived from them, and the temporary ones of the exchange.</summary>
    internal KeyFinder Finder { get; } = new();

    /// <summary>Every message, topic and payload.</summary>
    internal IReadOnlyList<string> Messages { get; private set; } = [];

    /// <summary>Every exception that was thrown in the program, caught or not.</summary>
    internal IReadOnlyList<string> Exceptions => [.. _exceptions];

    /// <summary>What the owner of the key file is told.</summary>
    internal IReadOnlyList<string> Told { get; private set; } = [];

    /// <summary>The files in the storage directory.</summary>
    internal IReadOnlyList<(string Name, byte[] Bytes)> Files { get; private set; } = [];

    /// <summary>What was sent on the air to the plug with Security 2 (twice: it joined twice), and to the one with Security 0.</summary>
    internal IReadOnlyList<string> Said2 { get; private set; } = [];

    internal IReadOnlyList<string> Said0 { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        AppDomain.CurrentDomain.FirstChanceException += OnException;
        var keys = PrepareKeys();
        AddKeys(keys);
        _bench = await SecureBench.StartAsync(keys, Log);
        var plug = _bench.Spare(SecurityClasses.All, s_privateKey);
        Assert.Equal(Pin, plug.Security.Pin);
        await _bench.LeaveAsync(plug, await EnterAsync(plug, WrongPin, "inclusion_keys_failed"));
        await EnterAsync(plug, Pin, "node_interviewed");
        await SwitchAsync(plug);
        await MisbehaveAsync(plug);
        await TellAsync(plug, keys.S0, 0x98, 0x06);
        var old = _bench.Spare(SecurityClasses.Of(SecurityClass.S0));
        await _bench.EventAsync("node_interviewed", await _bench.OpenAsync(old, "60"));
        await SwitchAsync(old);
        await TellAsync(old, keys.S2AccessControl, 0x9F, 0x0A, 0x04);
        await AskAsync();
        Said2 = [.. _bench.Bridge.Said(3), .. _bench.Bridge.Said(plug.Id.Value)];
        Said0 = _bench.Bridge.Said(old.Id.Value);
        AddTemporaryKeys();
        var kept = await MqttObserver.RetainedAsync(_bench.Bridge.Broker.Port);
        await _bench.Bridge.StopSessionAsync();
        Messages =
        [
            .. _bench.Observer.Since(0).Select(static message => $"{message.Topic} {message.Payload}"),
            .. kept.Select(static message => $"{message.Key} {message.Value}"),
        ];
        Files = [.. Directory.EnumerateFiles(_bench.Bridge.Stored(), "*", SearchOption.AllDirectories).Select(static file => (file, File.ReadAllBytes(file)))];
        AppDomain.CurrentDomain.FirstChanceException -= OnException;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnException;
        if (_bench is not null) await _bench.DisposeAsync();
        _folder.Dispose();
    }

    // A new file, then files that cannot be used: what is told of them.
    private NetworkKeys PrepareKeys()
    {
        var path = _folder["keys.json"];
        var store = new NetworkKeyStore(() => new(path, allowsReaders: false, TimeProvider.System));
        Assert.Empty(store.Prepare());
        var text = File.ReadAllText(path);
        Told =
        [
            .. store.Warnings,
            .. Faults("short.json", text.Replace("\"\n", "0\"\n", StringComparison.Ordinal)),
            .. Faults("cut.json", text[..^8]),
        ];
        return store.Keys!;
    }

    private IReadOnlyList<string> Faults(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var faults = new NetworkKeyStore(() => new(_folder[name], allowsReaders: false, TimeProvider.System)).Prepare();
        Assert.NotEmpty(faults);
        return faults;
    }

    private async Task<int> EnterAsync(SimulatedNode plug, ushort pin, string until)
    {
        var since = await _bench!.OpenAsync(plug, "60");
        await _bench.EventAsync("inclusion_grant", since);
        await _bench.DoAsync("inclusion/grant", """{"classes":["S2_AccessControl","S2_Authenticated","S2_Unauthenticated","S0_Legacy"]}""");
        await _bench.EventAsync("inclusion_dsk", since);
        await _bench.DoAsync("inclusion/dsk", $$"""{"pin":"{{SecureBench.Digits(pin)}}"}""");
        await _bench.EventAsync(until, since);
        return since;
    }

    private async Task SwitchAsync(SimulatedNode plug)
    {
        await _bench!.SwitchAsync($"node_{plug.Id}", isOn: true);
        await _bench.SwitchAsync($"node_{plug.Id}", isOn: false);
    }

    // Frames that cannot be opened.
    private async Task MisbehaveAsync(SimulatedNode plug)
    {
        plug.Security.TamperWithNextFrame();
        await _bench!.SwitchAsync($"node_{plug.Id}", isOn: true);
        plug.Security.ForgetNonces();
        await _bench.SwitchAsync($"node_{plug.Id}", isOn: false);
    }

    // A key that is told where nobody asked for it: whole, and cut short. Of each node only the first of a kind is logged.
    private async Task TellAsync(SimulatedNode plug, SecretKey secret, params byte[] command)
    {
        var key = new byte[SecretKey.Length];
        secret.Reveal(key);
        plug.Security.Say((byte[])[.. command, .. key], plug.Security.Granted.Highest);
        plug.Security.Say((byte[])[.. command, .. key[..^1]], plug.Security.Granted.Highest);
        await SwitchAsync(plug);
    }

    // Numbers of labels in messages that are refused, and requests that tell much.
    private async Task AskAsync()
    {
        var observer = _bench!.Observer;
        await observer.PublishAsync("zwbridge/bridge/request/inclusion/dsk", $$"""{"pin":"{{Pin}}"}""", retain: true);
        await observer.PublishAsync("zwbridge/bridge/request/inclusion/dsk", "", retain: true);
        foreach (var (what, payload) in new[]
        {
            ("inclusion/dsk", $$"""{"pin":"{{Pin}}"}"""), ("inclusion/dsk", $"{Pin}"), ("inclusion/dsk", $"[{Pin}]"),
            ("inclusion/dsk", $$"""{"pin":"{{Pin}}" """),
            ("inclusion/dsk", $$"""{"pin":{{Pin}}.5}"""), ("inclusion/dsk", $$"""{"pin":["{{Pin}}"],"digits":"{{Pin}}"}"""), ("inclusion/dsk", $"\"{Pin}"),
            ("permit_join", $$"""{"time":60,"pin":"{{Pin}}","strategy":"s0"}"""), ("permit_join", $$"""{"time":60,"pin":"{{Pin}}","pin":"{{Pin}}"}"""),
            ("inclusion/pin", $"{Pin}"),
        })
        {
            Assert.Equal("error", (string?)(await observer.AskAsync($"zwbridge/bridge/request/{what}", payload))["status"]);
        }

        foreach (var what in new[] { "info", "health_check", "backup", "provisioning/list" }) await _bench.DoAsync(what, "{}");
    }

    private void AddKeys(NetworkKeys keys)
    {
        foreach (var (name, key) in new[]
        {
            ("S0", keys.S0), ("Unauthenticated", keys.S2Unauthenticated), ("Authenticated", keys.S2Authenticated), ("Access Control", keys.S2AccessControl),
            ("Authenticated, Long Range", keys.S2AuthenticatedLongRange), ("Access Control, Long Range", keys.S2AccessControlLongRange),
        })
        {
            Finder.Add(name, key);
            // also of S0: it is proven with Security 2
            Finder.Add(name, Security2Keys.FromNetworkKey(key));
        }

        var derived = Security0Keys.FromNetworkKey(keys.S0);
        Finder.Add("S0, authentication", derived.Authentication);
        Finder.Add("S0, encryption", derived.Encryption);
    }

    // What both sides agreed on, from the key of the plug, which only the test has, and ours, which was on the air: of both exchanges.
    private void AddTemporaryKeys()
    {
        var pair = new X25519KeyPair(s_privateKey);
        var ours = Said2.Where(static frame => frame.StartsWith("9F 08 01 ", StringComparison.Ordinal)).Distinct().ToArray();
        Assert.Equal(2, ours.Length);
        foreach (var including in ours.Select(static frame => WireAssert.Bytes(frame)[3..]))
        {
            var secret = new byte[X25519KeyPair.KeyLength];
            Assert.True(pair.TryAgree(including, secret));
            Finder.Add("shared secret", secret);
            Finder.Add("temporary", Security2Keys.FromSharedSecret(secret, including, pair.PublicKey.Span));
            var extracted = new byte[SecretKey.Length];
            Security2Keys.Extract(secret, including, pair.PublicKey.Span, extracted);
            Finder.Add("extracted from the shared secret", extracted);
        }
    }

    private void OnException(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        for (var exception = thrown.Exception; exception is not null; exception = exception.InnerException!)
        {
            _exceptions.Enqueue($"{exception.GetType()}: {exception.Message}");
        }
    }
}
