using Bridge.ZWave.Serial;

namespace Bridge.ZWave.Simulation;

/// <summary>A group of Serial API functions the module answers.</summary>
internal interface ISimulatedFunctions
{
    /// <summary>The functions of the group, unsolicited ones included: what GetSerialApiCapabilities advertises.</summary>
    IEnumerable<FunctionId> Ids { get; }

    /// <summary>Answers a request; false when it is none of this group.</summary>
    bool Handle(ISerialMessage request);
}
