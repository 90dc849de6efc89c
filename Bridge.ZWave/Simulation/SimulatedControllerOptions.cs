using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;

namespace Bridge.ZWave.Simulation;

/// <summary>What kind of module the controller is. The default: a static controller of the 700 series.</summary>
public sealed record SimulatedControllerOptions
{
    /// <summary>An older module: no SerialApiStarted after a reset, no SerialApiSetup, no protocol version, no Long Range.</summary>
    public static readonly SimulatedControllerOptions Series500 = new()
    {
        LibraryVersion = "Z-Wave 4.54",
        ApiVersion = 6,
        ChipType = 5,
        SaysStarted = false,
        MemorySize = 64 * 1024,
        MissingFunctions = [GetProtocolVersion.Id, SerialApiSetup.Id, SerialApiStarted.Id, GetLongRangeNodes.Id],
    };

    /// <summary>Has the bridge library: SendDataBridge and BridgeApplicationCommandHandler instead of the ordinary ones.</summary>
    public bool IsBridge { get; init; }

    public string LibraryVersion { get; init; } = "Z-Wave 7.22";

    /// <summary>As GetInitData tells it: the official version + 9, or 1..9 in the old numbering.</summary>
    public byte ApiVersion { get; init; } = 10;

    /// <summary>5, 7 or 8: the series of the chip.</summary>
    public byte ChipType { get; init; } = 7;

    /// <summary>The version GetProtocolVersion tells.</summary>
    public Version ProtocolVersion { get; init; } = new(7, 22, 1);

    /// <summary>Says SerialApiStarted once it is up again.</summary>
    public bool SaysStarted { get; init; } = true;

    /// <summary>How long a restart takes; nothing is heard meanwhile.</summary>
    public TimeSpan RestartTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The most bytes one SendData carries.</summary>
    public byte MaximumPayload { get; init; } = 46;

    /// <summary>Answers a data frame that collides with its own with CAN instead of taking it, as modules do.</summary>
    public bool AnswersCollisionsWithCan { get; init; }

    /// <summary>Functions of the library this module does not have: neither advertised nor answered.</summary>
    public IReadOnlyCollection<FunctionId> MissingFunctions { get; init; } = [];

    /// <summary>False: another controller includes and excludes; this one refuses to.</summary>
    public bool IsPrimary { get; init; } = true;
    /// <summary>Bytes of the non-volatile memory; raw functions need 16 KB or a doubling of it.</summary>
    public int MemorySize { get; init; } = 48 * 1024;

    /// <summary>The most bytes one answer of the memory carries; with more asked for, less comes.</summary>
    public byte LongestMemoryRead { get; init; } = 240;

    public RfRegion Region { get; init; } = RfRegion.Europe;
}
