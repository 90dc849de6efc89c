using Bridge.Mqtt;
using Bridge.ZWave.Wire;

namespace Bridge.Requests;

/// <summary>What is not known is null, in answers as in states.</summary>
internal static class RequestValues
{
    public static PayloadValue Of(decimal? number) => number is { } known ? PayloadValue.Of(known) : PayloadValue.Null;

    public static PayloadValue Of(IEnumerable<NodeId>? nodes) =>
        nodes is null ? PayloadValue.Null : PayloadValue.Of([.. nodes.Select(static node => PayloadValue.Of((decimal)node.Value))]);

    public static PayloadValue Of(IEnumerable<int?>? numbers) =>
        numbers is null ? PayloadValue.Null : PayloadValue.Of([.. numbers.Select(static number => Of((decimal?)number))]);
}
