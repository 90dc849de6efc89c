using Bridge.Tests.Support;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>The files of the simulated plugs, and that no bytes by radio bring a plug down.</summary>
public sealed class PlugFileTests
{
    public static TheoryData<string> Names => [.. PlugFile.Names];

    [Fact]
    public void Three_plugs_come_with_the_program() => Assert.Equal([PlugBench.DoubleSwitch, PlugBench.EnergySwitch, PlugBench.SmartPlug], PlugFile.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_is_read_without_a_fault_and_fits_the_device_file_of_its_product(string name)
    {
        var plug = PlugFile.Read(name);

        var device = DeviceCatalog.Load(Repository.Path("devices")).Definitions.Single(definition => definition.Fingerprints.Any(fingerprint =>
            fingerprint.ManufacturerId == plug.Identity.ManufacturerId && fingerprint.ProductTypeId == plug.Identity.ProductTypeId
            && fingerprint.ProductId == plug.Identity.ProductId));
        foreach (var parameter in device.Parameters)
        {
            var simulated = Assert.Single(plug.Parameters, candidate => candidate.Number == parameter.Number);
            Assert.Equal(parameter.Size, simulated.Size);
        }

        Assert.Equal(device.Parameters.Count, plug.Parameters.Count);
    }

    [Theory]
    [InlineData("""{ "name": "x", "colour": "red" }""", "unknown key")]
    [InlineData("""{ "name": "x" }""", "is missing")]
    [InlineData("""{ "name": "x", "reporting": "sometimes" }""", "is none of")]
    [InlineData("""{ "name": "x", "quirks": ["odd"] }""", "'odd' is none of")]
    [InlineData("""{ "name": "x", "commandClasses": { "25": 1 } }""", "is not a version of a class")]
    [InlineData("""{ "name": "x", "security": { "requests": ["S2_Strong"] } }""", "'S2_Strong' is none of")]
    [InlineData("""{ "name": "x", "security": {} }""", "is missing or empty")]
    [InlineData("""{ "name": """, "")]
    public void A_faulty_file_says_what_is_wrong(string text, string reason)
    {
        var faults = new List<DeviceFault>();

        Assert.Null(PlugFile.Parse(text, "test", faults));

        Assert.Contains(faults, fault => fault.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void The_default_network_has_the_plugs_at_nodes_2_3_and_4()
    {
        using var network = SimulatedNetwork.CreateDefault(new ManualTimeProvider());

        Assert.Equal([2, 3, 4], network.Nodes.Select(static node => (int)node.Id.Value));
        Assert.False(network[2].IsOn());
        Assert.Equal(123.45m, network[2].ReadEnergy().Import);
    }

    [Fact]
    public void With_keys_node_2_has_them_and_a_plug_lies_on_the_table()
    {
        using var plain = SimulatedNetwork.CreateDefault(new ManualTimeProvider());
        using var network = SimulatedNetwork.CreateDefault(new ManualTimeProvider(), keys: NetworkKeys.Generate());

        Assert.Equal(SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated), network[2].Security.Granted);
        Assert.True(Assert.Single(network.Table).JoinsByItself);
        Assert.True(plain[2].Security.Granted.IsEmpty);
        Assert.Empty(plain.Table);
    }

    [Fact]
    public void The_varying_network_is_switched_on_and_its_loads_change()
    {
        var time = new ManualTimeProvider();
        using var network = SimulatedNetwork.CreateDefault(time, varyingLoads: true);

        var before = network[2].Read().Watts;
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(network[2].IsOn());
        Assert.NotEqual(before, network[2].Read().Watts);
        Assert.True(network[2].ReadEnergy().Import > 123.45m);
    }

    [Fact]
    public void A_node_id_that_is_taken_is_refused()
    {
        using var network = SimulatedNetwork.CreateDefault(new ManualTimeProvider());

        Assert.Throws<ArgumentException>(() => network.Add(new NodeId(2), PlugFile.Read(PlugBench.SmartPlug)));
        Assert.Throws<ArgumentException>(() => network.Add(new NodeId(1), PlugFile.Read(PlugBench.SmartPlug)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_command_is_survived(string name)
    {
        using var bench = new PlugBench(name);
        var random = new Random(20260101);
        var classes = bench.Plug.Plug.CommandClasses;
        for (var round = 0; round < 5000; round++)
        {
            var command = new byte[random.Next(1, 48)];
            random.NextBytes(command);
            // Mostly classes and commands the plug has, so that bytes get deep.
            command[0] = (byte)classes[random.Next(classes.Count)].Id.Value;
            if (command.Length > 1 && random.Next(4) > 0) command[1] = (byte)random.Next(1, 0x19);
            bench.Network.Transmit(bench.Plug.Id, command);
            if (round % 50 == 0) bench.After(TimeSpan.FromSeconds(random.Next(100)));
        }

        Assert.NotEmpty(bench.Ask("72 04"));
    }

    [Fact]
    public void Masks_of_endpoints_inside_one_another_do_not_multiply()
    {
        using var bench = new PlugBench(PlugBench.DoubleSwitch);
        var nested = string.Concat(Enumerable.Repeat("60 0D 00 FF ", 11)) + "25 02";

        Assert.Empty(bench.Ask(nested));
    }
}
