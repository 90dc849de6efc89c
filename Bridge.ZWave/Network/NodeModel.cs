using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Keeps what a node is up to date with what it tells: classes, versions, endpoints, model. Belongs to the network's loop.</summary>
internal sealed class NodeModel(NetworkContext context)
{
    // By node and kind of report: the bytes that were not believed.
    private readonly Dictionary<(NodeId, CommandId), byte[]> _doubted = [];

    /// <summary>Endpoints or classes of a node changed.</summary>
    public event Action<Node>? Changed;

    /// <summary>What the device file says of a node was put into the store.</summary>
    public event Action<Node>? Described;

    /// <summary>A node information frame: what the root device supports and controls.</summary>
    public void Apply(Node node, NodeInformation information)
    {
        node.Root.GenericDeviceClass = information.GenericDeviceClass;
        node.Root.SpecificDeviceClass = information.SpecificDeviceClass;
        // An empty list means that the node did not send it, not that it can do nothing.
        if (information.Supported.Count > 0)
        {
            // Basic is supported by every node and listed by none.
            node.Root.Replace([BasicCommandClass.Id, .. information.Supported, .. node.SecureClasses ?? (IEnumerable<CommandClassId>)[]]);
            node.Root.ControlledClasses = [.. information.Controlled ?? []];
        }

        Changed?.Invoke(node);
    }

    /// <summary>
    /// True when a report may be believed. A single damaged frame must not turn a known plug into another one, nor take its endpoints away: another
    /// identity has to be told twice, other endpoints have to be the answer to a question of ours or told twice.
    /// </summary>
    public bool IsCredible(Node node, ICommand command)
    {
        var isKnown = command switch
        {
            ManufacturerSpecificReport report => IsKnownIdentity(node, report),
            MultiChannelEndPointReport or MultiChannelCapabilityReport or MultiInstanceReport =>
                node.CompletedSteps.Count == 0 || context.Expectations.Awaits(node.Id, EndpointIndex.Root, command) || RepeatsWhatIsKnown(node, command),
            _ => true,
        };
        var key = (node.Id, command.Id);
        if (isKnown)
        {
            if (_doubted.Count > 0) _doubted.Remove(key);
            return true;
        }

        var bytes = CommandCodec.Encode(command, CodecContext.Newest);
        if (_doubted.Remove(key, out var doubted) && doubted.AsSpan().SequenceEqual(bytes)) return true;
        _doubted[key] = bytes;
        return false;
    }

    /// <summary>Forgets what is remembered of a node that left.</summary>
    public void Forget(NodeId node)
    {
        foreach (var key in _doubted.Keys.Where(key => key.Item1 == node).ToArray()) _doubted.Remove(key);
    }

    /// <summary>A report whose values are stored by now tells what the node is.</summary>
    public void Apply(Node node, ICommand command)
    {
        switch (command)
        {
            case VersionCommandClassReport report:
                ApplyVersion(node, report);
                break;
            case ManufacturerSpecificReport or VersionReport:
                FindDevice(node);
                break;
            case MultiChannelEndPointReport or MultiChannelCapabilityReport:
                ApplyEndpoints(node);
                break;
            case MultiInstanceReport report:
                ApplyInstances(node, report);
                break;
        }
    }

    /// <summary>Looks for the device file of the node again.</summary>
    public void FindDevice(Node node)
    {
        long? Read(Values.PropertyId property) => context.Values.Read(new(node.Id, EndpointIndex.Root, property)).AsInteger;
        var versions = node.Endpoints
            .SelectMany(static endpoint => endpoint.Classes.Select(pair => (Class: pair.Key.Value, Version: endpoint.VersionOf(pair.Key))))
            .GroupBy(static pair => pair.Class)
            .ToDictionary(static group => group.Key, static group => group.Max(static pair => pair.Version));
        node.Device = context.Devices.Find(new(
            (ushort?)Read(ManufacturerSpecificCommandClass.ManufacturerId),
            (ushort?)Read(ManufacturerSpecificCommandClass.ProductTypeId),
            (ushort?)Read(ManufacturerSpecificCommandClass.ProductId),
            context.Values.Read(new(node.Id, EndpointIndex.Root, VersionCommandClass.FirmwareVersion)).AsText,
            node.Endpoints.Count(static endpoint => !endpoint.Index.IsRoot),
            versions));
    }

    /// <summary>What the device file says of the parameters, which is more than the device itself can say. <see cref="Described"/> follows.</summary>
    public void DescribeParameters(Node node)
    {
        foreach (var parameter in node.Device?.Parameters ?? [])
        {
            context.Values.Describe(new(node.Id, EndpointIndex.Root, ConfigurationCommandClass.Parameter(parameter.Number)), new(parameter.Label)
            {
                Unit = parameter.Unit,
                Minimum = parameter.Minimum,
                Maximum = parameter.Maximum,
                Default = parameter.Default,
                IsWriteable = !parameter.IsReadOnly,
                IsReadable = !parameter.IsWriteOnly,
                States = parameter.Values.Count > 0 ? parameter.Values : null,
            });
        }

        Described?.Invoke(node);
    }

    private bool IsKnownIdentity(Node node, ManufacturerSpecificReport report)
    {
        long? Known(Values.PropertyId property) => context.Values.Read(new(node.Id, EndpointIndex.Root, property)).AsInteger;
        if (Known(ManufacturerSpecificCommandClass.ManufacturerId) is not { } manufacturer) return true;
        return manufacturer == report.ManufacturerId
            && Known(ManufacturerSpecificCommandClass.ProductTypeId) == report.ProductTypeId
            && Known(ManufacturerSpecificCommandClass.ProductId) == report.ProductId;
    }

    private bool RepeatsWhatIsKnown(Node node, ICommand command)
    {
        if (command is MultiInstanceReport instances)
        {
            return node.Endpoints.Count(endpoint => !endpoint.Index.IsRoot && endpoint.Supports(instances.CommandClass)) >= instances.Instances;
        }

        var told = new KnownValues(context.Values, node.Id);
        ((IValueReport)command).CollectValues(told);
        return told.AreAllKnown;
    }

    private static void ApplyVersion(Node node, VersionCommandClassReport report)
    {
        // Version 0 of a class the node lists is a fault of the device: it speaks version 1.
        var version = Math.Max((byte)1, report.CommandClassVersion);
        foreach (var endpoint in node.Endpoints.Where(endpoint => endpoint.Supports(report.RequestedCommandClass)))
        {
            endpoint.SetVersion(report.RequestedCommandClass, version);
        }
    }

    // Endpoints beyond the count are gone, with everything known of them.
    private void ApplyEndpoints(Node node)
    {
        long Count(Values.PropertyId property) => context.Values.Read(new(node.Id, EndpointIndex.Root, property)).AsInteger ?? 0;
        var count = Count(MultiChannelCommandClass.EndpointCount) + Count(MultiChannelCommandClass.AggregatedCount);
        foreach (var gone in node.Endpoints.Where(endpoint => endpoint.Index.Value > count).ToArray())
        {
            node.RemoveEndpoint(gone.Index);
            context.Values.RemoveEndpoint(node.Id, gone.Index);
        }

        for (byte number = 1; number <= Math.Min(count, MultiChannelCommandClass.EndPointMask); number++) ApplyEndpoint(node, new(number));
        Changed?.Invoke(node);
    }

    private void ApplyEndpoint(Node node, EndpointIndex index)
    {
        Values.Value Read(Values.PropertyId property) => context.Values.Read(new(node.Id, EndpointIndex.Root, property));
        if (Read(MultiChannelCommandClass.EndpointClasses(index)).AsNumbers is not { } classes) return;
        var endpoint = node.AddEndpoint(index);
        endpoint.GenericDeviceClass = (byte)(Read(MultiChannelCommandClass.EndpointGeneric(index)).AsInteger ?? 0);
        endpoint.SpecificDeviceClass = (byte)(Read(MultiChannelCommandClass.EndpointSpecific(index)).AsInteger ?? 0);
        endpoint.Replace(classes.Select(static id => new CommandClassId((ushort)id)).Where(static id => id != MultiChannelCommandClass.Id));
        TakeVersionsOfRoot(node, endpoint);
    }

    // Multi Instance (version 1) knows only "n of this class": endpoint k has every class with at least k instances.
    private void ApplyInstances(Node node, MultiInstanceReport report)
    {
        if (report.Instances > 1)
        {
            for (byte number = 1; number <= report.Instances; number++)
            {
                var endpoint = node.AddEndpoint(new(number));
                endpoint.Add(report.CommandClass);
                TakeVersionsOfRoot(node, endpoint);
            }
        }

        Changed?.Invoke(node);
    }

    private static void TakeVersionsOfRoot(Node node, Endpoint endpoint)
    {
        foreach (var commandClass in endpoint.Classes.Keys.Where(node.Root.KnowsVersionOf).ToArray())
        {
            endpoint.SetVersion(commandClass, node.Root.VersionOf(commandClass));
        }
    }

    // Takes the values of a report only to compare them.
    private sealed class KnownValues(Values.ValueStore values, NodeId node) : Values.IValueSink
    {
        public bool AreAllKnown { get; private set; } = true;

        public void Set(Values.PropertyId property, Values.Value value) => AreAllKnown &= Read(property) == value;

        public void Describe(Values.PropertyId property, Values.ValueMetadata metadata)
        {
        }

        public Values.Value Read(Values.PropertyId property) => values.Read(new(node, EndpointIndex.Root, property));
    }
}
