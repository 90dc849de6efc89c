namespace Bridge.ZWave.Serial;

/// <summary>
/// One host command as a pure function: state and input give the next state and what to do. No clock, no line, no log. A pair that is not named
/// changes nothing (a late ACK, a RES nobody waits for).
/// </summary>
/// <remarks>Source: Serial API reference, state machine of one command; retransmission; timeouts.</remarks>
public static class CommandMachine
{
    public static CommandStep Next(CommandRules rules, CommandState state, CommandInput input)
    {
        ArgumentNullException.ThrowIfNull(rules);
        // The callback carries the id of this very command: the module has it, whatever ACK or RES got lost on the way.
        if (rules.HasCallback && !state.IsEnded && state.Transmissions > 0)
        {
            if (input == CommandInput.FinalCallback) return Done(state);
            if (input == CommandInput.Progress) return OnProgress(rules, state);
        }

        return state.Phase switch
        {
            CommandPhase.Queued => input == CommandInput.Start ? Send(state) : Ignore(state),
            CommandPhase.Sending => input == CommandInput.Written ? OnWritten(rules, state) : Ignore(state),
            CommandPhase.WaitAck => InWaitAck(rules, state, input),
            CommandPhase.WaitRetransmit => InWaitRetransmit(rules, state, input),
            CommandPhase.WaitResponse => InWaitResponse(rules, state, input),
            CommandPhase.WaitRetry => input == CommandInput.TimerElapsed ? Send(state with { Transmissions = 0 }) : Ignore(state),
            CommandPhase.WaitCallback => InWaitCallback(rules, state, input),
            CommandPhase.WaitAborted => input == CommandInput.TimerElapsed ? Fail(state, CommandFailure.AbortIgnored) : Ignore(state),
            _ => Ignore(state),
        };
    }

    private static CommandStep InWaitAck(CommandRules rules, CommandState state, CommandInput input) => input switch
    {
        CommandInput.Ack => OnAck(rules, state),
        CommandInput.Nak => OnLost(rules, state, CommandFailure.NakReceived),
        CommandInput.Can => OnLost(rules, state, CommandFailure.CanReceived),
        // Without an ACK but with a RES the module did act: sending again would act twice.
        CommandInput.TimerElapsed when state.EarlyResponse is { } early => InWaitResponse(rules, state with { EarlyResponse = null }, early),
        CommandInput.TimerElapsed => OnLost(rules, state, CommandFailure.AckTimeout),
        // RES follows ACK, so this one belongs to an older request, or the ACK was lost. The ACK timer decides.
        CommandInput.ResponseAccepted or CommandInput.ResponseRefused or CommandInput.ResponseMalformed when rules.HasResponse =>
            new(state with { EarlyResponse = input }, CommandEffects.None),
        _ => Ignore(state),
    };

    private static CommandStep InWaitRetransmit(CommandRules rules, CommandState state, CommandInput input) => input switch
    {
        CommandInput.TimerElapsed => Send(state),
        // Late, not lost: nothing else could be acknowledged or answered now.
        CommandInput.Ack when state.Failure == CommandFailure.AckTimeout => OnAck(rules, state),
        CommandInput.ResponseAccepted or CommandInput.ResponseRefused or CommandInput.ResponseMalformed
            when rules.HasResponse && state.Failure == CommandFailure.AckTimeout => InWaitResponse(rules, state, input),
        _ => Ignore(state),
    };

    private static CommandStep InWaitResponse(CommandRules rules, CommandState state, CommandInput input) => input switch
    {
        CommandInput.ResponseAccepted when rules.HasCallback => WaitCallback(rules, state),
        CommandInput.ResponseAccepted => Done(state),
        CommandInput.ResponseRefused when rules.IsTransmit && state.Refusals < rules.Timeouts.RefusedRetries =>
            new(state with { Phase = CommandPhase.WaitRetry, Refusals = state.Refusals + 1 }, CommandEffects.ArmTimer, rules.Timeouts.RefusedPause),
        CommandInput.ResponseRefused => Fail(state, CommandFailure.Refused),
        CommandInput.ResponseMalformed => Fail(state, CommandFailure.MalformedResponse),
        CommandInput.TimerElapsed when rules.IsAbortable => Abort(rules, state),
        CommandInput.TimerElapsed => Fail(state, CommandFailure.ResponseTimeout),
        _ => Ignore(state),
    };

    private static CommandStep InWaitCallback(CommandRules rules, CommandState state, CommandInput input) => input switch
    {
        CommandInput.TimerElapsed or CommandInput.Abort when rules.IsAbortable => Abort(rules, state),
        CommandInput.TimerElapsed => Fail(state, CommandFailure.CallbackTimeout),
        _ => Ignore(state),
    };

    private static CommandStep OnWritten(CommandRules rules, CommandState state) =>
        new(state with { Phase = CommandPhase.WaitAck, Transmissions = state.Transmissions + 1, EarlyResponse = null },
            CommandEffects.ArmTimer, rules.Timeouts.Acknowledge);

    private static CommandStep OnAck(CommandRules rules, CommandState state)
    {
        var acknowledged = state with { EarlyResponse = null };
        if (rules.HasResponse)
        {
            return new(acknowledged with { Phase = CommandPhase.WaitResponse }, CommandEffects.ArmTimer, rules.Timeouts.Response);
        }

        return rules.HasCallback ? WaitCallback(rules, acknowledged) : Done(acknowledged);
    }

    private static CommandStep OnLost(CommandRules rules, CommandState state, CommandFailure reason)
    {
        if (state.Transmissions >= rules.Timeouts.Transmissions) return Fail(state, reason);
        var backoff = rules.Timeouts.FirstBackoff + ((state.Transmissions - 1) * rules.Timeouts.BackoffStep);
        return new(state with { Phase = CommandPhase.WaitRetransmit, Failure = reason, EarlyResponse = null }, CommandEffects.ArmTimer, backoff);
    }

    private static CommandStep OnProgress(CommandRules rules, CommandState state) => state.Phase == CommandPhase.WaitAborted
        ? new(state, CommandEffects.Report)
        : new(state with { Phase = CommandPhase.WaitCallback }, CommandEffects.Report | CommandEffects.ArmTimer, rules.CallbackLimit);

    private static CommandStep WaitCallback(CommandRules rules, CommandState state) =>
        new(state with { Phase = CommandPhase.WaitCallback }, CommandEffects.ArmTimer, rules.CallbackLimit);

    private static CommandStep Abort(CommandRules rules, CommandState state) =>
        new(state with { Phase = CommandPhase.WaitAborted }, CommandEffects.SendAbort | CommandEffects.ArmTimer, rules.Timeouts.AbortGrace);

    private static CommandStep Send(CommandState state) =>
        new(state with { Phase = CommandPhase.Sending }, CommandEffects.Send | CommandEffects.StopTimer);

    private static CommandStep Done(CommandState state) =>
        new(state with { Phase = CommandPhase.Done, Failure = CommandFailure.None, EarlyResponse = null }, CommandEffects.Complete | CommandEffects.StopTimer);

    private static CommandStep Fail(CommandState state, CommandFailure reason) =>
        new(state with { Phase = CommandPhase.Failed, Failure = reason, EarlyResponse = null }, CommandEffects.Fail | CommandEffects.StopTimer);

    private static CommandStep Ignore(CommandState state) => new(state, CommandEffects.None);
}
