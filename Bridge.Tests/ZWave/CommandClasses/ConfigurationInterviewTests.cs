using System.Globalization;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class ConfigurationInterviewTests
{
    [Fact]
    public void Version_1_asks_the_parameters_of_the_device_file() =>
        Assert.Equal(["70 05 01", "70 05 07"], Interview(version: 1, [7, 1, 7, 256, -1]));

    [Fact]
    public void Version_1_without_a_device_file_asks_nothing() => Assert.Empty(Interview(version: 1));

    [Fact]
    public void Version_3_follows_the_chain_and_asks_name_and_text_of_each() =>
        Assert.Equal(
            [
                "70 0E 00 00", // no parameter 0
                "70 0E 00 02", "70 0A 00 02", "70 0C 00 02",
                "70 0E 01 2C", "70 0A 01 2C", "70 0C 01 2C", // 300, the last
                "70 05 02", // 300 is out of the reach of Get
            ],
            Interview(version: 3, answer: Device));

    [Fact]
    public void Version_3_asks_values_of_the_device_file_too() =>
        Assert.Equal(
            ["70 05 01", "70 05 02", "70 05 09"],
            Interview(version: 3, [9, 2, 1], Device)
                .Where(static request => request.StartsWith("70 05", StringComparison.Ordinal)));

    [Fact]
    public void Silent_version_3_is_asked_once_for_its_properties() =>
        Assert.Equal(["70 0E 00 00", "70 05 04"], Interview(version: 3, [4]));

    [Theory]
    [InlineData("70 0F 00 03 01 00 01 00 00 03")] // itself
    [InlineData("70 0F 00 03 01 00 01 00 00 02")] // the one before
    [InlineData("70 0F 00 03 01 00 01 00 00 00")] // the end
    public void Chain_that_does_not_ascend_ends(string answerOf3) =>
        Assert.Equal(
            ["70 0E 00 00", "70 0E 00 03"],
            Scanned(request => request switch
            {
                "70 0E 00 00" => "70 0F 00 00 00 00 03",
                "70 0E 00 03" => answerOf3,
                _ => null,
            }));

    [Fact]
    public void Chain_without_an_end_is_cut() =>
        Assert.Equal(300, Scanned(static request => Properties(Number(request), Number(request) + 1)).Length);

    [Fact]
    public void Chain_to_the_last_number_ends_there() =>
        Assert.Equal(["70 0E 00 00", "70 0E FF FF"], Scanned(static request => Properties(Number(request), 0xFFFF)));

    [Fact]
    public void Answer_about_another_parameter_is_not_followed() =>
        Assert.Equal(["70 0E 00 00"], Scanned(static _ => Properties(1, 2)));

    [Fact]
    public void Names_and_texts_nobody_answers_are_given_up_after_two_parameters()
    {
        var sent = Interview(version: 3, answer: static request => IsPropertiesGet(request) && Number(request) < 9
            ? Properties(Number(request), Number(request) + 1)
            : null);
        Assert.Equal(2, sent.Count(static request => request.StartsWith("70 0A", StringComparison.Ordinal)));
        Assert.Equal(2, sent.Count(static request => request.StartsWith("70 0C", StringComparison.Ordinal)));
        Assert.Equal(10, sent.Count(static request => request.StartsWith("70 0E", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("70 06 07 01 FF", ReplyMatch.Complete)]
    [InlineData("70 06 01 01 FF", ReplyMatch.None)] // another parameter
    [InlineData("70 0B 00 07 00", ReplyMatch.None)]
    public void ConfigurationGet_is_answered_by_its_own_parameter_only(string reply, ReplyMatch expected)
    {
        var request = Assert.Single(Step("Parameter values").Requests(new PlayedInterview(version: 1) { Parameters = [7] }));
        CommandCodec.TryDecode(WireAssert.Bytes(reply), out var report);
        Assert.Equal(expected, request.Match!(report!));
    }

    [Fact]
    public void Parameters_belong_to_the_node_and_are_no_state() =>
        Assert.All(
            ConfigurationCommandClass.Definition.InterviewSteps, static step => Assert.True(step is { RootOnly: true, IsState: false }));

    private static InterviewStep Step(string name) => ConfigurationCommandClass.Definition.InterviewSteps.Single(step => step.Name == name);

    private static List<string> Interview(byte version, int[]? parameters = null, Func<string, string?>? answer = null) =>
        new PlayedInterview(ConfigurationCommandClass.Definition, version)
        {
            Parameters = parameters ?? [],
            OtherAnswers = answer ?? (static _ => null),
        }.Run();

    /// <summary>The Properties Gets sent to a device that answers nothing else.</summary>
    private static string[] Scanned(Func<string, string?> answer) =>
    [
        .. new PlayedInterview(version: 3) { OtherAnswers = request => IsPropertiesGet(request) ? answer(request) : null }
            .Run(Step("Parameters"))
            .Where(IsPropertiesGet),
    ];

    private static bool IsPropertiesGet(string request) => request.StartsWith("70 0E", StringComparison.Ordinal);

    private static int Number(string request) =>
        int.Parse(
            request[6..].Replace(" ", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Signed, size 1, 0..1, default 0.</summary>
    private static string Properties(int number, int next) =>
        string.Create(CultureInfo.InvariantCulture, $"70 0F {number:X4} 01 00 01 00 {next:X4}");

    private static string? Device(string request) => request switch
    {
        "70 0E 00 00" => "70 0F 00 00 00 00 02",
        "70 0E 00 02" => Properties(2, 300),
        "70 0E 01 2C" => Properties(300, 0),
        "70 0A 00 02" => "70 0B 00 02 00 41",
        "70 0A 01 2C" => "70 0B 01 2C 00 42",
        "70 0C 00 02" => "70 0D 00 02 00 43",
        "70 0C 01 2C" => "70 0D 01 2C 00 44",
        _ => null,
    };
}
