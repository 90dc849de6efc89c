namespace Bridge.ZWave.Simulation;

/// <summary>The values of a plug's parameters, with what the plug does about values that do not fit.</summary>
internal sealed class ParameterStore(PlugDefinition plug)
{
    // What a reset parameter reads as; writing the first one does nothing.
    private const long ChangedStatus = 0x55;
    private const long FactoryStatus = 0xAA;

    private readonly Dictionary<byte, long> _values = plug.Parameters.ToDictionary(static parameter => parameter.Number, static parameter => parameter.Default);
    private bool _isChanged;

    /// <summary>Called after a value was written, with its parameter; null = all of them.</summary>
    public Action<PlugParameter?> Changed { get; set; } = static _ => { };

    public IReadOnlyList<PlugParameter> Definitions => plug.Parameters;

    public PlugParameter? Find(int number) => plug.Parameters.FirstOrDefault(parameter => parameter.Number == number);

    /// <summary>The stored value, as it is read back.</summary>
    public long Read(PlugParameter parameter) => parameter.Role == ParameterRole.ResetAll
        ? _isChanged ? ChangedStatus : FactoryStatus
        : _values[parameter.Number];

    /// <summary>What the parameter of a role works as: a stored value above the range works as the highest. 0 without such a parameter.</summary>
    public long Working(ParameterRole role) =>
        plug.ParameterOf(role) is { } parameter ? Math.Min(_values[parameter.Number], parameter.Maximum) : 0;

    /// <summary>Writes a value; false when the plug ignores it.</summary>
    public bool Write(PlugParameter parameter, long value)
    {
        if (parameter.Role == ParameterRole.ResetAll)
        {
            if (value != ChangedStatus) Reset();
            return true;
        }

        if (!parameter.TakesAnyValue && (value < parameter.Minimum || value > parameter.Maximum)) return false;
        _values[parameter.Number] = value;
        _isChanged = true;
        Changed(parameter);
        return true;
    }

    /// <summary>All parameters take their defaults.</summary>
    public void Reset()
    {
        foreach (var parameter in plug.Parameters) _values[parameter.Number] = parameter.Default;
        _isChanged = false;
        Changed(null);
    }
}
