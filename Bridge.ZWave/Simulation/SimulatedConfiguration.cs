using System.Text;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// Configuration. A Set of another size than the parameter's is ignored without an answer, and so is one out of range where the plug checks ranges.
/// </summary>
internal sealed class SimulatedConfiguration(SimulatedNode node) : ISimulatedCommandClass
{
    private const byte FirstVersionWithBulk = 2;
    private const byte FirstVersionWithNames = 3;
    private const byte FirstVersionWithReset = 4;
    private const int TextPiece = 32;

    public CommandClassId Id => ConfigurationCommandClass.Id;

    private byte Version => node.Plug.VersionOf(Id);

    public CommandOutcome Handle(CommandContext context, ICommand command) => command switch
    {
        ConfigurationSet set => Set(set.ParameterNumber, set.Size, set.Default, set.HasValue ? set.Value : null),
        ConfigurationGet get => Answer(context, get.ParameterNumber),
        ConfigurationDefaultReset when Version >= FirstVersionWithReset => ResetAll(),
        ConfigurationBulkSet set when Version >= FirstVersionWithBulk => SetBulk(context, set),
        ConfigurationBulkGet get when Version >= FirstVersionWithBulk => AnswerBulk(context, get.ParameterOffset, get.NumberOfParameters, handshake: false),
        ConfigurationNameGet get when Version >= FirstVersionWithNames => AnswerText(
            context, Find(get.ParameterNumber)?.Name, (left, piece) => new ConfigurationNameReport(get.ParameterNumber, left, piece)),
        ConfigurationInfoGet get when Version >= FirstVersionWithNames => AnswerText(
            context, Find(get.ParameterNumber)?.Info, (left, piece) => new ConfigurationInfoReport(get.ParameterNumber, left, piece)),
        ConfigurationPropertiesGet get when Version >= FirstVersionWithNames => AnswerProperties(context, get.ParameterNumber),
        _ => CommandOutcome.Unknown,
    };

    private PlugParameter? Find(int number) => node.Parameters.Find(number);

    private CommandOutcome ResetAll()
    {
        node.Parameters.Reset();
        return CommandOutcome.Done;
    }

    private CommandOutcome Set(int number, byte size, bool toDefault, int? value)
    {
        if (Find(number) is not { } parameter || parameter.Size != size) return CommandOutcome.Refused;
        var isWritten = toDefault
            ? node.Parameters.Write(parameter, parameter.Default)
            : value is { } present && node.Parameters.Write(parameter, FromWire(parameter, present));
        return isWritten ? CommandOutcome.Done : CommandOutcome.Refused;
    }

    private CommandOutcome SetBulk(CommandContext context, ConfigurationBulkSet set)
    {
        var outcome = CommandOutcome.Done;
        for (var index = 0; index < set.NumberOfParameters; index++)
        {
            var value = set.Values is { } values && index < values.Length ? values[index] : (int?)null;
            if (Set(set.ParameterOffset + index, set.Size, set.Default, value) != CommandOutcome.Done) outcome = CommandOutcome.Refused;
        }

        if (set.Handshake) AnswerBulk(context, set.ParameterOffset, set.NumberOfParameters, handshake: true);
        return outcome;
    }

    private CommandOutcome Answer(CommandContext context, byte number)
    {
        var parameter = Find(number) ?? (node.Plug.Quirks.Contains(PlugQuirk.AnswersUnknownParameter) ? node.Parameters.Definitions[0] : null);
        if (parameter is null) return CommandOutcome.Refused;
        context.Reply(new ConfigurationReport(parameter.Number, parameter.Size, ToWire(parameter, node.Parameters.Read(parameter))));
        return CommandOutcome.Done;
    }

    /// <summary>The parameters from the offset on, as far as they follow one another and have one size.</summary>
    private CommandOutcome AnswerBulk(CommandContext context, ushort offset, byte count, bool handshake)
    {
        List<PlugParameter> found = [];
        while (found.Count < count && Find(offset + found.Count) is { } parameter && (found.Count == 0 || parameter.Size == found[0].Size))
        {
            found.Add(parameter);
        }

        if (found.Count == 0) return CommandOutcome.Refused;
        context.Reply(new ConfigurationBulkReport(
            offset,
            (byte)found.Count,
            0,
            found.TrueForAll(parameter => node.Parameters.Read(parameter) == parameter.Default),
            handshake,
            found[0].Size,
            [.. found.Select(parameter => ToWire(parameter, node.Parameters.Read(parameter)))]));
        return CommandOutcome.Done;
    }

    private static CommandOutcome AnswerText(CommandContext context, string? text, Func<byte, byte[], ICommand> report)
    {
        // A character may be cut between two reports.
        var pieces = Encoding.UTF8.GetBytes(text ?? string.Empty).Chunk(TextPiece).ToArray();
        if (pieces.Length == 0) pieces = [[]];
        for (var index = 0; index < pieces.Length; index++) context.Reply(report((byte)(pieces.Length - 1 - index), pieces[index]));
        return CommandOutcome.Done;
    }

    private CommandOutcome AnswerProperties(CommandContext context, ushort number)
    {
        var next = node.Parameters.Definitions.FirstOrDefault(candidate => candidate.Number > number)?.Number ?? 0;
        context.Reply(Find(number) is { } parameter
            ? new ConfigurationPropertiesReport(
                number, parameter.Format, parameter.Size, new(parameter.Minimum, parameter.Maximum, parameter.Default), next,
                IsAdvanced: parameter.IsAdvanced, HasNoBulkSupport: false)
            : new ConfigurationPropertiesReport(number, ConfigurationFormat.Signed, 0, null, next, IsAdvanced: false, HasNoBulkSupport: false));
        return CommandOutcome.Done;
    }

    private static long FromWire(PlugParameter parameter, int value) =>
        parameter.Format == ConfigurationFormat.Signed ? value : ConfigurationValue.Unsigned(parameter.Size, value);

    /// <summary>The two's complement number of the same bytes.</summary>
    private static int ToWire(PlugParameter parameter, long value) => parameter.Size switch
    {
        1 => unchecked((sbyte)value),
        2 => unchecked((short)value),
        _ => unchecked((int)value),
    };
}
