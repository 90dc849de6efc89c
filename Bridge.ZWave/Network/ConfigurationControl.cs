using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Values;
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

    /// <summary>Asks for a parameter; null when the device does not answer for it.</summary>
    /// <exception cref="ZWaveException">Not delivered.</exception>
    public async Task<long?> TryReadAsync(Node node, int number, CancellationToken cancellationToken) =>
        await AskAsync(node, number, SendPriority.Confirmation, cancellationToken) is { } report ? Meaning(node, number, report) : null;

    /// <summary>As <see cref="NodeParameters.Read"/>.</summary>
    public long? Stored(Node node, int number) => NodeParameters.Read(context.Values, node, number);

    /// <summary>Asks for every parameter that is shown to anybody: those of the device file, without one those the device told before.</summary>
    /// <returns>How many the device told.</returns>
    /// <exception cref="ZWaveException">Not delivered.</exception>
    public async Task<int> ReadAllAsync(Node node, CancellationToken cancellationToken)
    {
        IEnumerable<int> known = node.Device is { Parameters.Count: > 0 } device
            ? device.Parameters.Where(static parameter => parameter is { IsWriteOnly: false, IsHidden: false }).Select(static parameter => parameter.Number)
            : context.Values.OfNode(node.Id)
                .Where(static pair => pair.Value.Value.IsKnown && ConfigurationCommandClass.Parameter(pair.Key.Property.Key) == pair.Key.Property)
                .Select(static pair => pair.Key.Property.Key);
        var told = 0;
        foreach (var number in known.Where(static number => number is >= 0 and <= MaximumNumber).Distinct().Order().ToArray())
        {
            if (await AskAsync(node, number, SendPriority.Confirmation, cancellationToken) is not null) told++;
        }

        return told;
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
        if (parameter is null && Metadata(node, number) is { IsWriteable: false, Label: var label } && IsDescribed(node, number))
        {
            throw Error(ZWaveErrorCode.InvalidArgument, node, $"parameter {number} ({label}) is read-only");
        }

        var size = NodeParameters.SizeOf(context.Values, node, number) ?? parameter?.Size
            ?? (await AskAsync(node, number, SendPriority.User, cancellationToken))?.Size
            ?? throw Error(ZWaveErrorCode.NodeTimeout, node, $"does not answer for parameter {number}, so its size is not known");
        RefuseIllegal(node, number, OneWay(node, number, value, size), parameter);
        RefuseTooLong(node, number, value, size);
        var set = new ConfigurationSet((byte)number, Default: false, size, unchecked((int)value));
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
        // One that resets all others tells a status, not what was written.
        if (node.Device?.Quirks.ConfigurationReset is { } reset && reset.Parameters.Contains(number))
        {
            await ReadAllAsync(node, cancellationToken);
            return told;
        }

        // The same bytes are the same value, whichever way they are read.
        return SameBytes(report.Value, unchecked((int)value), report.Size)
            ? told
            : throw Error(ZWaveErrorCode.NotConfirmed, node, $"parameter {number}: asked for {value}, the device says {told}");
    }

    private Task<ConfigurationReport?> AskAsync(Node node, int number, SendPriority priority, CancellationToken cancellationToken) =>
        exchange.QueryAsync<ConfigurationReport>(
            node, EndpointIndex.Root, new ConfigurationGet((byte)number), priority, cancellationToken, report => report.ParameterNumber == number);

    private Value Root(Node node, PropertyId property) => context.Values.Read(new(node.Id, EndpointIndex.Root, property));

    private ValueMetadata? Metadata(Node node, int number) =>
        context.Values.Find(new(node.Id, EndpointIndex.Root, ConfigurationCommandClass.Parameter(number)))?.Metadata;

    // The device told the properties of the parameter, not only a value.
    private bool IsDescribed(Node node, int number) => Root(node, ConfigurationCommandClass.ParameterFormat(number)).IsKnown;

    // -1 and 255 are the same byte: whichever is asked for, it is the number this parameter shows.
    private long OneWay(Node node, int number, long value, byte size)
    {
        if (size != 1 || value is < sbyte.MinValue or > byte.MaxValue) return value;
        if (node.Device?.FindParameter(number) is null && !IsDescribed(node, number)) return value;
        return NodeParameters.IsUnsigned(context.Values, node, number) ? unchecked((byte)value) : unchecked((sbyte)value);
    }

    private void RefuseIllegal(Node node, int number, long value, ParameterDefinition? parameter)
    {
        if (parameter is not null)
        {
            if (parameter.Accepts(value)) return;
            throw Error(ZWaveErrorCode.InvalidArgument, node, $"parameter {number} ({parameter.Label}) cannot be {value}; {Allowed(parameter)}");
        }

        if (Metadata(node, number) is not { } metadata || !IsDescribed(node, number)) return;
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

    private long Meaning(Node node, int number, ConfigurationReport report) =>
        NodeParameters.IsUnsigned(context.Values, node, number) ? report.ValueUnsigned : report.Value;

    private static bool SameBytes(int one, int other, byte size) => size switch
    {
        1 => (byte)one == (byte)other,
        2 => (ushort)one == (ushort)other,
        _ => one == other,
    };

    private static ZWaveException Error(ZWaveErrorCode code, Node node, string reason) => new(code, $"node {node.Id} {reason}") { Node = node.Id };
}
