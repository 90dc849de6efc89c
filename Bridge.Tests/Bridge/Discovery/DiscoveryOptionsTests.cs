using Bridge.Discovery;
using Xunit;

namespace Bridge.Tests.Discovery;

public sealed class DiscoveryOptionsTests
{
    private readonly DiscoveryOptionsValidator _validator = new();

    [Fact]
    public void Defaults_are_right() => Assert.True(_validator.Validate(null, new()).Succeeded);

    [Theory]
    [InlineData("")]
    [InlineData("home assistant")]
    [InlineData("home+assistant")]
    [InlineData("homeassistant/#")]
    [InlineData("$homeassistant")]
    [InlineData("/homeassistant")]
    [InlineData("homeassistant/")]
    [InlineData("a\u0000b")]
    public void A_prefix_that_is_no_topic_is_refused(string prefix)
    {
        var result = _validator.Validate(null, new() { Prefix = prefix });
        Assert.StartsWith($"HomeAssistant:Prefix: '{prefix}' is no topic; allowed: ", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var result = _validator.Validate(null, new() { Prefix = "a b", StatusTopic = "#", StatusPayload = "" });
        Assert.Equal(
            ["HomeAssistant:Prefix", "HomeAssistant:StatusTopic", "HomeAssistant:StatusPayload"],
            result.Failures!.Select(static failure => failure[..failure.IndexOf(": ", StringComparison.Ordinal)]));
    }
}
