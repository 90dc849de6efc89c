using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>What the module remembers, and how it answers. Everything here that a restart makes it forget is set back by <see cref="Forget"/>.</summary>
internal sealed class SimulatedModule(SimulatedNetwork network, SimulatedControllerOptions options, SimulatedFaults faults, SimulatedLine line)
{
    public static readonly TimeSpan UsualByteTimeout = TimeSpan.FromMilliseconds(150);

    public SimulatedNetwork Network => network;

    public SimulatedControllerOptions Options => options;

    public SimulatedFaults Faults => faults;

    public SimulatedLine Line => line;

    /// <summary>How node ids are written from now on.</summary>
    public NodeIdWidth Width { get; set; } = NodeIdWidth.Bits8;

    /// <summary>Callbacks of SendData carry a TX report.</summary>
    public bool ReportsTransmissions { get; set; }

    public TimeSpan ByteTimeout { get; set; } = UsualByteTimeout;

    /// <summary>What the host said about itself; null since the last restart.</summary>
    public SetApplicationNodeInformationRequest? Application { get; set; }

    /// <summary>The node that is SUC and SIS; a new network makes its controller that.</summary>
    public NodeId SucNodeId { get; set; } = network.ControllerNodeId;

    public RfRegion Region { get; set; } = options.Region;

    public TransmitPower Power { get; set; }

    public short MaximumLongRangePowerDeciDbm { get; set; } = 140;

    /// <summary>False: the receiver is off, nothing is heard, not even an acknowledgement.</summary>
    public bool IsReceiving { get; set; } = true;

    /// <summary>The non-volatile memory, byte by byte. What is written to it changes nothing else.</summary>
    public byte[] Memory { get; } = NewMemory(network.HomeId, options.MemorySize);

    /// <summary>Between open and close of the memory.</summary>
    public bool IsMemoryOpen { get; set; }

    /// <summary>Nodes that did not answer last time.</summary>
    public HashSet<NodeId> FailedNodes { get; } = [];

    /// <summary>The plug of a node id in this network, if it can be heard.</summary>
    public SimulatedNode? Living(NodeId node) => IsReceiving && network.Find(node) is { IsDead: false } living ? living : null;

    public void Respond(ISerialMessage response)
    {
        if (!faults.LosesResponse()) line.Send(DataFrame.Of(response, Width));
    }

    /// <summary>Sends a callback or an unsolicited message.</summary>
    public void Tell(ISerialMessage message) => line.Send(DataFrame.Of(message, Width));

    /// <summary>Sends a callback, unless the host wants none.</summary>
    public void CallBack(byte callbackId, ISerialMessage callback)
    {
        if (callbackId != 0) Tell(callback);
    }

    public void Forget()
    {
        Width = NodeIdWidth.Bits8;
        ReportsTransmissions = false;
        ByteTimeout = UsualByteTimeout;
        line.AckTimeout = SimulatedLine.UsualAckTimeout;
        Application = null;
        IsReceiving = true;
        IsMemoryOpen = false;
        line.Forget();
    }

    // Something that is different in every network and at every offset.
    private static byte[] NewMemory(HomeId homeId, int size)
    {
        var memory = new byte[size];
        new Random((int)homeId.Value).NextBytes(memory);
        return memory;
    }
}
