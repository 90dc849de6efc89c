using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Reads and writes configuration parameters. The size always comes from somewhere that knows it: the device's last report, its properties, its
/// file; a parameter nobody knows is asked for first. Belongs to the network's loop.
/// </summary>
internal sealed class ConfigurationControl(NetworkContext context, CommandExchange exchange)
{
    private const int MaximumNumber = byte.MaxValue;

    /// <summary>Asks for a parameter.</summary>
    /// <returns>The number it means (signedness of the file or the properties), as the device told it.</returns>
    /// <exception cref="ZWaveException">Not delivered, or the device did not answer for this parameter.</exception>
    public async Task<long> ReadAsync(Node node, int number, CancellationToken cancellationToken)
    {
        var report = await AskAsync(node, number, SendPriority.User, cancellationToken)
            ?? throw Error(ZWaveErrorCode.NodeTimeout, node, $"does not answer for parameter {number}");
        return Meaning(node, number, report);
    }

    /// <summary>Writes a parameter and reads it back.</summary>
    /// <returns>What the device says after the write.</returns>
    /// <exception cref="ZWaveException">Out of range, not delivered, refused, or read back different (the message tells both).</exception>
    public async Task<long> WriteAsync(Node node, int number, long value, CancellationToken cancellationToken)
    {
        if (!node.Root.Supports(ConfigurationCommandClass.Id)) throw Error(ZWaveErrorCode.NotSupported, node, "has no configuration");
        if (number is < 0 or > MaximumNumber)
        {
            throw Error(ZWaveErrorCode.InvalidArgument, node, $"parameter {number} cannot be set; allowed are 0..{MaximumNumber}");
        }

        var parameter = node.Device?.FindParameter(number);
        RefuseIllegal(node, number, value, parameter);
        var size = SizeOf(node, number, parameter) ?? (await AskAsync(node, number, SendPriority.User, cancellationToken))?.Size
            ?? throw Error(ZWaveErrorCode.NodeTimeout, node, $"does not answer for parameter {number}, so its size is not known");
        RefuseTooLong(node, number, value, size);
        var set = new ConfigurationSet((byte)number, Default: false, size, (int)value);
        if (await exchange.SetAsync(node, EndpointIndex.Root, set, SendPriority.User, cancellationToken, $"parameter/{number}") is var result
            && result == SetResult.Superseded)
        {
            throw Error(ZWaveErrorCode.Superseded, node, $"parameter {number}: a newer command took its place");
        }

        if (result == SetResult.Refused) throw Error(ZWaveErrorCode.NodeRefused, node, $"refused parameter {number} = {value}");
        if (parameter is { IsWriteOnly: true }) return value;
        var report = await AskAsync(node, number, SendPriority.Confirmation, cancellationToken)
            ?? throw Error(ZWaveErrorCode.NotConfirmed, node, $"took parameter {number} but does not tell it");
        var told = Meaning(node, number, report);
        // The same bytes are the same value, whichever way they are read.
        return SameBytes(report.Value, (int)value, report.Size)
            ? told
            : throw Error(ZWaveErrorCode.NotConfirmed, node, $"parameter {number}: asked for {value}, the device says {told}");
    }

    private Task<ConfigurationReport?> AskAsync(Node node, int number, SendPriority priority, CancellationToken cancellationToken) =>
        exchange.QueryAsync<ConfigurationReport>(
            node, EndpointIndex.Root, new ConfigurationGet((byte)number), priority, cancellationToken, report => report.ParameterNumber == number);

    private byte? SizeOf(Node node, int number, ParameterDefinition? parameter)
    {
        var stored = context.Values.Read(new(node.Id, EndpointIndex.Root, ConfigurationCommandClass.ParameterSize(number))).AsInteger;
        return stored is 1 or 2 or 4 ? (byte)stored : parameter?.Size;
    }

    private void RefuseIllegal(Node node, int number, long value, ParameterDefinition? parameter)
    {
        if (parameter is not null)
        {
            // -1 and 255 are the same byte: both spellings are taken for one-byte parameters.
            if (parameter.Accepts(value) || (parameter.Size == 1 && value < 0 && value >= sbyte.MinValue && parameter.Accepts((byte)value))) return;
            throw Error(ZWaveErrorCode.InvalidArgument, node, $"parameter {number} ({parameter.Label}) cannot be {value}; {Allowed(parameter)}");
        }

        var metadata = context.Values.Find(new(node.Id, EndpointIndex.Root, ConfigurationCommandClass.Parameter(number)))?.Metadata;
        if (metadata is null) return;
        if (!metadata.IsWriteable) throw Error(ZWaveErrorCode.InvalidArgument, node, $"parameter {number} ({metadata.Label}) is read-only");
        if (value < (metadata.Minimum ?? value) || value > (metadata.Maximum ?? value))
        {
            var allowed = $"{metadata.Minimum}..{metadata.Maximum}";
            throw Error(ZWaveErrorCode.InvalidArgument, node, $"parameter {number} ({metadata.Label}) cannot be {value}; allowed are {allowed}");
        }
    }

    private static void RefuseTooLong(Node node, int number, long value, byte size)
    {
        var (low, high) = size switch
        {
            1 => (sbyte.MinValue, byte.MaxValue),
            2 => (short.MinValue, ushort.MaxValue),
            _ => (int.MinValue, (long)uint.MaxValue),
        };
        if (value < low || value > high)
        {
            throw Error(ZWaveErrorCode.InvalidArgument, node, $"parameter {number} has {size} byte(s) and cannot be {value}; allowed are {low}..{high}");
        }
    }

    private static string Allowed(ParameterDefinition parameter)
    {
        if (parameter.IsReadOnly) return "it is read-only";
        if (parameter.IsEnumeration) return "allowed are " + string.Join(", ", parameter.Values.Select(static pair => $"{pair.Key} ({pair.Value})"));
        var text = $"allowed are {parameter.Minimum}..{parameter.Maximum}";
        if (parameter.AlsoAllowed.Count > 0) text += " and " + string.Join(", ", parameter.AlsoAllowed);
        return parameter.Forbidden.Count > 0 ? text + " except " + string.Join(", ", parameter.Forbidden) : text;
    }

    private long Meaning(Node node, int number, ConfigurationReport report)
    {
        if (node.Device?.FindParameter(number) is { } parameter) return parameter.FromReport(report.Value, report.Size);
        var minimum = context.Values.Find(new(node.Id, EndpointIndex.Root, ConfigurationCommandClass.Parameter(number)))?.Metadata?.Minimum;
        return minimum >= 0 ? report.ValueUnsigned : report.Value;
    }

    private static bool SameBytes(int one, int other, byte size) => size switch
    {
        1 => (byte)one == (byte)other,
        2 => (ushort)one == (ushort)other,
        _ => one == other,
    };

    private static ZWaveException Error(ZWaveErrorCode code, Node node, string reason) => new(code, $"node {node.Id} {reason}") { Node = node.Id };
}
