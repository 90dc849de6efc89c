using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

public sealed class PendingSwitchesTests
{
    private static readonly ValueId s_relay = Relay(1);
    private static readonly ValueId s_other = Relay(2);

    private readonly ValueStore _values = new(TimeProvider.System);
    private readonly PendingSwitches _pending;

    public PendingSwitchesTests() => _pending = new(_values);

    [Fact]
    public void Old_state_told_before_the_new_one_is_held_back()
    {
        using var command = _pending.Begin([s_relay], isOn: true);
        Assert.True(_pending.Holds(s_relay, Value.Of(false)));
        Assert.False(_pending.Holds(s_relay, Value.Of(true)));
        Assert.True(command.IsTold);
    }

    [Fact]
    public void Old_state_told_after_the_new_one_is_a_new_event()
    {
        using var command = _pending.Begin([s_relay], isOn: true);
        _pending.Holds(s_relay, Value.Of(true));
        Assert.False(_pending.Holds(s_relay, Value.Of(false)));
    }

    [Fact]
    public void Held_state_of_a_command_that_succeeded_is_thrown_away()
    {
        _values.Set(s_relay, Value.Of(true));
        using (var command = _pending.Begin([s_relay], isOn: true))
        {
            _pending.Holds(s_relay, Value.Of(false));
            command.IsDone = true;
        }

        Assert.Equal(Value.Of(true), _values.Read(s_relay));
    }

    [Fact]
    public void Held_state_of_a_command_that_failed_is_told()
    {
        List<ValueUpdate> updates = [];
        _values.Updated += updates.Add;
        using (_pending.Begin([s_relay], isOn: true)) _pending.Holds(s_relay, Value.Of(false));
        Assert.Equal([Value.Of(false)], updates.Select(static update => update.Current));
    }

    [Fact]
    public void Newer_command_overtakes_the_older_one_and_is_the_one_that_holds()
    {
        using var older = _pending.Begin([s_relay], isOn: true);
        using var newer = _pending.Begin([s_relay], isOn: false);
        Assert.True(older.IsOvertaken);
        Assert.True(older.News.IsCompleted);
        older.Dispose();
        Assert.True(_pending.Holds(s_relay, Value.Of(true)));
        Assert.False(newer.IsOvertaken);
    }

    [Fact]
    public void Same_command_once_more_overtakes_nothing()
    {
        using var older = _pending.Begin([s_relay], isOn: true);
        using var newer = _pending.Begin([s_relay], isOn: true);
        Assert.False(older.IsOvertaken);
        Assert.False(older.IsTouched);
    }

    [Fact]
    public void Last_command_is_known_until_it_is_forgotten()
    {
        Assert.Null(_pending.LastCommand(s_relay));
        _pending.Begin([s_relay], isOn: false).Dispose();
        Assert.False(_pending.LastCommand(s_relay));
        _pending.ForgetCommand(s_relay);
        Assert.Null(_pending.LastCommand(s_relay));
    }

    [Fact]
    public void Command_for_a_group_is_touched_but_not_overtaken_by_one_for_a_member()
    {
        using var group = _pending.Begin([Relay(3), s_relay, s_other], isOn: true);
        using var member = _pending.Begin([s_relay], isOn: false);
        Assert.False(group.IsOvertaken);
        Assert.True(group.IsTouched);
        Assert.True(_pending.Holds(s_other, Value.Of(false)));
        Assert.True(_pending.Holds(s_relay, Value.Of(true)));
    }

    [Fact]
    public void Other_relays_and_states_without_a_command_are_not_held()
    {
        using var command = _pending.Begin([s_relay], isOn: true);
        Assert.False(_pending.Holds(s_other, Value.Of(false)));
        command.Dispose();
        Assert.False(_pending.Holds(s_relay, Value.Of(false)));
    }

    private static ValueId Relay(byte endpoint) => new(new(4), new EndpointIndex(endpoint), SwitchBinaryCommandClass.State);
}
