using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>Meter: readings of the relays of an endpoint. A scale or rate the plug does not have is not answered.</summary>
internal sealed class SimulatedMeter(SimulatedNode node) : ISimulatedCommandClass
{
    private const byte FirstVersionWithRates = 4;

    public CommandClassId Id => MeterCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        if (node.Relays.RelaysOf(context.Endpoint) is not { } relays) return CommandOutcome.Unknown;
        switch (command)
        {
            case MeterGet get:
                var rate = node.Plug.VersionOf(Id) >= FirstVersionWithRates ? get.RateType ?? 0 : (byte)0;
                if (node.Meter.Report(context.Endpoint, relays, get.Scale ?? 0, rate) is not { } report) return CommandOutcome.Refused;
                context.Reply(report);
                return CommandOutcome.Done;
            case MeterSupportedGet:
                var rates = node.Plug.Meter.Rates.Sum(static rate => rate);
                context.Reply(new MeterSupportedReport(
                    MeterScales.Electric, (byte)rates, MeterReset: true, [.. node.Plug.Meter.Scales.Select(static scale => (int)scale.Scale)]));
                return CommandOutcome.Done;
            case MeterReset:
                node.Meter.Reset(relays);
                node.Evaluate();
                return CommandOutcome.Done;
            default: return CommandOutcome.Unknown;
        }
    }
}
