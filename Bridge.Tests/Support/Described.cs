using Bridge.Cli;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>What diagnostics say about a command.</summary>
internal static class Described
{
    /// <summary>The fields of the command are exactly these, names and values: JSON with single quotes, to be readable in a row.</summary>
    public static void Fields(string hex, string expectedJson)
    {
        using var text = new StringWriter();
        using var fields = new DecodeJsonWriter(text);
        fields.BeginElement();
        Assert.Equal(DecodeError.None, CommandDescriber.Describe(WireAssert.Bytes(hex), fields));
        fields.EndObject();
        var actual = JObject.Parse(text.ToString())["fields"];
        var expected = JObject.Parse(expectedJson);
        Assert.True(JToken.DeepEquals(expected, actual), $"{hex}: expected {expected}, got {actual}");
    }
}
