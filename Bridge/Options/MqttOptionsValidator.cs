using Microsoft.Extensions.Options;

namespace Bridge.Options;

/// <summary>Tells every fault of <see cref="MqttOptions"/>, unreadable files included.</summary>
public sealed class MqttOptionsValidator : IValidateOptions<MqttOptions>
{
    public ValidateOptionsResult Validate(string? name, MqttOptions options)
    {
        List<string> faults = [];
        MqttSettings.Read(options, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
