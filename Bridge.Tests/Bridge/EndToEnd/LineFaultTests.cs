using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Simulation;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Sets while the line to the stick loses or damages something.</summary>
public sealed class LineFaultTests(SharedBench shared) : IClassFixture<SharedBench>
{
    private readonly BridgeBench _bench = shared.Bridge;

    public static TheoryData<string, int, string, string> Faults
    {
        get
        {
            TheoryData<string, int, string, string> rows = [];
            string[] faults = ["one NAK", "one not sent", "three CAN", "lost response", "lost callback", "lost frame", "lost acknowledgement", "garbage"];
            foreach (var fault in faults)
            {
                // confirmed by Supervision, by asking, and on an endpoint
                rows.Add(fault, 2, "set", "state");
                rows.Add(fault, 3, "set", "state");
                rows.Add(fault, 4, "1/set", "state_1");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_set_is_carried_out_and_confirmed_in_spite_of(string fault, int node, string topic, string key)
    {
        var off = await _bench.Observer.AskAsync($"zwbridge/node_{node}/{topic}", "OFF");
        Assert.Equal("ok", (string?)off["status"]);
        switch (fault)
        {
            case "one NAK": _bench.Faults.AnswerNak(); break;
            case "one not sent": _bench.Faults.FailTransmissions(TransmitStatus.Fail, node: new((ushort)node)); break;
            case "three CAN": _bench.Faults.AnswerCan(3); break;
            case "lost response": _bench.Faults.LoseResponses(); break;
            case "lost callback": _bench.Faults.LoseCallbacks(); break;
            case "lost frame": _bench.Faults.LoseFrames(); break;
            case "lost acknowledgement": _bench.Faults.LoseAcknowledgements(); break;
            // a start byte and a length that would swallow what follows
            default: _bench.Faults.GarbageBeforeNextFrame(new byte[] { 0xFE, 0x01, 0x40, 0x00, 0x13 }); break;
        }

        var since = _bench.Observer.Count;
        var answer = await _bench.Observer.AskAsync($"zwbridge/node_{node}/{topic}", "ON");
        Assert.Equal("ok", (string?)answer["status"]);
        Assert.Equal("ON", (string?)answer["data"]![key]);
        await _bench.Observer.UntilObjectAsync($"zwbridge/node_{node}", state => (string?)state[key] == "ON", since);
        Assert.True(_bench.Plugs[(ushort)node].IsOn());
        // once it is on it is not shown off again
        await _bench.SettleAsync();
        var states = _bench.Observer.Since(since, $"zwbridge/node_{node}").Select(message => (string?)JObject.Parse(message.Payload)[key]);
        Assert.DoesNotContain("OFF", states.SkipWhile(static state => state == "OFF"));
        // no plug and no stick is thought dead for it
        Assert.DoesNotContain(_bench.Observer.Since(since), static message => message.Payload == "offline");
        _bench.Faults.Clear();
    }

    [Fact]
    public async Task Garbage_between_response_and_callback_is_got_over_with_the_waiting_times_of_a_real_stick()
    {
        await using var bench = await BridgeBench.StartAsync(new() { HasRealTimes = true });
        bench.Plugs.HopTime = TimeSpan.FromMilliseconds(200);
        var since = bench.Observer.Count;
        await bench.Observer.PublishAsync("zwbridge/node_3/set", "ON");
        // a start byte and a length that would swallow the callback and what follows
        bench.Plugs.Agenda.After(TimeSpan.FromMilliseconds(100), () => bench.Faults.SendRaw(new byte[] { 0xFE, 0x01, 0x40, 0x00, 0x13 }));
        await bench.Observer.UntilObjectAsync("zwbridge/node_3", static state => (string?)state["state"] == "ON", since);
        Assert.DoesNotContain(bench.Observer.Since(since), static message => message.Payload == "offline");
    }
}
