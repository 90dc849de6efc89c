using Bridge.Commands;
using Bridge.Mqtt;

namespace Bridge.Requests;

/// <summary>
/// <c>options</c>: {"options":{"log_level":"debug"}}. Changes choices of the whole bridge while it runs and tells all of them; without
/// options it only tells. With one fault nothing is changed. They are not remembered: the settings count at the next start.
/// </summary>
public sealed class OptionsRequest(RequestContext context) : IBridgeRequest
{
    public string What => "options";

    public Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var options = fields.Find("options");
        if (options is not null && options.Kind != PayloadKind.Object) fields.Refuse("options", options, "it takes an object");
        if (fields.Faults.Count > 0) return Task.FromResult(CommandOutcome.Refused(fields.Faults));
        if (options is not null)
        {
            var wanted = RequestFields.Of(options, null, context.Directory);
            var changes = Changes(wanted);
            if (wanted.Faults.Count > 0) return Task.FromResult(CommandOutcome.Refused(wanted.Faults));
            foreach (var (name, value) in changes) context.Options.Set(name, value);
        }

        var all = context.Options.All.Select(static option => new KeyValuePair<string, PayloadValue>(option.Name, PayloadValue.Of(option.Value)));
        return Task.FromResult(CommandOutcome.Ok(new KeyValuePair<string, PayloadValue>("options", PayloadValue.Of([.. all]))));
    }

    private List<KeyValuePair<string, string>> Changes(RequestFields wanted)
    {
        List<KeyValuePair<string, string>> changes = [];
        foreach (var option in context.Options.All)
        {
            if (wanted.Find(option.Name) is not { } value) continue;
            var isScalar = value.Kind is PayloadKind.Text or PayloadKind.Number or PayloadKind.Boolean;
            var word = value.ToString().Trim();
            var spelled = option.Allowed.FirstOrDefault(allowed => string.Equals(allowed, word, StringComparison.OrdinalIgnoreCase));
            if (isScalar && spelled is not null) changes.Add(new(option.Name, spelled));
            else wanted.Refuse(option.Name, value, $"allowed are {string.Join(", ", option.Allowed)}");
        }

        return changes;
    }
}
