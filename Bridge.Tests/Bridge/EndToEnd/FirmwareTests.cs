using Bridge.Tests.Support;
using Bridge.ZWave.Simulation;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Firmware of a plug by request, by topic, and as the update entity sees it.</summary>
public sealed class FirmwareTests : IAsyncLifetime
{
    private const string Request = "zwbridge/bridge/request/device/firmware/";
    private const string State = "zwbridge/node_2/update";
    private const string File = "0312-ac01-1.3.bin";

    private BridgeBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        var plugs = SimulatedNetwork.CreateDefault(TimeProvider.System);
        _bench = await BridgeBench.StartAsync(new() { Plugs = () => plugs });
        await _bench.Observer.UntilObjectAsync(State, static state => (string?)state["state"] == "idle", what: "idle");
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Plug_that_runs_the_latest_is_up_to_date_and_plugs_that_cannot_be_updated_have_no_topic()
    {
        var retained = await MqttObserver.RetainedAsync(_bench.Broker.Port);
        Assert.Equal(
            """{"installed_version":"1.2","latest_version":"1.2","title":"n4003 Mini Smart Plug firmware","in_progress":false,"update_percentage":null,"state":"idle","error":null,"file":null,"resumable":false}""",
            retained[State]);
        Assert.DoesNotContain(retained.Keys, static topic => topic is "zwbridge/node_3/update" or "zwbridge/node_4/update");
        var entity = (JObject)_bench.Components(2)["firmware"]!;
        Assert.Equal(("update", State, "zwbridge/node_2/set/update", "install"), (
            (string?)entity["platform"], (string?)entity["state_topic"], (string?)entity["command_topic"], (string?)entity["payload_install"]));
        Assert.Null(_bench.Components(3)["firmware"]);
    }

    [Fact]
    public async Task Newer_file_is_offered_and_installed_by_the_command_of_the_update_entity()
    {
        Put(File, Image());
        var check = await _bench.Observer.AskAsync(Request + "check", "2");
        Assert.Equal(("1.2", "1.3", File), (
            (string?)check["data"]!["installed_version"], (string?)check["data"]!["latest_version"], (string?)check["data"]!["targets"]![0]!["file"]));
        await _bench.Observer.UntilObjectAsync(State, static state => (string?)state["latest_version"] == "1.3", what: "1.3");
        var since = _bench.Observer.Count;

        var answer = await _bench.Observer.AskAsync("zwbridge/node_2/set/update", "install");

        Assert.Equal("ok", (string?)answer["status"]);
        var end = await _bench.Observer.UntilObjectAsync(State, static state => (string?)state["installed_version"] == "1.3", since, "installed");
        await _bench.Observer.UntilObjectAsync(State, static state => (string?)state["state"] == "idle" && (string?)state["latest_version"] == "1.3", since, "idle");
        var states = _bench.Observer.Since(since, State).Select(static seen => (string?)JObject.Parse(seen.Payload)["state"]).Distinct();
        Assert.Equal(["preparing", "transferring", "checking", "restarting", "interviewing", "idle"], states);
        var events = _bench.Observer.Since(since, "zwbridge/bridge/event").Select(static seen => JObject.Parse(seen.Payload)).Where(static seen => (string?)seen["type"] == "firmware_update");
        Assert.Equal("done", (string?)events.Last()["state"]);
        Assert.Equal(100, (int)events.Last()["percent"]!);
        // The document of the device tells the new version, too.
        await _bench.Observer.UntilObjectAsync(_bench.DiscoveryTopic(2), static document => (string?)document["device"]!["sw_version"] == "1.3", since, "sw_version");
        Assert.NotNull(end.Payload);
    }

    [Fact]
    public async Task Percentage_is_told_while_fragments_are_fetched()
    {
        Put(File, Image(4000));
        var since = _bench.Observer.Count;
        Assert.Equal("ok", (string?)(await _bench.Observer.AskAsync(Request + "update", $$"""{"id":2,"file":"{{File}}"}"""))["status"]);
        var running = _bench.Observer.Since(since, State).Select(static seen => JObject.Parse(seen.Payload)).Where(static state => (string?)state["state"] == "transferring").ToArray();
        Assert.True(running.Length > 10);
        Assert.All(running, static state => Assert.True((bool)state["in_progress"]! && (int)state["update_percentage"]! is >= 0 and <= 100));
        Assert.Equal(File, (string?)running[0]["file"]);
    }

    [Fact]
    public async Task File_comes_in_the_request_too()
    {
        var answer = await _bench.Observer.AskAsync(
            Request + "update", $$"""{"id":2,"name":"plug.bin","data":"{{Convert.ToBase64String(Image(30_000))}}","manufacturer_id":"0x0312","firmware_id":"ac01"}""");
        Assert.Equal(("ok", "done", "1.3"), ((string?)answer["status"], (string?)answer["data"]!["state"], (string?)answer["data"]!["installed_version"]));
    }

    [Theory]
    [InlineData("""{"id":2,"file":"../0312-ac01-1.3.bin"}""", "the name of a firmware file is that of a file in the folder firmware, without a path")]
    [InlineData("""{"id":2,"file":"/etc/passwd"}""", "the name of a firmware file is that of a file in the folder firmware, without a path")]
    [InlineData("""{"id":2,"file":"..\\x.bin"}""", "the name of a firmware file is that of a file in the folder firmware, without a path")]
    [InlineData("""{"id":2,"file":".hidden.bin"}""", "the name of a firmware file is that of a file in the folder firmware, without a path")]
    [InlineData("""{"id":2,"file":"other.bin"}""", "there is no \"other.bin\" in the folder firmware of the storage directory")]
    [InlineData("""{"id":2,"file":"broken.hex"}""", "\"broken.hex\": line 1: does not begin with a colon")]
    [InlineData("""{"id":2,"file":"a.hex","data":"AA==","name":"a.hex"}""", "\"file\" is a file of the folder, \"name\" and \"data\" are one of the request: not both")]
    [InlineData("""{"id":2,"data":"AA=="}""", "\"name\" and \"data\" belong together")]
    [InlineData("""{"id":2,"name":"a.bin","data":"!"}""", "\"data\" is not Base64")]
    [InlineData("""{"id":2,"name":"a.gbl","data":"AAAA"}""", "\"a.gbl\": the file does not begin with EB 17 A6 03, as a .gbl file does")]
    [InlineData("""{"id":2,"target":1}""", "\"file\" is missing: without it the newest file is installed, and nothing else can be chosen")]
    [InlineData("""{"id":2,"firmware_id":"xyz","file":"broken.hex"}""", "\"firmware_id\" cannot be \"xyz\"; it takes hex digits like \"0x7ffe\"")]
    public async Task Wrong_request_is_refused_with_its_reason(string request, string error)
    {
        Put("broken.hex", "no firmware"u8.ToArray());
        var answer = await _bench.Observer.AskAsync(Request + "update", request);
        Assert.Equal("error", (string?)answer["status"]);
        Assert.Equal(error, (string?)answer["error"]);
    }

    [Fact]
    public async Task Image_for_another_node_is_refused_before_anything_of_it_is_sent()
    {
        Put("013c-0001-9.9.bin", Image());
        var said = _bench.SaidCount;
        var answer = await _bench.Observer.AskAsync(Request + "update", """{"id":2,"file":"013c-0001-9.9.bin"}""");
        Assert.Equal("the image is for firmware id 0001; target 0 has ac01; the image is for manufacturer 013c; the node has 0312", (string?)answer["error"]);
        Assert.Equal("invalid_argument", (string?)answer["code"]);
        Assert.DoesNotContain(_bench.Said(2, said), static hex => hex.StartsWith("7A 03", StringComparison.Ordinal) || hex.StartsWith("7A 06", StringComparison.Ordinal));
        await _bench.Observer.UntilObjectAsync(State, static state => (string?)state["state"] == "failed" && ((string?)state["error"])!.Contains("013c"), what: "failed");
    }

    [Fact]
    public async Task Node_that_cannot_be_updated_says_so()
    {
        var answer = await _bench.Observer.AskAsync(Request + "check", "3");
        Assert.Equal("not_supported", (string?)answer["code"]);
    }

    [Fact]
    public async Task Update_is_called_off_by_request()
    {
        Put(File, Image(60_000));
        var since = _bench.Observer.Count;
        var update = _bench.Observer.AskAsync(Request + "update", "2");
        await _bench.Observer.UntilObjectAsync(State, static state => (int?)state["update_percentage"] > 0, since, "percentage");

        var answer = await _bench.Observer.AskAsync(Request + "abort", "2");

        Assert.Equal("aborted", (string?)answer["data"]!["state"]);
        Assert.Equal("cancelled", (string?)(await update)["code"]);
        await _bench.Observer.UntilObjectAsync(State, static state => (string?)state["state"] == "idle" && (string?)state["installed_version"] == "1.2", since, "idle");
    }

    [Fact]
    public async Task Update_that_the_end_of_the_program_interrupted_is_told_and_not_called_done()
    {
        Put(File, Image(60_000));
        _bench.Plugs[2].Firmware.Patience = TimeSpan.FromMilliseconds(200);
        var since = _bench.Observer.Count;
        _ = _bench.Observer.PublishAsync("zwbridge/node_2/set/update", "install");
        await _bench.Observer.UntilObjectAsync(State, static state => (int?)state["update_percentage"] > 0, since, "percentage");
        await _bench.StopSessionAsync();

        since = _bench.Observer.Count;
        _bench.StartSession();

        await _bench.Observer.UntilObjectAsync(
            State, static state => (string?)state["state"] == "interrupted" && !(bool)state["in_progress"]! && (string?)state["installed_version"] == "1.2", since, "interrupted");
        await _bench.UntilShownAsync(since);
        Assert.Equal("ok", await InstallAsync(_bench));
        await _bench.Observer.UntilObjectAsync(State, static state => (string?)state["state"] == "idle" && (string?)state["installed_version"] == "1.3", since, "idle");
    }

    [Fact]
    public async Task Interrupted_update_goes_on_where_it_ended_with_a_plug_that_can()
    {
        var plug = PlugFile.Read("n4003");
        var plugs = new SimulatedNetwork(TimeProvider.System, new(0xC0DE2026), new(1));
        plugs.Add(new(2), plug with
        {
            Firmware = plug.Firmware! with { SupportsResume = true },
            CommandClasses = [.. plug.CommandClasses.Select(static known => known.Id.Value == 0x7A ? known with { Version = 8 } : known)],
        });
        await using var bench = await BridgeBench.StartAsync(new() { Plugs = () => plugs });
        Put(bench, File, Image(60_000));
        plugs[2].Firmware.Patience = TimeSpan.FromMilliseconds(200);
        var since = bench.Observer.Count;
        _ = bench.Observer.PublishAsync("zwbridge/node_2/set/update", "install");
        await bench.Observer.UntilObjectAsync(State, static state => (int?)state["update_percentage"] > 2, since, "percentage");
        await bench.StopSessionAsync();

        since = bench.Observer.Count;
        bench.StartSession();
        await bench.Observer.UntilObjectAsync(State, static state => (string?)state["state"] == "interrupted" && (bool)state["resumable"]!, since, "resumable");
        await bench.UntilShownAsync(since);
        var said = bench.SaidCount;
        Assert.Equal("ok", await InstallAsync(bench));

        // The flag, and no first fragment.
        var offers = bench.Said(2, said).Where(static hex => hex.StartsWith("7A 03 ", StringComparison.Ordinal)).ToArray();
        Assert.All(offers, static offer => Assert.Equal("04", offer.Split(' ')[11]));
        Assert.DoesNotContain(bench.Said(2, said), static hex => hex.StartsWith("7A 06 00 01 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plug_that_restarted_while_the_program_was_away_is_asked_what_it_runs()
    {
        Put(File, Image());
        var firmware = _bench.Plugs[2].Firmware;
        firmware.StaysAway = true;
        var since = _bench.Observer.Count;
        _ = _bench.Observer.PublishAsync("zwbridge/node_2/set/update", "install");
        await _bench.Observer.UntilObjectAsync(State, static state => (string?)state["state"] == "restarting", since, "restarting");
        await _bench.StopSessionAsync();
        firmware.Version = new(1, 3);
        _bench.Plugs[2].IsDead = false;

        since = _bench.Observer.Count;
        _bench.StartSession();

        await _bench.Observer.UntilObjectAsync(State, static state => (string?)state["state"] == "idle" && (string?)state["installed_version"] == "1.3", since, "idle");
    }

    [Fact]
    public async Task Firmware_stored_for_later_is_started_by_request()
    {
        Put(File, Image());
        var stored = await _bench.Observer.AskAsync(Request + "update", $$"""{"id":2,"file":"{{File}}","activate_later":true}""");
        Assert.Equal("waiting_for_activation", (string?)stored["data"]!["state"]);
        // Also after a restart.
        await _bench.StopSessionAsync();
        var since = _bench.Observer.Count;
        _bench.StartSession();
        await _bench.UntilShownAsync(since);
        await _bench.Observer.UntilObjectAsync(State, static state => (string?)state["state"] == "waiting_for_activation", since, "waiting");
        Assert.Equal("1.3", (string?)(await _bench.Observer.AskAsync(Request + "activate", "2"))["data"]!["installed_version"]);
        Assert.Equal("invalid_argument", (string?)(await _bench.Observer.AskAsync(Request + "activate", "2"))["code"]);
    }

    [Fact]
    public async Task Topic_moves_with_a_rename_and_is_cleared_when_the_plug_leaves()
    {
        var since = _bench.Observer.Count;
        await _bench.Observer.AskAsync("zwbridge/bridge/request/device/rename", """{"id":2,"to":"Kitchen"}""");
        await _bench.Observer.UntilAsync(State, string.Empty, since);
        await _bench.Observer.UntilObjectAsync("zwbridge/Kitchen/update", static state => (string?)state["state"] == "idle", since, "moved");
        since = _bench.Observer.Count;
        _bench.Plugs[2].FactoryReset();
        await _bench.Observer.UntilAsync("zwbridge/Kitchen/update", string.Empty, since);
    }

    [Fact]
    public async Task Damaged_memory_of_updates_is_set_aside()
    {
        await _bench.StopSessionAsync();
        var file = _bench.Stored("updates-c0de2026.json");
        await System.IO.File.WriteAllTextAsync(file, """{"schemaVersion":1,"updates":[{"id":"x"}]}""");
        var since = _bench.Observer.Count;
        _bench.StartSession();
        await _bench.UntilShownAsync(since);
        Assert.Single(Directory.EnumerateFiles(_bench.Stored(), "updates-c0de2026.json.corrupt-*"));
    }

    private static byte[] Image(int length = 130) => SimulatedFirmware.MakeImage(0x0312, 0xAC01, new(1, 3), length);

    // A plug that was left alone in the middle refuses until it has given up.
    private static async Task<string?> InstallAsync(BridgeBench bench)
    {
        while (true)
        {
            var answer = await bench.Observer.AskAsync(Request + "update", "2");
            if ((string?)answer["code"] != "node_refused") return (string?)answer["status"];
        }
    }

    private void Put(string name, byte[] content) => Put(_bench, name, content);

    private static void Put(BridgeBench bench, string name, byte[] content)
    {
        Directory.CreateDirectory(bench.Stored("firmware"));
        System.IO.File.WriteAllBytes(bench.Stored("firmware", name), content);
    }
}
