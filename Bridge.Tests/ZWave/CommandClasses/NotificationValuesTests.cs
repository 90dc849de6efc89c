using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class NotificationValuesTests
{
    private const byte OverCurrent = 6;
    private const byte OverLoad = 8;
    private const string OverLoadReport = "71 05 00 00 00 FF 08 08 00";
    private const string OverCurrentReport = "71 05 00 00 00 FF 08 06 00";

    private static PropertyId Power(byte state) => NotificationCommandClass.State(NotificationEvents.PowerManagement, state);

    [Fact]
    public void A_state_event_sets_its_state()
    {
        var values = CollectedValues.Of(OverLoadReport);
        Assert.Equal(Value.Of(true), values[Power(OverLoad)]);
        Assert.Equal("Over-load", values.MetadataOf(Power(OverLoad))!.Label);
    }

    [Fact]
    public void A_state_event_leaves_independent_states_alone()
    {
        var values = CollectedValues.Of(OverLoadReport, OverCurrentReport);
        Assert.Equal(Value.Of(true), values[Power(OverLoad)]);
        Assert.Equal(Value.Of(true), values[Power(OverCurrent)]);
        Assert.Equal(2, values.Count);
    }

    [Fact]
    public void A_state_event_ends_the_other_states_of_its_variable()
    {
        // mains disconnected, then reconnected
        var values = CollectedValues.Of("71 05 00 00 00 FF 08 02 00", "71 05 00 00 00 FF 08 03 00");
        Assert.Equal(Value.Of(false), values[Power(2)]);
        Assert.Equal(Value.Of(true), values[Power(3)]);
    }

    [Fact]
    public void Idle_with_a_parameter_ends_that_state_only()
    {
        // state idle, parameter 08
        var values = CollectedValues.Of(OverLoadReport, OverCurrentReport, "71 05 00 00 00 FF 08 00 01 08");
        Assert.Equal(Value.Of(false), values[Power(OverLoad)]);
        Assert.Equal(Value.Of(true), values[Power(OverCurrent)]);
    }

    [Theory]
    [InlineData("71 05 00 00 00 FF 08 00 00")]
    [InlineData("71 05 00 00 00 FF 08 00 01 00")] // the parameter names no state
    public void Idle_without_a_parameter_ends_every_state_of_the_type(string idle)
    {
        var values = CollectedValues.Of(OverLoadReport, OverCurrentReport, idle);
        Assert.Equal(Value.Of(false), values[Power(OverLoad)]);
        Assert.Equal(Value.Of(false), values[Power(OverCurrent)]);
        Assert.All(values.Properties, static property => Assert.Equal(NotificationEvents.PowerManagement, property.Key >> 8));
    }

    [Fact]
    public void Idle_without_a_parameter_does_not_reconnect_the_mains() =>
        Assert.Equal(Value.Of(true), CollectedValues.Of("71 05 00 00 00 FF 08 02 00", "71 05 00 00 00 FF 08 00 00")[Power(2)]);

    [Theory]
    [InlineData("71 05 00 00 00 FE 08 08 00")] // status FE: nothing pending
    [InlineData("71 05 00 00 00 FF 08 FE 00")] // event FE: unknown
    [InlineData("71 05 00 00 00 FF 08 04 00")] // surge, a one-shot event
    [InlineData("71 05 00 00 00 FF 08 77 00")] // an event nobody has defined
    [InlineData("71 05 00 00 00 FF 08 00 01 04")] // idle of a one-shot event
    [InlineData("71 05 00 00 00 FF 7A 01 00")] // a type nobody has defined
    public void A_report_that_begins_or_ends_no_known_state_sets_nothing(string hex) => Assert.Equal(0, CollectedValues.Of(hex).Count);

    [Theory]
    [InlineData("71 05 08 FF")]
    [InlineData("71 05 08 FF 00 FF 00 00 00")] // the long form with type 0
    public void A_version_1_report_sets_the_level_of_its_alarm_type(string hex)
    {
        var values = CollectedValues.Of(hex);
        Assert.Equal(Value.Of(255), values[NotificationCommandClass.AlarmLevel(8)]);
        Assert.Equal(1, values.Count);
    }

    [Fact]
    public void Supported_types_and_events_are_values()
    {
        var values = CollectedValues.Of("71 08 02 00 01", "71 02 08 02 C0 01");
        Assert.Equal(Value.Of([8]), values[NotificationCommandClass.SupportedTypes]);
        Assert.Equal(Value.Of([6, 7, 8]), values[NotificationCommandClass.SupportedEvents(8)]);
    }

    [Fact]
    public void Every_event_is_listed_once_and_every_state_has_a_variable()
    {
        Assert.Equal(NotificationEvents.All.Count, NotificationEvents.All.Select(static row => (row.Type, row.Event)).Distinct().Count());
        Assert.All(NotificationEvents.All, static row => Assert.Same(row, NotificationEvents.Find(row.Type, row.Event)));
        Assert.All(NotificationEvents.All, static row => Assert.Equal(row.IsState, NotificationEvents.StatesOf(row.Type).Contains(row)));
    }

    [Theory]
    [InlineData(0x04, 13, 9)]
    [InlineData(0x08, 18, 16)]
    [InlineData(0x09, 8, 6)]
    [InlineData(0x0A, 4, 0)]
    [InlineData(0x0B, 3, 0)]
    [InlineData(0x0C, 21, 21)]
    public void Every_type_has_the_events_of_the_specification(byte type, int events, int states)
    {
        Assert.Equal(Enumerable.Range(1, events), NotificationEvents.All.Where(row => row.Type == type).Select(static row => (int)row.Event));
        Assert.Equal(states, NotificationEvents.StatesOf(type).Count);
    }

    [Fact]
    public void Interview_of_version_8_asks_types_events_and_the_state_of_every_state_event()
    {
        var interview = new PlayedInterview(NotificationCommandClass.Definition, version: 8)
        {
            Answers =
            {
                ["71 07"] = "71 08 02 00 01", // type 8
                ["71 01 08"] = "71 02 08 02 60 01", // events 5 (one-shot), 6, 8
                ["71 04 00 08 06"] = "71 05 00 00 00 00 08 00 01 06",
                ["71 04 00 08 08"] = "71 05 00 00 00 00 08 08 00",
            },
        };
        Assert.Equal(["71 07", "71 01 08", "71 04 00 08 06", "71 04 00 08 08"], interview.Run());
        Assert.Equal(Value.Of(false), interview.Read(Power(OverCurrent)));
        Assert.Equal(Value.Of(true), interview.Read(Power(OverLoad)));
    }

    [Fact]
    public void Interview_asks_an_active_state_again_when_an_unnamed_idle_hid_it()
    {
        var interview = new PlayedInterview(NotificationCommandClass.Definition, version: 4)
        {
            Answers =
            {
                ["71 07"] = "71 08 02 00 01",
                ["71 01 08"] = "71 02 08 02 40 01",
                ["71 04 00 08 06"] = OverCurrentReport,
                ["71 04 00 08 08"] = "71 05 00 00 00 00 08 00 00", // idle, of what?
            },
        };
        Assert.Equal(["71 07", "71 01 08", "71 04 00 08 06", "71 04 00 08 08", "71 04 00 08 06"], interview.Run());
        Assert.Equal(Value.Of(true), interview.Read(Power(OverCurrent)));
    }

    [Fact]
    public void Interview_asks_for_the_status_of_a_type_whose_events_are_not_known()
    {
        var interview = new PlayedInterview(NotificationCommandClass.Definition, version: 3) { Answers = { ["71 07"] = "71 08 02 00 01" } };
        Assert.Equal(["71 07", "71 01 08", "71 04 00 08 00"], interview.Run());
    }

    [Fact]
    public void Interview_of_version_2_asks_types_and_their_status()
    {
        var interview = new PlayedInterview(NotificationCommandClass.Definition, version: 2) { Answers = { ["71 07"] = "71 08 02 00 01" } };
        Assert.Equal(["71 07", "71 04 00 08"], interview.Run());
    }

    [Fact]
    public void Interview_of_version_1_asks_nothing() =>
        Assert.Empty(new PlayedInterview(NotificationCommandClass.Definition, version: 1).Run());

    [Theory]
    [InlineData("71 05 00 00 00 00 08 00 00", ReplyMatch.Complete)]
    [InlineData("71 05 00 00 00 FE 00 00 00", ReplyMatch.Complete)] // nothing pending
    [InlineData("71 05 00 00 00 FF 09 05 00", ReplyMatch.None)] // a heartbeat that came in between
    public void Interview_takes_a_report_of_the_type_or_nothing_pending_as_the_answer(string hex, ReplyMatch expected)
    {
        var interview = new PlayedInterview(NotificationCommandClass.Definition, version: 2);
        interview.Values.Take("71 08 02 00 01");
        var states = NotificationCommandClass.Definition.InterviewSteps.Single(static step => step.IsState);
        var request = states.Requests(interview).Single();
        Assert.Equal(expected, request.Match!(WireAssert.Decode<NotificationReport>(hex)));
    }
}
