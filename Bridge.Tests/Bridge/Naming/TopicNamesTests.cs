using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Tests.Support;
using Bridge.ZWave.Wire;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.Naming;

public sealed class TopicNamesTests
{
    private static readonly NodeId s_node = new(4);

    [Theory]
    [InlineData("Heater", "Heater")]
    [InlineData("Living room", "Living_room")]
    [InlineData("  Küche\t2 ", "Küche_2")]
    [InlineData("a+b#c$d/e", "abcde")]
    [InlineData("nul\0l\u200b\u202e", "null")]
    [InlineData("Lampe 💡", "Lampe_💡")]
    public void Name_becomes_a_level_of_a_topic(string name, string topic) => Assert.Equal(topic, TopicNames.FromName(name, s_node));

    [Theory]
    [InlineData("", "node_4")]
    [InlineData("+#/", "node_4")]
    [InlineData("bridge", "bridge_4")]
    [InlineData("Bridge", "Bridge_4")]
    [InlineData("set", "set_4")]
    [InlineData("get", "get_4")]
    [InlineData("Availability", "Availability_4")]
    [InlineData("17", "17_4")]
    [InlineData("node_5", "node_5_4")]
    [InlineData("NODE_4", "NODE_4_4")]
    [InlineData("node_4", "node_4")]
    [InlineData("node", "node")]
    public void Name_that_means_something_else_gets_the_number(string name, string topic) => Assert.Equal(topic, TopicNames.FromName(name, s_node));

    [Theory]
    [InlineData("Sunset")]
    [InlineData("target")]
    [InlineData("bridge_2")]
    public void Name_that_only_looks_like_it_is_left_alone(string name) => Assert.Equal(name, TopicNames.FromName(name, s_node));

    [Fact]
    public void Long_name_is_cut_between_characters()
    {
        Assert.Equal(new string('x', 64), TopicNames.FromName(new string('x', 100), s_node));
        Assert.Equal(new string('x', 63), TopicNames.FromName(new string('x', 63) + "💡", s_node));
    }

    [Theory]
    [InlineData("a b", "a_b")]
    [InlineData("a/b", "ab")]
    [InlineData("a+", "a")]
    public void Refusal_of_a_topic_says_what_would_be_allowed(string topic, string allowed) =>
        Assert.StartsWith($"'{allowed}' would be allowed", TopicNames.Fault(topic, s_node), StringComparison.Ordinal);

    [Fact]
    public void Whatever_the_name_the_topic_is_legal()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), Gen.Choose(1, 232).ToArbitrary(), (name, number) =>
        {
            var node = new NodeId((ushort)number);
            var topic = TopicNames.FromName(name ?? string.Empty, node);
            return TopicNames.Fault(topic, node) is null && TopicRules.Fault("base/" + topic) is null
                && new TopicScheme("base").Parse($"base/{topic}/set") is SetTopic { Endpoint: null, Property: null } set && set.Device == topic;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Topics_and_nodes_are_one_to_one_whatever_the_names()
    {
        using var folder = new TemporaryFolder();
        string[] words = ["Heater", "heater", "node_1", "node_2", "3", "bridge", "a b", "a_b", "", "Heater_2", "set"];
        var step = from number in Gen.Choose(1, 6) from name in Gen.Elements(words) select (number, name);
        Prop.ForAll(step.ListOf().ToArbitrary(), steps =>
        {
            var directory = new NodeDirectory(folder.Path, TimeProvider.System, NullLogger.Instance);
            foreach (var (number, name) in steps)
            {
                var node = new NodeId((ushort)number);
                var topic = TopicNames.FromName(name, node);
                var entry = directory.Find(node) with { Topic = topic };
                if (directory.TryReplace(entry) is not null) directory.TryReplace(entry with { Topic = TopicNames.Numbered(topic, node) });
            }

            var nodes = Enumerable.Range(1, 6).Select(static number => new NodeId((ushort)number)).ToArray();
            var topics = nodes.Select(node => directory.Find(node).Topic).ToArray();
            return topics.Distinct(StringComparer.OrdinalIgnoreCase).Count() == nodes.Length
                && nodes.Zip(topics).All(pair => directory.Resolve(pair.Second) == pair.First && directory.Resolve(pair.Second.ToUpperInvariant()) == pair.First)
                && nodes.All(node => directory.Resolve($"{node}") == node && directory.Resolve($"node_{node}") == node);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
    }
}
