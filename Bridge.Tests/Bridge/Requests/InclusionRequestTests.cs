using Bridge.Tests.Commands;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Requests;

/// <summary>Requests that take plugs into the network and out of it.</summary>
public sealed class InclusionRequestTests : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(240);
    private const string Printed = "900132782003515253545541424344453132333435212223242500100435301537022065520001000000300578";

    private CommandBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await CommandBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Joining_is_allowed_refused_while_it_is_and_stopped()
    {
        Assert.Equal("""{"status":"ok","data":{"time":30,"strategy":"default"}}""", await AskAsync("permit_join", "30"));
        Assert.NotNull(await _bench.Host.Network.ReadAsync(_ => _bench.Inclusion.JoinUntil));
        var refused = JObject.Parse(await AskAsync("remove_node", "30"));
        Assert.Equal(("not_ready", "nodes may join already; stop that first"), ((string?)refused["code"], (string?)refused["error"]));
        Assert.Equal("""{"status":"ok","data":{"time":0}}""", await AskAsync("permit_join", """{"time":0}"""));
        await UntilIdleAsync();
        Assert.Equal("""{"status":"ok","data":{"time":0}}""", await AskAsync("permit_join", "0"));
    }

    [Fact]
    public async Task Leaving_is_allowed_and_stopped()
    {
        Assert.Equal("""{"status":"ok","data":{"time":254}}""", await AskAsync("remove_node", "254"));
        Assert.Equal(InclusionActivity.Excluding, await _bench.Host.Network.ReadAsync(_ => _bench.Inclusion.Activity));
        Assert.Equal("""{"status":"ok","data":{"time":0}}""", await AskAsync("remove_node", "0"));
        await UntilIdleAsync();
    }

    [Theory]
    [InlineData("S2_AccessControl", "it requested S2_Authenticated, S2_Unauthenticated")]
    [InlineData("""{"classes":["S0_Legacy","S2_Authenticated"]}""", "the node did not request S0_Legacy; ")]
    public async Task Only_what_a_node_requested_can_be_granted(string payload, string error)
    {
        _ = Dialog().GrantAsync(new(9), SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated), s_limit, default);
        var refused = JObject.Parse(await AskAsync("inclusion/grant", payload));
        Assert.Equal("invalid", (string?)refused["code"]);
        Assert.Contains(error, (string?)refused["error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("""{"classes":[]}""")]
    [InlineData("""{"classes":"None"}""")]
    public async Task Granting_nothing_cancels(string payload)
    {
        var granting = Dialog().GrantAsync(new(9), SecurityClasses.All, s_limit, default);
        Assert.Equal("""{"status":"ok","data":{"classes":[]}}""", await AskAsync("inclusion/grant", payload));
        Assert.Null(await granting);
    }

    [Theory]
    [InlineData("01234", 1234)]
    [InlineData("1234", 1234)]
    [InlineData("""{"pin":"01234"}""", 1234)]
    [InlineData("""{"pin":65535}""", 65535)]
    [InlineData("cancel", null)]
    public async Task The_number_on_the_label_is_told_or_cancelled(string payload, int? pin)
    {
        var entering = Dialog().PinAsync(new(9), "?????", s_limit, default);
        Assert.Equal("""{"status":"ok","data":{}}""", await AskAsync("inclusion/dsk", payload));
        Assert.Equal((ushort?)pin, await entering);
    }

    [Fact]
    public async Task A_qr_code_is_provisioned_with_the_keys_it_requests()
    {
        const string entry = """{"dsk":"51525-35455-41424-34445-31323-33435-21222-32425","classes":["S2_Authenticated","S2_Unauthenticated"],"name":null,"state":"pending","id":null}""";
        Assert.Equal("{\"status\":\"ok\",\"data\":" + entry + "}", await AskAsync("provisioning/add", $$"""{"qr":"{{Printed}}"}"""));
        Assert.Equal("{\"status\":\"ok\",\"data\":" + entry + "}", await AskAsync("provisioning/add", $$"""{"dsk":"{{Printed}}"}"""));
        Assert.Equal("{\"status\":\"ok\",\"data\":{\"entries\":[" + entry + "]}}", await AskAsync("provisioning/list", ""));
    }

    [Fact]
    public async Task A_key_alone_is_provisioned_with_every_class_of_security_2() => Assert.Contains(
        "\"classes\":[\"S2_AccessControl\",\"S2_Authenticated\",\"S2_Unauthenticated\"]",
        await AskAsync("provisioning/add", "34028-23669-20938-46346-33746-07431-56821-14553"), StringComparison.Ordinal);

    [Fact]
    public async Task Without_the_stick_nothing_can_join_and_the_list_can_still_be_filled()
    {
        _bench.Host.IsPlugged = false;
        await _bench.Host.Probe.UntilAsync(() => _bench.Host.Probe.Statuses[^1] == ControllerStatus.Unplugged, "unplugged");
        foreach (var (what, payload) in new[] { ("permit_join", "60"), ("remove_node", "60"), ("device/replace", "2"), ("device/remove", """{"id":2,"force":true}""") })
        {
            Assert.Equal("unplugged", (string?)JObject.Parse(await AskAsync(what, payload))["code"]);
        }

        Assert.Contains("\"ok\"", await AskAsync("provisioning/add", "34028-23669-20938-46346-33746-07431-56821-14553"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("60", "s2")]
    [InlineData("""{"time":60}""", "s2")]
    [InlineData("""{"time":60,"strategy":"default"}""", "default")]
    public async Task What_a_request_does_not_say_the_setting_does(string payload, string strategy)
    {
        await using var bench = await CommandBench.StartAsync(strategy: InclusionStrategy.S2Only);
        Assert.Equal(strategy, (string?)(await bench.AskAsync("bridge/request/permit_join", payload))["data"]!["strategy"]);
    }

    [Fact]
    public async Task A_plug_that_joined_can_be_commanded()
    {
        var plug = _bench.Host.Plugs.PutOnTable(PlugFile.Read("energy-switch"));
        await AskAsync("permit_join", """{"time":60,"strategy":"insecure"}""");
        plug.PressInclusionButton();
        await _bench.Host.Probe.UntilInterviewedAsync(new NodeId(5));
        Assert.Equal("ok", (string?)JObject.Parse(await AskAsync("device/ping", "5"))["status"]);
    }

    private KeyExchangeDialog Dialog() => _bench.Context.InclusionUsers.Create(null, null);

    private async Task UntilIdleAsync()
    {
        while (await _bench.Host.Network.ReadAsync(_ => _bench.Inclusion.Activity) != InclusionActivity.None) await Task.Yield();
    }

    private async Task<string> AskAsync(string what, string payload) => (await _bench.AskAsync($"bridge/request/{what}", payload)).ToString(Formatting.None);
}
