using Bridge.ZWave;
using Bridge.ZWave.Serial;
using Xunit;

namespace Bridge.Tests.ZWave.Serial;

/// <summary>The table of section "transactions": every pair of phase and input is named here or must change nothing.</summary>
public sealed class CommandMachineTests
{
    private const CommandEffects Arm = CommandEffects.ArmTimer;
    private const CommandEffects Send = CommandEffects.Send | CommandEffects.StopTimer;
    private const CommandEffects Complete = CommandEffects.Complete | CommandEffects.StopTimer;
    private const CommandEffects Fail = CommandEffects.Fail | CommandEffects.StopTimer;
    private const CommandEffects Abort = CommandEffects.SendAbort | CommandEffects.ArmTimer;
    private const CommandEffects Report = CommandEffects.Report | CommandEffects.ArmTimer;

    private static readonly CommandRules ShapeA = Rules(TransactionShape.AckOnly);
    private static readonly CommandRules ShapeB = Rules(TransactionShape.Response);
    private static readonly CommandRules ShapeC = Rules(TransactionShape.Callback);
    private static readonly CommandRules ShapeD = Rules(TransactionShape.ResponseAndCallback);
    private static readonly CommandRules Transmission = ShapeD with { IsTransmit = true, IsAbortable = true };

    private sealed record Row(CommandPhase Phase, CommandInput Input, CommandPhase Next, CommandEffects Effects, int TimerMs = 0);

    private static readonly Row[] Common =
    [
        new(CommandPhase.Queued, CommandInput.Start, CommandPhase.Sending, Send),
        new(CommandPhase.Sending, CommandInput.Written, CommandPhase.WaitAck, Arm, 1600),
        new(CommandPhase.WaitAck, CommandInput.Nak, CommandPhase.WaitRetransmit, Arm, 100),
        new(CommandPhase.WaitAck, CommandInput.Can, CommandPhase.WaitRetransmit, Arm, 100),
        new(CommandPhase.WaitAck, CommandInput.TimerElapsed, CommandPhase.WaitRetransmit, Arm, 100),
        new(CommandPhase.WaitRetransmit, CommandInput.TimerElapsed, CommandPhase.Sending, Send),
        new(CommandPhase.WaitRetry, CommandInput.TimerElapsed, CommandPhase.Sending, Send),
        new(CommandPhase.WaitAborted, CommandInput.TimerElapsed, CommandPhase.Failed, Fail),
    ];

    private static readonly Row[] WithResponse =
    [
        new(CommandPhase.WaitAck, CommandInput.Ack, CommandPhase.WaitResponse, Arm, 10_000),
        // before ACK: remembered, decided when the ACK timer elapses
        new(CommandPhase.WaitAck, CommandInput.ResponseAccepted, CommandPhase.WaitAck, CommandEffects.None),
        new(CommandPhase.WaitAck, CommandInput.ResponseRefused, CommandPhase.WaitAck, CommandEffects.None),
        new(CommandPhase.WaitAck, CommandInput.ResponseMalformed, CommandPhase.WaitAck, CommandEffects.None),
    ];

    private static readonly Row[] ResponseFails =
    [
        new(CommandPhase.WaitResponse, CommandInput.ResponseRefused, CommandPhase.Failed, Fail),
        new(CommandPhase.WaitResponse, CommandInput.ResponseMalformed, CommandPhase.Failed, Fail),
        new(CommandPhase.WaitResponse, CommandInput.TimerElapsed, CommandPhase.Failed, Fail),
    ];

    private static readonly Row[] Callbacks =
    [
        .. from phase in new[]
           {
               CommandPhase.Sending, CommandPhase.WaitAck, CommandPhase.WaitRetransmit, CommandPhase.WaitResponse, CommandPhase.WaitRetry,
               CommandPhase.WaitCallback, CommandPhase.WaitAborted, CommandPhase.Queued,
           }
           select new Row(phase, CommandInput.FinalCallback, CommandPhase.Done, Complete),
        .. from phase in new[]
           {
               CommandPhase.Sending, CommandPhase.WaitAck, CommandPhase.WaitRetransmit, CommandPhase.WaitResponse, CommandPhase.WaitRetry,
               CommandPhase.WaitCallback, CommandPhase.Queued,
           }
           select new Row(phase, CommandInput.Progress, CommandPhase.WaitCallback, Report, 65_000),
        new(CommandPhase.WaitAborted, CommandInput.Progress, CommandPhase.WaitAborted, CommandEffects.Report),
    ];

    private static readonly Row CallbackFails = new(CommandPhase.WaitCallback, CommandInput.TimerElapsed, CommandPhase.Failed, Fail);

    [Fact]
    public void Shape_A_is_done_with_the_ack() => Check(ShapeA,
    [
        .. Common,
        new(CommandPhase.WaitAck, CommandInput.Ack, CommandPhase.Done, Complete),
        .. ResponseFails, new(CommandPhase.WaitResponse, CommandInput.ResponseAccepted, CommandPhase.Done, Complete), CallbackFails,
    ]);

    [Fact]
    public void Shape_B_is_done_with_the_response() => Check(ShapeB,
    [
        .. Common, .. WithResponse, .. ResponseFails,
        new(CommandPhase.WaitResponse, CommandInput.ResponseAccepted, CommandPhase.Done, Complete), CallbackFails,
    ]);

    [Fact]
    public void Shape_C_is_done_with_the_final_callback() => Check(ShapeC,
    [
        .. Common, .. Callbacks,
        new(CommandPhase.WaitAck, CommandInput.Ack, CommandPhase.WaitCallback, Arm, 65_000),
        .. ResponseFails, new(CommandPhase.WaitResponse, CommandInput.ResponseAccepted, CommandPhase.WaitCallback, Arm, 65_000), CallbackFails,
    ]);

    [Fact]
    public void Shape_D_waits_for_response_and_callback() => Check(ShapeD,
    [
        .. Common, .. WithResponse, .. Callbacks, .. ResponseFails,
        new(CommandPhase.WaitResponse, CommandInput.ResponseAccepted, CommandPhase.WaitCallback, Arm, 65_000), CallbackFails,
    ]);

    [Fact]
    public void Transmission_is_offered_again_when_refused_and_aborted_when_late() => Check(Transmission,
    [
        .. Common, .. WithResponse, .. Callbacks,
        new(CommandPhase.WaitResponse, CommandInput.ResponseAccepted, CommandPhase.WaitCallback, Arm, 65_000),
        new(CommandPhase.WaitResponse, CommandInput.ResponseRefused, CommandPhase.WaitRetry, Arm, 100),
        new(CommandPhase.WaitResponse, CommandInput.ResponseMalformed, CommandPhase.Failed, Fail),
        new(CommandPhase.WaitResponse, CommandInput.TimerElapsed, CommandPhase.WaitAborted, Abort, 500),
        new(CommandPhase.WaitCallback, CommandInput.TimerElapsed, CommandPhase.WaitAborted, Abort, 500),
        new(CommandPhase.WaitCallback, CommandInput.Abort, CommandPhase.WaitAborted, Abort, 500),
    ]);

    [Theory]
    [InlineData(CommandInput.Nak, CommandFailure.NakReceived)]
    [InlineData(CommandInput.Can, CommandFailure.CanReceived)]
    [InlineData(CommandInput.TimerElapsed, CommandFailure.AckTimeout)]
    public void Three_transmissions_in_all_wait_100_and_1100_ms(CommandInput lost, CommandFailure reason)
    {
        var state = new CommandState(CommandPhase.Queued);
        var waits = new List<TimeSpan>();
        state = CommandMachine.Next(ShapeB, state, CommandInput.Start).State;
        while (!state.IsEnded)
        {
            state = CommandMachine.Next(ShapeB, state, CommandInput.Written).State;
            var step = CommandMachine.Next(ShapeB, state, lost);
            state = step.State;
            if (state.IsEnded) break;
            waits.Add(step.Timer);
            state = CommandMachine.Next(ShapeB, state, CommandInput.TimerElapsed).State;
        }

        Assert.Equal([TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(1100)], waits);
        Assert.Equal(3, state.Transmissions);
        Assert.Equal(reason, state.Failure);
    }

    [Fact]
    public void Fourth_refusal_of_a_transmission_fails_it()
    {
        var step = CommandMachine.Next(Transmission, new(CommandPhase.WaitResponse, 1, Refusals: 3), CommandInput.ResponseRefused);
        Assert.Equal((CommandPhase.Failed, CommandFailure.Refused), (step.State.Phase, step.State.Failure));
    }

    [Fact]
    public void Response_without_ack_counts_when_the_ack_never_comes()
    {
        var early = CommandMachine.Next(ShapeB, new(CommandPhase.WaitAck, 1), CommandInput.ResponseAccepted).State;
        Assert.Equal(CommandPhase.Done, CommandMachine.Next(ShapeB, early, CommandInput.TimerElapsed).State.Phase);
    }

    [Fact]
    public void Response_before_the_ack_is_that_of_an_older_request()
    {
        var early = CommandMachine.Next(ShapeB, new(CommandPhase.WaitAck, 1), CommandInput.ResponseAccepted).State;
        var acknowledged = CommandMachine.Next(ShapeB, early, CommandInput.Ack).State;
        Assert.Equal(CommandPhase.WaitResponse, acknowledged.Phase);
        Assert.Null(acknowledged.EarlyResponse);
    }

    [Theory]
    [InlineData(CommandFailure.AckTimeout, CommandPhase.WaitResponse)]
    [InlineData(CommandFailure.NakReceived, CommandPhase.WaitRetransmit)]
    public void Ack_during_the_backoff_counts_only_when_it_was_late(CommandFailure lastTry, CommandPhase next) =>
        Assert.Equal(next, CommandMachine.Next(ShapeB, new(CommandPhase.WaitRetransmit, 1, Failure: lastTry), CommandInput.Ack).State.Phase);

    [Theory]
    [InlineData(CommandFailure.AckTimeout, CommandPhase.Done)]
    [InlineData(CommandFailure.CanReceived, CommandPhase.WaitRetransmit)]
    public void Response_during_the_backoff_counts_only_when_the_ack_was_lost(CommandFailure lastTry, CommandPhase next) =>
        Assert.Equal(next, CommandMachine.Next(ShapeB, new(CommandPhase.WaitRetransmit, 1, Failure: lastTry), CommandInput.ResponseAccepted).State.Phase);

    [Fact]
    public void Callback_before_the_first_byte_was_sent_is_not_of_this_command() =>
        Assert.Equal(CommandPhase.Queued, CommandMachine.Next(ShapeC, new(CommandPhase.Queued), CommandInput.FinalCallback).State.Phase);

    [Fact]
    public void Every_failure_has_an_error_code_of_the_same_name() =>
        Assert.All(Enum.GetValues<CommandFailure>(), static failure => Assert.Equal(failure.ToString(), ((ZWaveErrorCode)failure).ToString()));

    private static CommandRules Rules(TransactionShape shape) => new(shape, false, false, TimeSpan.FromSeconds(65), SessionTimeouts.Default);

    private static void Check(CommandRules rules, Row[] rows)
    {
        foreach (var phase in Enum.GetValues<CommandPhase>())
        {
            foreach (var input in Enum.GetValues<CommandInput>())
            {
                var before = new CommandState(phase, Transmissions: 1);
                var step = CommandMachine.Next(rules, before, input);
                if (Array.Find(rows, row => row.Phase == phase && row.Input == input) is { } row)
                {
                    Assert.Equal((phase, input, row.Next, row.Effects, TimeSpan.FromMilliseconds(row.TimerMs)),
                        (phase, input, step.State.Phase, step.Effects, step.Timer));
                }
                else
                {
                    Assert.Equal((phase, input, before, CommandEffects.None), (phase, input, step.State, step.Effects));
                }
            }
        }
    }
}
