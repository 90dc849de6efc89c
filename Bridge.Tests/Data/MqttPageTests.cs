using System.Text.RegularExpressions;
using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.Publishing;
using Bridge.Requests;
using Bridge.Tests.Commands;
using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.Network;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Data;

/// <summary>docs/mqtt-api.md says what the program does: names both ways, examples by sending them.</summary>
public sealed partial class MqttPageTests : IAsyncLifetime
{
    private static readonly DocumentPage s_page = new("docs", "mqtt-api.md");

    private CommandBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await CommandBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public void Requests_are_those_of_the_table_with_the_key_a_plain_payload_stands_for() => Assert.Equal(
        RequestTable.Create(_bench.Context).Select(static request => (request.What, request.PlainKey)),
        s_page.Rows("requests").Select(static cells => (cells[0].Trim('`'), cells[1].Length == 0 ? null : cells[1].Trim('`'))));

    [Fact]
    public void Codes_are_those_that_answers_have()
    {
        var errors = Enum.GetValues<ZWaveErrorCode>().Except([ZWaveErrorCode.None])
            .Select(static code => CommandError.Of(new ZWaveException(code, "text")).Code);
        // Those without a constant stand where they are used.
        var written = Directory.EnumerateFiles(Repository.Path("Bridge", "Commands"), "*.cs").Concat(Directory.EnumerateFiles(Repository.Path("Bridge", "Requests"), "*.cs"))
            .SelectMany(static file => WrittenCode().Matches(File.ReadAllText(file)).Select(static match => match.Groups[1].Value + match.Groups[2].Value));
        string[] named = [CommandError.Invalid, CommandError.Busy, CommandError.Superseded, CommandError.Expired, CommandError.Fault];
        Assert.Contains("unknown_request", written);
        Assert.Equal(errors.Concat(written).Concat(named).Distinct().Order(StringComparer.Ordinal), s_page.Names("codes").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Properties_are_those_of_the_simulated_plugs() => s_page.Approved("properties", await _bench.Host.Network.ReadAsync(view =>
    {
        var properties = new PropertyCache(view);
        return string.Join("\n\n", view.OtherNodes.Select(node => $"Node {node.Id}, {node.Device!.Model}:\n\n| key | kind | unit | takes |\n|---|---|---|---|\n"
            + string.Join('\n', properties.Of(node).All.Where(static property => !property.IsHidden).Select(Row))));
    }));

    [Fact]
    public async Task Fields_of_the_documents_are_those_that_are_published()
    {
        var documents = await _bench.Host.Network.ReadAsync(view =>
        {
            RecordingSink sink = new();
            var health = new HealthSources(_bench.Host.Network.SessionCounters, _bench.Host.Network.Counters, new(), static () => 0);
            var context = new PublishingContext(view, static _ => Task.CompletedTask, new(view), _bench.Directory, sink, _bench.Topics)
            {
                Program = new("1.0.0", null, "zwbridge"),
                Health = health,
            };
            using var publisher = new BridgePublisher(context, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            return new[] { publisher.Info.Document(), publisher.Devices.Document(), publisher.Health.Document() };
        });
        foreach (var (part, document) in new[] { "info", "devices", "health" }.Zip(documents))
        {
            var paths = Paths(JToken.Parse(System.Text.Encoding.UTF8.GetString(document)), string.Empty).Distinct().Order(StringComparer.Ordinal);
            Assert.Equal(paths, s_page.Names(part).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Events_are_those_of_the_publisher()
    {
        var types = new[] { "EventPublisher.cs", "InclusionPublisher.cs" }
            .SelectMany(static file => PublishedEvent().Matches(File.ReadAllText(Repository.Path("Bridge", "Publishing", file))))
            .Select(static match => match.Groups[1].Value);
        Assert.Equal(types.Order(StringComparer.Ordinal), s_page.Names("events").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Topics_are_those_of_the_scheme()
    {
        var scheme = new TopicScheme("<base>");
        string[] published = [scheme.BridgeState, scheme.BridgeInfo, scheme.BridgeDevices, scheme.BridgeHealth, scheme.BridgeEvent, scheme.BridgeLogging,
            scheme.Request("<what>"), scheme.Response("<what>"), scheme.State("<dev>"), scheme.Availability("<dev>"), scheme.Update("<dev>")];
        Assert.All(published, topic => Assert.Contains($"| `{topic}` |", s_page.Text, StringComparison.Ordinal));
        var taken = CommandRow().Matches(s_page.Text).Select(static row => row.Groups[1].Value).ToArray();
        Assert.Equal(6, taken.Length);
        Assert.All(taken, topic => Assert.NotNull(scheme.Parse(topic)));
    }

    [Fact]
    public void Examples_in_json_are_json() => Assert.All(s_page.Fences("json"), static text => JToken.Parse(text));

    /// <summary>One after the other on one network, as they stand: status, code, words of errors and keys of data are the same.</summary>
    [Fact]
    public async Task Examples_with_answers_are_answered_so()
    {
        var lines = s_page.Fences(string.Empty).SelectMany(static text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        Assert.True(lines.Length > 40);
        foreach (var pair in lines.Chunk(2))
        {
            var sent = Sent().Match(pair[0]);
            Assert.True(sent.Success && pair[1].StartsWith("< ", StringComparison.Ordinal), pair[0]);
            var expected = JObject.Parse(pair[1][2..]);
            var answer = await _bench.AskAsync(sent.Groups[1].Value, sent.Groups[2].Value);
            var told = $"{pair[0]}\n{answer}";
            Assert.True(JToken.DeepEquals(expected["status"], answer["status"]), told);
            Assert.True(JToken.DeepEquals(expected["code"], answer["code"]), told);
            Assert.True(JToken.DeepEquals(expected["error"], answer["error"]), told);
            Assert.True(JToken.DeepEquals(expected["transaction"], answer["transaction"]), told);
            Assert.True(Paths(expected["data"]!, string.Empty).SequenceEqual(Paths(answer["data"]!, string.Empty)), told);
            if (Texts(expected["data"]!).Except(Texts(answer["data"]!)).ToArray() is { Length: > 0 } missing) Assert.Fail($"{string.Join(", ", missing)}: {told}");
        }
    }

    private static string Row(NodeProperty property) =>
        $"| `{property.Name}` | {PropertyKindWords.Of(property.Kind)} | {property.Unit} | {(property.IsSettable ? Takes(property) : "")} |";

    private static string Takes(NodeProperty property) => property.Kind switch
    {
        PropertyKind.Switch => "`ON`, `OFF`, `TOGGLE`",
        PropertyKind.Parameter or PropertyKind.Protection => PropertyInput.Allowed(property).Replace("allowed are ", string.Empty, StringComparison.Ordinal),
        _ => "`PRESS`",
    };

    private static IEnumerable<string> Paths(JToken token, string prefix) => token switch
    {
        JObject all => all.Properties().SelectMany(member => Paths(member.Value, prefix + "." + member.Name).Prepend((prefix + "." + member.Name).TrimStart('.'))),
        JArray list => list.SelectMany(item => Paths(item, prefix)),
        _ => [],
    };

    private static IEnumerable<string> Texts(JToken token) =>
        token.SelectTokens("$..*").OfType<JValue>().Where(static value => value.Type == JTokenType.String).Select(static value => (string)value!);

    [GeneratedRegex("Refused\\([^\n]*, \"([a-z_]+)\"\\)|new\\(\"([a-z_]+)\", \\$\"")]
    private static partial Regex WrittenCode();

    [GeneratedRegex("Publish\\(\"([a-z_]+)\"")]
    private static partial Regex PublishedEvent();

    [GeneratedRegex("^\\| `([^`]+)` \\| in: ", RegexOptions.Multiline)]
    private static partial Regex CommandRow();

    [GeneratedRegex("^> zwbridge/(\\S+) (.*)$")]
    private static partial Regex Sent();
}
