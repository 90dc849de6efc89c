using Bridge.Tests.Commands;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Requests;

/// <summary>Requests that are wrong: answered with every fault, nothing is done.</summary>
public sealed class RefusedRequestTests(SharedCommandBench bench) : IClassFixture<SharedCommandBench>
{
    [Theory]
    [InlineData("permit_everything", "{}", "unknown_request", "there is no request \"permit_everything\"; there are backup, device/")]
    [InlineData("device/ping", "{", "invalid", "the payload is no JSON: a key in double quotes is missing (at character 2)")]
    [InlineData("device/ping", "", "invalid", "\"id\" is missing: the number or the name of a node")]
    [InlineData("device/ping", "[4]", "invalid", "the payload cannot be a list; this takes an object; \"id\" is missing: the number or the name of a node")]
    [InlineData("device/ping", "99", "node_unknown", "node 99 does not exist")]
    [InlineData("device/ping", "1", "invalid", "node 1 is the controller itself")]
    [InlineData("device/ping", "kitchen", "invalid", "\"id\" cannot be \"kitchen\"; there is no such node; it takes the number, the name or the topic of one")]
    [InlineData("device/ping", "4.5", "invalid", "\"id\" cannot be 4.5; there is no such node; it takes the number, the name or the topic of one")]
    [InlineData("device/ping", "70000", "invalid", "\"id\" cannot be 70000; there is no such node; it takes the number, the name or the topic of one")]
    [InlineData("device/ping", """{"id":4,"ID":4}""", "invalid", "\"ID\" is not known; this takes id, transaction")]
    [InlineData("info", """{"transaction":[1]}""", "invalid", "\"transaction\" takes text, a number, true, false or null")]
    [InlineData("info", "now", "invalid", "the payload cannot be now; this takes an object")]
    [InlineData("restart", "", "invalid", "the payload is empty; restart takes {}")]
    [InlineData("backup", "", "invalid", "the payload is empty; backup takes {}")]
    [InlineData("backup", """{"file":"x"}""", "invalid", "\"file\" is not known; this takes transaction")]
    [InlineData("restore", "{}", "invalid", "\"file\" is missing")]
    [InlineData("restore", """{"file":"nvm-C0DE2026-20260131T120000Z.bin","confirm":false}""", "invalid", "\"confirm\" has to be true: ")]
    [InlineData("restore", """{"file":"../network-C0DE2026.json","confirm":true}""", "invalid_argument", "\"../network-C0DE2026.json\" is no name of a backup")]
    [InlineData("device/heal", "", "invalid", "the payload is empty; device/heal takes {} for the whole network")]
    [InlineData("device/heal", "99", "node_unknown", "node 99 does not exist")]
    [InlineData("device/heal", """{"id":4,"cancel":true}""", "invalid", "\"cancel\" ends whatever heal there is; it takes no \"id\"")]
    [InlineData("device/heal", """{"cancel":1,"x":2}""", "invalid", "\"cancel\" cannot be 1; allowed are true and false; \"x\" is not known; this takes cancel, id, transaction")]
    [InlineData("device/statistics", "", "invalid", "\"id\" is missing: the number or the name of a node")]
    [InlineData("device/rename", """{"id":4}""", "invalid", "\"to\" is missing")]
    [InlineData("device/rename", """{"id":9,"to":"x"}""", "node_unknown", "node 9 does not exist")]
    [InlineData("device/rename", """{"id":4,"from":"node_4","to":5,"topic":1}""", "invalid",
        "\"from\" and \"id\" are the same; give one of them; \"to\" cannot be 5; it takes text; \"topic\" cannot be 1; allowed are true and false")]
    [InlineData("device/reset_meter", """{"id":2,"endpoint":5}""", "invalid", "\"endpoint\" cannot be 5; allowed are 0")]
    [InlineData("device/reset_meter", """{"id":4,"endpoint":0}""", "invalid", "\"endpoint\" cannot be 0; allowed are 1, 2, 3")]
    [InlineData("device/configure", "{}", "invalid", "\"id\" is missing: the number or the name of a node; \"parameter\" is missing: its number or its name")]
    [InlineData("device/configure", """{"id":3,"parameter":3,"size":4,"value":9000}""", "invalid",
        "\"size\" cannot be 4; parameter 3 has 2 byte(s); \"power_limit\" cannot be 9000; allowed are whole numbers 0..4500, in W; or \"No limit\"")]
    [InlineData("device/configure", """{"id":3,"parameter":256,"value":1}""", "invalid", "\"parameter\" cannot be 256; allowed are 0..255, ")]
    [InlineData("device/configure", """{"id":3,"parameter":"brightness"}""", "invalid", "\"parameter\" cannot be \"brightness\"; allowed are 0..255, ")]
    [InlineData("device/configure", """{"id":3,"parameter":3,"size":3}""", "invalid", "\"size\" cannot be 3; allowed are 1, 2 and 4")]
    [InlineData("permit_join", "", "invalid", "\"time\" is missing: the seconds a node may join, 0 ends it")]
    [InlineData("permit_join", "255", "invalid", "\"time\" cannot be 255; allowed are whole numbers 0..254")]
    [InlineData("permit_join", """{"time":60,"strategy":"s3","pin":"1234x","classes":["S2_Authenticated","top"],"x":1}""", "invalid",
        "\"strategy\" cannot be \"s3\"; allowed are default, s2, s0, insecure; "
        + "\"classes\" cannot be \"top\"; it takes S0_Legacy, S2_Unauthenticated, S2_Authenticated, S2_AccessControl, or none; "
        + "\"pin\" has to be the first five digits on the label of the device, 00000..65535; \"x\" is not known; this takes ")]
    [InlineData("permit_join", """{"strategy":"insecure","pin":"12345"}""", "invalid",
        "\"pin\" and \"classes\" are for Security 2, not for the strategy \"insecure\"")]
    [InlineData("remove_node", "-1", "invalid", "\"time\" cannot be -1; allowed are whole numbers 0..254")]
    [InlineData("inclusion/grant", "{}", "invalid", "\"classes\" is missing: the list of what is granted")]
    [InlineData("inclusion/grant", "S2_Authenticated", "not_ready", "no node waits to be granted keys")]
    [InlineData("inclusion/grant", "none", "not_ready", "no node waits to be granted keys")]
    [InlineData("inclusion/dsk", "{}", "invalid", "\"pin\" is missing: the first five digits on the label of the device")]
    [InlineData("inclusion/dsk", "12345", "not_ready", "no node waits for the number on its label")]
    [InlineData("inclusion/dsk", "01234", "not_ready", "no node waits for the number on its label")]
    [InlineData("inclusion/dsk", "cancel", "not_ready", "no node waits for the number on its label")]
    [InlineData("inclusion/dsk", "65536", "invalid", "\"pin\" has to be the first five digits on the label of the device, 00000..65535")]
    [InlineData("inclusion/dsk", """{"pin":"1234"}""", "invalid", "\"pin\" has to be the first five digits on the label of the device, 00000..65535")]
    [InlineData("inclusion/dsk", """{"pin":"123456"}""", "invalid", "\"pin\" has to be the first five digits on the label of the device, 00000..65535")]
    [InlineData("inclusion/dsk", """{"pin":12.5}""", "invalid", "\"pin\" has to be the first five digits on the label of the device, 00000..65535")]
    [InlineData("device/remove", """{"id":4}""", "invalid", "\"force\" has to be true: only a node that does not answer can be removed so; remove_node ")]
    [InlineData("device/remove", """{"id":99,"force":true}""", "node_unknown", "node 99 does not exist")]
    [InlineData("device/remove", """{"id":1,"force":true}""", "node_unknown", "node 1 does not exist")]
    [InlineData("device/remove", """{"id":4,"force":true}""", "node_refused", "node 4 answers: only nodes that are gone can be removed or replaced without ")]
    [InlineData("device/replace", """{"id":4,"time":0}""", "invalid", "\"time\" cannot be 0; permit_join with 0 ends the wait")]
    [InlineData("device/replace", "2", "node_refused", "node 2 answers: only nodes that are gone can be removed or replaced without their button")]
    [InlineData("provisioning/add", "{}", "invalid", "\"dsk\" or \"qr\" is missing: eight groups of five digits, or the text of the QR code")]
    [InlineData("provisioning/add", """{"dsk":"34028-23669","name":" "}""", "invalid",
        "\"dsk\" has to be eight groups of five digits, each 00000..65535, as on the label; \"name\" cannot be \" \"; it takes text")]
    [InlineData("provisioning/add", """{"dsk":34028}""", "invalid", "\"dsk\" takes text: numbers of that length lose digits")]
    [InlineData("provisioning/add", """{"dsk":"34028-23669-20938-46346-33746-07431-56821-14553","classes":["S0_Legacy"]}""", "invalid",
        "\"classes\" has to name a class of Security 2: SmartStart knows no other")]
    [InlineData("provisioning/add", """{"qr":"900132782003515253545541424344453132333435212223242500100435301537022065520001000000300579"}""", "invalid",
        "the checksum of the QR code is wrong: a digit was lost or mistyped")]
    // Security 2 only
    [InlineData("provisioning/add", """{"qr":"9000327820035152535455414243444531323334352122232425001004353015370220655200010000003005780"}""", "invalid", "the ")]
    [InlineData("provisioning/remove", "12345", "invalid", "\"dsk\" cannot be 12345; it takes text")]
    [InlineData("provisioning/remove", "34028-23669-20938-46346-33746-07431-56821-14554", "invalid",
        "there is no entry with this \"dsk\"; provisioning/list tells all")]
    [InlineData("options", """{"options":{"log_level":"loud","colour":"red"}}""", "invalid",
        "\"log_level\" cannot be \"loud\"; allowed are debug, info, warning; \"colour\" is not known; this takes last_seen, log_level, transaction")]
    [InlineData("options", """{"options":7}""", "invalid", "\"options\" cannot be 7; it takes an object")]
    [InlineData("device/options", """{"id":4,"options":{"maximum_power":0,"meter_filter":"no","poll_interval":-1,"endpoint_order":"abc","x":1}}""", "invalid",
        "\"endpoint_order\" cannot be \"abc\"; allowed are both-relay1-relay2, file, null; \"maximum_power\" cannot be 0; allowed are whole numbers 1..100000; "
        + "\"meter_filter\" cannot be \"no\"; allowed are true and false; \"poll_interval\" cannot be -1; allowed are whole numbers 0..86400; \"x\" is not known; ")]
    public async Task What_is_wrong_is_answered_with_every_fault(string what, string payload, string code, string error)
    {
        var answer = await RequestAsync(what, payload);
        Assert.Equal(("error", code), ((string?)answer["status"], (string?)answer["code"]));
        Assert.StartsWith(error, (string?)answer["error"]);
        Assert.Empty(answer["data"]!);
        Assert.Equal(0, bench.Value.Restarts);
    }

    [Theory]
    [InlineData("""{"id":2,"add":["x","300",{}],"remove":["4.200"]}""", "invalid",
        "\"add\" cannot be \"x\"; it takes nodes (\"5\") and endpoints of nodes (\"5.1\"); \"add\" cannot be \"300\"; ")]
    [InlineData("""{"id":2,"add":["4"]}""", "invalid", "\"group\" is missing: the number of the group to change")]
    [InlineData("""{"id":2,"group":9}""", "invalid", "\"group\" cannot be 9; allowed are 1..2")]
    [InlineData("""{"id":2,"group":9,"add":["4"]}""", "invalid_argument", "node 2 has no association group 9; allowed are 1..2")]
    public async Task Wrong_associations_are_refused(string payload, string code, string error)
    {
        var answer = await RequestAsync("device/associations", payload);
        Assert.Equal(("error", code), ((string?)answer["status"], (string?)answer["code"]));
        Assert.StartsWith(error, (string?)answer["error"]);
    }

    private Task<JObject> RequestAsync(string what, string payload)
    {
        var topic = $"zwbridge/bridge/response/{what}";
        var before = bench.Value.Sink.On(topic).Count;
        bench.Value.Receive($"bridge/request/{what}", payload);
        return bench.Value.Sink.NextAsync(topic, before + 1);
    }
}
