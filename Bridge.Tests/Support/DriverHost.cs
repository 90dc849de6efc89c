using System.Text.Json;

namespace Bridge.Tests.Support;

/// <summary>The driver of npm's zwave-js as somebody else's host, for a stick (a simulated one) on TCP.</summary>
internal sealed class DriverHost : IAsyncDisposable
{
    private readonly TimeSpan _limit;

    private DriverHost(NodePeer peer, TimeSpan limit) => (Peer, _limit) = (peer, limit);

    /// <summary>The script: its events and every command that has no method here.</summary>
    public NodePeer Peer { get; }

    /// <summary>What the driver logged as errors. An interview "to the end without an error" leaves this empty.</summary>
    public IReadOnlyList<JsonElement> Errors => [.. Peer.Events("error"), .. Peer.Events("interviewFailed")];

    /// <param name="port">of the stick, on 127.0.0.1</param>
    /// <param name="limit">for all interviews together</param>
    /// <param name="options"><c>--s2</c>, <c>--log</c>, <c>--cache</c> with a folder</param>
    public static DriverHost Start(int port, TimeSpan limit, params string[] options)
    {
        var seconds = ((int)limit.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new(NodePeer.Start("driver-host.mjs", [$"tcp://127.0.0.1:{port}", "--limit", seconds, .. options]), limit);
    }

    /// <summary>Waits until every interview is over; gives the nodes (but not the stick) with their values.</summary>
    public async Task<IReadOnlyList<JsonElement>> InterviewAsync()
    {
        var end = await Peer.NextAsync(
            line => line.IsEvent("nodes") || line.IsEvent("timeout"), "the end of the interviews", limit: _limit + TimeSpan.FromSeconds(15));
        if (end.IsEvent("timeout")) throw new TimeoutException("interviews not finished: " + end.GetRawText());
        return [.. end.GetProperty("nodes").EnumerateArray()];
    }

    /// <summary>Switch Binary Set; gives the supervision status, null when it was not supervised.</summary>
    public async Task<int?> SetSwitchAsync(byte node, byte endpoint, bool isOn)
    {
        var outcome = await Peer.RunAsync("setSwitch", ("node", node), ("endpoint", endpoint), ("value", isOn));
        return outcome.ValueKind == JsonValueKind.Number ? outcome.GetInt32() : null;
    }

    /// <summary>Switch Binary Get; null when the node does not know.</summary>
    public async Task<bool?> GetSwitchAsync(byte node, byte endpoint)
    {
        var value = await Peer.RunAsync("getSwitch", ("node", node), ("endpoint", endpoint));
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
    }

    /// <summary>Meter Get; gives the reading.</summary>
    public async Task<decimal> ReadMeterAsync(byte node, byte endpoint, int scale, int? rate = null)
    {
        var reading = await Peer.RunAsync("pollMeter", ("node", node), ("endpoint", endpoint), ("scale", scale), ("rate", rate));
        return reading.GetProperty("value").GetDecimal();
    }

    public Task ResetMeterAsync(byte node, byte endpoint) => Peer.RunAsync("resetMeter", ("node", node), ("endpoint", endpoint));

    /// <summary>Configuration Set with the size the driver knows, or with the one given.</summary>
    public Task SetParameterAsync(byte node, int number, long value, int? size = null) =>
        Peer.RunAsync("setParam", ("node", node), ("parameter", number), ("value", value), ("size", size));

    public async Task<long> GetParameterAsync(byte node, int number) =>
        (await Peer.RunAsync("getParam", ("node", node), ("parameter", number))).GetInt64();

    /// <summary>One value of an interviewed node, as the driver shows it.</summary>
    public static JsonElement ValueOf(JsonElement node, byte endpoint, byte commandClass, Func<JsonElement, bool> fits) =>
        node.GetProperty("values").EnumerateArray()
            .Single(value => value.Number("endpoint") == endpoint && value.Number("cc") == commandClass && fits(value))
            .GetProperty("value");

    public ValueTask DisposeAsync() => Peer.DisposeAsync();
}
