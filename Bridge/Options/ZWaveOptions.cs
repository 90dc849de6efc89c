using Bridge.ZWave.Serial;
using Microsoft.Extensions.Options;

namespace Bridge.Options;

/// <summary>The settings under <c>ZWave</c>.</summary>
public sealed class ZWaveOptions
{
    public const string Section = "ZWave";

    /// <summary>
    /// The way to the module; no default, because the wrong stick would be worse than none. Allowed:
    /// <see cref="TransportAddress.Forms"/>.
    /// </summary>
    public string? Port { get; set; }
}

/// <summary>Tells every fault of <see cref="ZWaveOptions"/>.</summary>
public sealed class ZWaveOptionsValidator : IValidateOptions<ZWaveOptions>
{
    public ValidateOptionsResult Validate(string? name, ZWaveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return TransportAddress.TryParse(options.Port, out _, out var fault)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{ZWaveOptions.Section}:{nameof(options.Port)}: {fault}");
    }
}
