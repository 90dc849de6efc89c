using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class MultiChannelInterviewTests
{
    [Fact]
    public void Interview_asks_each_of_different_endpoints() =>
        Assert.Equal(["60 07", "60 09 01", "60 09 02", "60 09 03"], Interview(4, new()
        {
            ["60 07"] = "60 08 00 03 00",
            ["60 09 01"] = "60 0A 01 10 01 25",
            ["60 09 02"] = "60 0A 02 10 01 25",
            ["60 09 03"] = "60 0A 03 10 01 25",
        }));

    [Fact]
    public void Interview_asks_one_of_identical_endpoints() =>
        Assert.Equal(["60 07", "60 09 01"], Interview(3, new()
        {
            ["60 07"] = "60 08 40 03",
            ["60 09 01"] = "60 0A 01 10 01 25",
        }));

    [Fact]
    public void Interview_asks_identical_endpoints_one_by_one_when_the_first_stays_silent() =>
        Assert.Equal(["60 07", "60 09 01", "60 09 02", "60 09 03"], Interview(3, new()
        {
            ["60 07"] = "60 08 40 03",
        }));

    [Fact]
    public void Interview_asks_aggregated_endpoints_what_they_are_and_for_their_members() =>
        // two identical endpoints, number 3 is the sum of both
        Assert.Equal(["60 07", "60 09 01", "60 09 03", "60 0E 03"], Interview(4, new()
        {
            ["60 07"] = "60 08 40 02 01",
            ["60 09 01"] = "60 0A 01 10 01 25 32",
            ["60 09 03"] = "60 0A 03 10 01 32",
            ["60 0E 03"] = "60 0F 03 01 03",
        }));

    [Fact]
    public void Interview_of_a_version_1_node_asks_for_the_instances_of_its_classes() =>
        Assert.Equal(["60 04 25", "60 04 32"], Interview(1, new() { ["60 04 25"] = "60 05 25 02", ["60 04 32"] = "60 05 32 02" }));

    [Fact]
    public void Interview_takes_the_report_of_another_endpoint_for_no_reply()
    {
        var request = Steps(2).SelectMany(step => step.Requests(Known())).First();
        Assert.Equal(ReplyMatch.Complete, request.Match!(new MultiChannelCapabilityReport(new(1), false, 0, 0, [])));
        Assert.Equal(ReplyMatch.None, request.Match!(new MultiChannelCapabilityReport(new(2), false, 0, 0, [])));

        static PlayedInterview Known()
        {
            var view = new PlayedInterview(MultiChannelCommandClass.Definition, version: 2);
            view.Values.Set(MultiChannelCommandClass.EndpointCount, Value.Of(1));
            return view;
        }

        static IEnumerable<InterviewStep> Steps(byte version) =>
            MultiChannelCommandClass.Definition.InterviewSteps
                .Where(step => step.MinimumVersion <= version && step.Name == "Endpoint capabilities");
    }

    [Fact]
    public void Interview_steps_run_once_for_the_node_in_the_endpoint_phase() =>
        Assert.All(MultiChannelCommandClass.Definition.InterviewSteps, step =>
        {
            Assert.True(step.RootOnly);
            Assert.Equal(InterviewPhase.Endpoints, step.Phase);
        });

    /// <summary>Runs the steps against a table of replies, all of which are taken, and returns what was asked.</summary>
    private static List<string> Interview(byte version, Dictionary<string, string> replies)
    {
        var node = new PlayedInterview(MultiChannelCommandClass.Definition, version) { Answers = replies, Rules = [] };
        foreach (byte commandClass in (byte[])[0x25, 0x32, 0x86]) node.Supporting(new(commandClass), version: 1);
        var asked = node.Run();
        Assert.Empty(node.NotTaken);
        return asked;
    }
}
