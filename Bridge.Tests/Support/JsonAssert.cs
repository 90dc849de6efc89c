using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>Compares JSON the way the output format of <c>zwbridge decode</c> says.</summary>
internal static class JsonAssert
{
    private const double Tolerance = 1e-9;

    /// <summary>
    /// Every expected key is there, in the expected order, and equal; other keys may stand between. Lists are equal element by element,
    /// decimal numbers within a billionth.
    /// </summary>
    public static void Contains(JToken expected, JToken? actual)
    {
        Assert.True(actual is not null, $"{expected.Path} is missing");
        switch (expected)
        {
            case JObject expectedObject:
                var actualObject = Assert.IsType<JObject>(actual);
                foreach (var (name, value) in expectedObject) Contains(value!, actualObject[name]);
                string[] names = [.. expectedObject.Properties().Select(static property => property.Name)];
                Assert.Equal(names, actualObject.Properties().Select(static property => property.Name).Where(names.Contains));
                break;
            case JArray expectedList:
                var actualList = Assert.IsType<JArray>(actual);
                Assert.True(expectedList.Count == actualList.Count, $"{expected.Path}: expected {expected}, got {actual}");
                for (var index = 0; index < expectedList.Count; index++) Contains(expectedList[index], actualList[index]);
                break;
            case { Type: JTokenType.Float }:
                Assert.Equal(JTokenType.Float, actual.Type);
                Assert.Equal((double)expected, (double)actual, Tolerance);
                break;
            default:
                Assert.True(JToken.DeepEquals(expected, actual), $"{expected.Path}: expected {expected}, got {actual}");
                break;
        }
    }
}
