using Bridge.Tests.Support;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>One simulated plug at node 2 and everything the controller (node 1) hears of it, in time that moves only when told.</summary>
internal sealed class PlugBench : IDisposable
{
    public const string SmartPlug = "n4003";
    public const string EnergySwitch = "energy-switch";
    public const string DoubleSwitch = "double-switch";

    private readonly List<string> _heard = [];

    public PlugBench(string plug, bool isJoined = true)
    {
        Network = new(Time, new(0xC0DE2026), new(1)) { HopTime = TimeSpan.Zero };
        Network.ControllerHears = (_, command, _) => _heard.Add(Hex.Spaced(command.Span));
        Plug = Network.Add(new(2), PlugFile.Read(plug));
        // Association Set: group 1 := node 1
        if (isJoined) Tell("85 01 01 01");
    }

    public ManualTimeProvider Time { get; } = new();

    public SimulatedNetwork Network { get; }

    public SimulatedNode Plug { get; }

    /// <summary>What the controller heard since the last question about it.</summary>
    public string[] Heard()
    {
        string[] heard = [.. _heard];
        _heard.Clear();
        return heard;
    }

    /// <summary>Sends a command and gives everything it caused the plug to say.</summary>
    public string[] Ask(string hex)
    {
        Heard();
        Tell(hex);
        return Heard();
    }

    /// <summary>Sends a command; what it causes stays to be heard.</summary>
    public void Tell(string hex) => Network.Transmit(Plug.Id, WireAssert.Bytes(hex));

    /// <summary>Lets time pass and gives what the plug said meanwhile.</summary>
    public string[] After(TimeSpan time)
    {
        Heard();
        Time.Advance(time);
        return Heard();
    }

    public void Dispose() => Network.Dispose();
}
