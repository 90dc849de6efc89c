using Bridge.ZWave.CommandClasses;

namespace Bridge.ZWave.Devices;

/// <summary>
/// What a device file says about a model (docs/adding-a-device.md). A file only refines: a plug without one works from its command classes.
/// </summary>
/// <param name="Source">File name relative to the folder, for messages: "maker/model.json".</param>
/// <param name="Manufacturer">Maker as people write it.</param>
/// <param name="Model">Model as people write it.</param>
public sealed record DeviceDefinition(string Source, string Manufacturer, string Model)
{
    /// <summary>Every product this file describes.</summary>
    public required IReadOnlyList<Fingerprint> Fingerprints { get; init; }

    /// <summary>Features that identify the model where its ids are not certain; null when the ids must fit.</summary>
    public FeatureMatch? Features { get; init; }

    public IReadOnlyList<ParameterDefinition> Parameters { get; init; } = [];

    public IReadOnlyList<EndpointDefinition> Endpoints { get; init; } = [];

    /// <summary>The name that means the order of <see cref="Endpoints"/>, where an order is chosen by name.</summary>
    public const string OwnEndpointOrder = "file";

    /// <summary>Other orders the endpoints have in some revisions, by name; the user chooses one, or the states tell which it is.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<EndpointDefinition>> EndpointOrders { get; init; } =
        new Dictionary<string, IReadOnlyList<EndpointDefinition>>();

    /// <summary>Groups the controller joins at interview; null = the lifeline rule for devices without a file.</summary>
    public IReadOnlyList<LifelineRule>? Lifelines { get; init; }

    public DeviceQuirks Quirks { get; init; } = new();

    /// <summary>What the user must know or do, in words; shown, never interpreted.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The parameter with this number, or null.</summary>
    public ParameterDefinition? FindParameter(int number) => Parameters.FirstOrDefault(parameter => parameter.Number == number);
}

/// <summary>The three numbers of Manufacturer Specific, and the firmware versions a file is for.</summary>
public sealed record Fingerprint(ushort ManufacturerId, ushort ProductTypeId, ushort ProductId)
{
    /// <summary>Lowest firmware version ("1.0"), inclusive; null = any.</summary>
    public string? MinimumFirmware { get; init; }

    /// <summary>Highest firmware version, inclusive; null = any.</summary>
    public string? MaximumFirmware { get; init; }
}

/// <summary>Recognises a model by what it can do, when no fingerprint fits.</summary>
/// <param name="ManufacturerIds">Only nodes of these makers.</param>
/// <param name="EndpointCount">Number of individual endpoints.</param>
/// <param name="Classes">Class number and the least version.</param>
public sealed record FeatureMatch(IReadOnlyList<ushort> ManufacturerIds, int EndpointCount, IReadOnlyDictionary<ushort, byte> Classes);

/// <summary>A configuration parameter.</summary>
/// <param name="Number">1..255 (0 exists on some old devices).</param>
/// <param name="Name">Key on MQTT, snake_case, unique in the file.</param>
/// <param name="Label">For people.</param>
/// <param name="Size">Bytes: 1, 2 or 4. A Set of another size is ignored by most devices.</param>
public sealed record ParameterDefinition(int Number, string Name, string Label, byte Size)
{
    /// <summary>False: the bytes are an unsigned number, 255 in one byte is FF.</summary>
    public bool IsSigned { get; init; }

    public required long Minimum { get; init; }

    public required long Maximum { get; init; }

    public long? Default { get; init; }

    public string? Unit { get; init; }

    /// <summary>Names of values. When <see cref="IsEnumeration"/> only these are legal.</summary>
    public IReadOnlyDictionary<long, string> Values { get; init; } = new Dictionary<long, string>();

    /// <summary>Legal although outside minimum..maximum (0 for "off").</summary>
    public IReadOnlyList<long> AlsoAllowed { get; init; } = [];

    /// <summary>Values that must never be written.</summary>
    public IReadOnlyList<long> Forbidden { get; init; } = [];

    public bool IsReadOnly { get; init; }

    /// <summary>Never reported back: no state, not read at interview.</summary>
    public bool IsWriteOnly { get; init; }

    /// <summary>Not offered as an entity and left out of bulk writes; reachable by name and number.</summary>
    public bool IsHidden { get; init; }

    /// <summary>True when every legal value has a name.</summary>
    public bool IsEnumeration { get; init; }

    /// <summary>True when the device may be sent this number.</summary>
    public bool Accepts(long value) =>
        !IsReadOnly && !Forbidden.Contains(value) && (AlsoAllowed.Contains(value) || (value >= Minimum && value <= Maximum))
        && (!IsEnumeration || Values.ContainsKey(value));

    /// <summary>The number a report's bytes mean.</summary>
    public long FromReport(int signedValue, byte size) => IsSigned
        ? signedValue
        : size switch { 1 => (byte)signedValue, 2 => (ushort)signedValue, _ => (uint)signedValue };
}

/// <summary>What an endpoint is.</summary>
public enum EndpointRole
{
    /// <summary>A thing of its own: a relay with or without a meter.</summary>
    Single,

    /// <summary>Several others at once: switching it switches them, its readings repeat theirs and never count in totals.</summary>
    Group,
}

/// <summary>The meaning of an endpoint.</summary>
/// <param name="Index">0 = root.</param>
/// <param name="Label">For people: "Relay 1".</param>
/// <param name="Role">Single or group.</param>
public sealed record EndpointDefinition(byte Index, string Label, EndpointRole Role)
{
    /// <summary>The members of a group.</summary>
    public IReadOnlyList<byte> Members { get; init; } = [];

    /// <summary>Not shown to users.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>Behaviour that differs from the specification or from what a bridge would expect, as named data.</summary>
public sealed record DeviceQuirks
{
    /// <summary>Dead time after a switch during which the device ignores the next one.</summary>
    public PauseAfterSwitch? PauseAfterSwitch { get; init; }

    /// <summary>No report follows a change by radio: state must be read after each set.</summary>
    public bool NoReportAfterRadioSwitch { get; init; }

    /// <summary>Any report of the root means that endpoints may have changed: read them, once, this long after the first.</summary>
    public TimeSpan? RefreshEndpointsAfterRootReport { get; init; }

    /// <summary>How an overload shows.</summary>
    public OverloadSource? Overload { get; init; }

    /// <summary>Writing any value but the listed ones resets every parameter.</summary>
    public ConfigurationReset? ConfigurationReset { get; init; }

    /// <summary>A parameter value under which "off" by radio does nothing.</summary>
    public ParameterCondition? IgnoresRadioOff { get; init; }

    /// <summary>Seconds between polls of a meter scale ("W" → 60), where the device does not report by itself.</summary>
    public IReadOnlyDictionary<string, int> PollSeconds { get; init; } = new Dictionary<string, int>();
}

/// <summary>Pause = parameter value × unit + margin; the default while the parameter was never read.</summary>
public sealed record PauseAfterSwitch(int Parameter, TimeSpan Unit, TimeSpan Margin, long DefaultValue);

/// <summary>A parameter that has a certain value.</summary>
/// <param name="Parameter">Its number.</param>
/// <param name="Value">The value in question.</param>
/// <param name="Instead">The value to advise instead; null: none is known to be better.</param>
public sealed record ParameterCondition(int Parameter, long Value, long? Instead = null);

/// <summary>Parameters that reset the whole configuration when written (in the order to try), the value to write, and what they read.</summary>
public sealed record ConfigurationReset(IReadOnlyList<int> Parameters, long Value, long ReadsWhenChanged, long ReadsWhenFactory);

/// <summary>Where an overload is seen.</summary>
public enum OverloadKind
{
    /// <summary>Notification Report of these events.</summary>
    Notification,

    /// <summary>Alarm Report version 1 of this type and level.</summary>
    Alarm,

    /// <summary>No report: an "off" nobody sent while the power was near the limit parameter.</summary>
    Derived,
}

/// <summary>How an overload shows: the kind and its numbers (type and events; type and level; limit parameter and percent).</summary>
public sealed record OverloadSource(OverloadKind Kind)
{
    public byte Type { get; init; }

    public IReadOnlyList<byte> Events { get; init; } = [];

    public byte Level { get; init; }

    public int LimitParameter { get; init; }

    public int NearPercent { get; init; }
}
