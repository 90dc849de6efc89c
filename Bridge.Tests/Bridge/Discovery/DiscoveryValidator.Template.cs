using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Tests.Discovery;

/// <content>The templates of the reader.</content>
internal sealed partial class DiscoveryValidator
{
    /// <summary>As much of the reader's template language as documents of ours use: nothing, <c>{{ none }}</c>, one path into the JSON of the message, or an object of such paths.</summary>
    private static partial class Template
    {
        public static string Render(string? template, string state, out string? fault)
        {
            fault = null;
            if (template is null) return state;
            if (template == "{{ none }}") return "None";
            if (Selection().Match(template) is { Success: true } selection)
            {
                var all = JObject.Parse(state);
                return new JObject(selection.Groups["key"].Captures.Zip(
                    selection.Groups["path"].Captures, (key, path) => new JProperty(key.Value, all[path.Value] ?? throw new InvalidOperationException(path.Value)))).ToString();
            }

            if (Path().Match(template) is not { Success: true } match)
            {
                fault = $"template {template}";
                return string.Empty;
            }

            using var reader = new JsonTextReader(new StringReader(state)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal };
            JToken? at = JToken.ReadFrom(reader);
            foreach (var key in match.Groups["path"].Value.Split('.'))
            {
                at = (at as JObject)?[key];
                if (at is null)
                {
                    fault = $"the state has no {key}";
                    return string.Empty;
                }
            }

            return Text(at);
        }

        public static string Text(JToken token) => token.Type switch
        {
            JTokenType.Null => "None",
            JTokenType.Boolean => (bool)token ? "True" : "False",
            _ => token.ToString(),
        };

        [GeneratedRegex(@"^\{\{ value_json\.(?<path>[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*) \}\}$")]
        private static partial Regex Path();

        [GeneratedRegex(@"^\{\{ \{(?:'(?<key>[a-z_]+)': value_json\.(?<path>[a-z_]+)(?:, )?)+\} \| to_json \}\}$")]
        private static partial Regex Selection();
    }
}
