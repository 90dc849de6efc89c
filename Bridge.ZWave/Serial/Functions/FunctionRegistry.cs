using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>The list of all Serial API functions, sorted by number (docs/decisions/0005).</summary>
public static class FunctionRegistry
{
    /// <summary>Every function this library knows, by number.</summary>
    public static IReadOnlyList<FunctionDefinition> All { get; } =
    [
        GetInitData.Definition, // 02
        SetApplicationNodeInformation.Definition, // 03
        ApplicationCommand.Definition, // 04
        GetControllerCapabilities.Definition, // 05
        SetSerialApiTimeouts.Definition, // 06
        GetSerialApiCapabilities.Definition, // 07
        SoftReset.Definition, // 08
        GetProtocolVersion.Definition, // 09
        SerialApiStarted.Definition, // 0A
        SerialApiSetup.Definition, // 0B
        SetRfReceiveMode.Definition, // 10
        SendNodeInformation.Definition, // 12
        SendData.Definition, // 13
        SendDataMulticast.Definition, // 14
        GetVersion.Definition, // 15
        SendDataAbort.Definition, // 16
        SetRfPowerLevel.Definition, // 17
        GetRandom.Definition, // 1C
        MemoryGetId.Definition, // 20
        MemoryGetByte.Definition, // 21
        MemoryPutByte.Definition, // 22
        MemoryGetBuffer.Definition, // 23
        MemoryPutBuffer.Definition, // 24
        GetNvmId.Definition, // 29
        NvmReadLongBuffer.Definition, // 2A
        NvmWriteLongBuffer.Definition, // 2B
        NvmReadLongByte.Definition, // 2C
        NvmWriteLongByte.Definition, // 2D
        NvmBackupRestore.Definition, // 2E
        GetBackgroundRssi.Definition, // 3B
        NvmExtendedBackupRestore.Definition, // 3D
        RemoveSpecificNode.Definition, // 3F
        GetNodeProtocolInfo.Definition, // 41
        SetDefault.Definition, // 42
        AssignReturnRoute.Definition, // 46
        DeleteReturnRoute.Definition, // 47
        RequestNodeNeighborUpdate.Definition, // 48
        ApplicationUpdate.Definition, // 49
        AddNode.Definition, // 4A
        RemoveNode.Definition, // 4B
        AssignPriorityReturnRoute.Definition, // 4F
        SetLearnMode.Definition, // 50
        AssignSucReturnRoute.Definition, // 51
        SetSucNodeId.Definition, // 54
        DeleteSucReturnRoute.Definition, // 55
        GetSucNodeId.Definition, // 56
        RequestNodeInfo.Definition, // 60
        RemoveFailedNode.Definition, // 61
        IsFailedNode.Definition, // 62
        ReplaceFailedNode.Definition, // 63
        GetRoutingInfo.Definition, // 80
        GetPriorityRoute.Definition, // 92
        SetPriorityRoute.Definition, // 93
        BridgeApplicationCommand.Definition, // A8
        SendDataBridge.Definition, // A9
        SendDataMulticastBridge.Definition, // AB
        GetRfPowerLevel.Definition, // BA
        SendTestFrame.Definition, // BE
        GetLongRangeNodes.Definition, // DA
        GetLongRangeChannel.Definition, // DB
        SetLongRangeChannel.Definition, // DC
    ];

    private static readonly SerialMessageDefinition?[] s_messages = Build();

    /// <summary>The definition of a function, or null.</summary>
    public static FunctionDefinition? Find(FunctionId function)
    {
        foreach (var definition in All)
        {
            if (definition.Id == function) return definition;
        }

        return null;
    }

    /// <summary>Decodes a payload; <see cref="DecodeError.UnknownCommand"/> when there is no codec: acknowledge, log, ignore.</summary>
    public static DecodeError TryDecode(
        FunctionId function, MessageKind kind, ReadOnlySpan<byte> bytes, NodeIdWidth width, out ISerialMessage? message)
    {
        message = null;
        if (s_messages[Index(function, kind)] is not { } definition) return DecodeError.UnknownCommand;
        var payload = new PayloadReader(bytes);
        return definition.Decode(ref payload, width, out message);
    }

    private static int Index(FunctionId function, MessageKind kind) => (function.Value * 3) + (int)kind;

    private static SerialMessageDefinition?[] Build()
    {
        var messages = new SerialMessageDefinition?[256 * 3];
        foreach (var message in All.SelectMany(static definition => definition.Messages)) messages[Index(message.Function, message.Kind)] = message;
        return messages;
    }
}
