using System.Globalization;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Simulation;

/// <summary>Reads the network that comes with the program (<c>default-network.json</c>, embedded), as strictly as the plugs.</summary>
internal static class NetworkFile
{
    private const string Name = "Bridge.ZWave.Simulation.default-network.json";

    /// <param name="keys">For the plugs that have some, and then there are plugs on the table; null: neither.</param>
    public static SimulatedNetwork ReadDefault(TimeProvider time, bool varyingLoads, NetworkKeys? keys)
    {
        List<DeviceFault> faults = [];
        var network = PlugFile.Fields(PlugFile.Resource(Name), Name, faults) is { } fields ? Read(fields, time, varyingLoads, keys) : null;
        return network is not null && faults.Count == 0 ? network : throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
    }

    private static SimulatedNetwork Read(JsonFields fields, TimeProvider time, bool varyingLoads, NetworkKeys? keys)
    {
        var text = fields.Text("homeId");
        if (!uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var homeId))
        {
            fields.Fault("homeId", $"'{text}' is not 8 hex digits");
        }

        var network = new SimulatedNetwork(time, new(homeId), new((ushort)fields.Number("controller", 1, 232)));
        foreach (var entry in fields.Objects("nodes")) ReadNode(entry, network, varyingLoads, keys);
        foreach (var entry in fields.Objects("table")) ReadSpare(entry, network, varyingLoads, isThere: keys is not null);
        fields.RefuseUnknownKeys();
        return network;
    }

    private static void ReadNode(JsonFields fields, SimulatedNetwork network, bool varyingLoads, NetworkKeys? keys)
    {
        var node = network.Add(new((ushort)fields.Number("node", 1, 232)), PlugFile.Read(fields.Text("plug")));
        foreach (var circuit in fields.Objects("circuits")) ReadCircuit(circuit, node, varyingLoads);
        var granted = PlugFileParts.ReadSecurityClasses(fields, "granted");
        if (keys is not null) network.Secure(node, keys, granted);
        fields.RefuseUnknownKeys();
    }

    private static void ReadSpare(JsonFields fields, SimulatedNetwork network, bool varyingLoads, bool isThere)
    {
        var plug = PlugFile.Read(fields.Text("plug"));
        var joinsByItself = fields.Flag("joinsByItself");
        var circuits = fields.Objects("circuits").ToArray();
        fields.RefuseUnknownKeys();
        if (!isThere) return;
        var node = network.PutOnTable(plug);
        node.JoinsByItself = joinsByItself;
        foreach (var circuit in circuits) ReadCircuit(circuit, node, varyingLoads);
    }

    private static void ReadCircuit(JsonFields fields, SimulatedNode node, bool varyingLoads)
    {
        var relay = (int)fields.Number("relay", 1, node.Plug.Relays);
        var powerFactor = fields.Number("powerFactorPercent", 0, 100) / 100m;
        ILoad load = new ConstantLoad(fields.Number("watts", -100_000, 100_000), powerFactor);
        if (fields.Object("varying") is { } varying)
        {
            var minimum = varying.Number("minimumWatts", -100_000, 100_000);
            var maximum = varying.Number("maximumWatts", minimum, 100_000);
            var every = TimeSpan.FromSeconds(varying.Number("everySeconds", 1, 86_400));
            if (varyingLoads) load = new VaryingLoad(minimum, maximum, powerFactor, every, seed: (node.Id.Value * 16) + relay);
            varying.RefuseUnknownKeys();
        }

        var import = fields.OptionalNumber("importWattHours", 0, int.MaxValue) ?? 0;
        var export = fields.OptionalNumber("exportWattHours", 0, int.MaxValue) ?? 0;
        node.SetEnergy(import / 1000m, export / 1000m, relay);
        node.SetLoad(load, relay);
        if (varyingLoads) node.Close(relay);
        fields.RefuseUnknownKeys();
    }
}
