using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// The functions that are used while the module itself is worked on: its receiver, and its memory by the functions of its series (raw in the 500 series,
/// 2-byte offsets in the 700, 4-byte ones in the 800).
/// </summary>
internal sealed class ModuleUpkeep(SimulatedModule module) : ISimulatedFunctions
{
    private const byte Series500 = 5;
    private const byte Series800 = 8;

    private byte[] Memory => module.Memory;

    public IEnumerable<FunctionId> Ids =>
    [
        SetRfReceiveMode.Id,
        .. module.Options.ChipType switch
        {
            <= Series500 => new[] { GetNvmId.Id, NvmReadLongBuffer.Id, NvmWriteLongBuffer.Id },
            < Series800 => [NvmBackupRestore.Id],
            _ => [NvmExtendedBackupRestore.Id],
        },
    ];

    public bool Handle(ISerialMessage request)
    {
        switch (request)
        {
            case SetRfReceiveModeRequest mode:
                module.IsReceiving = mode.Enable;
                module.Respond(SetRfReceiveModeResponse.Accepted);
                return true;
            case GetNvmIdRequest:
                module.Respond(new GetNvmIdResponse(0x20, 0x80, SizeCode()));
                return true;
            case NvmReadLongBufferRequest read:
                module.Respond(new NvmReadLongBufferResponse(Read(read.Offset, read.Length) ?? default));
                return true;
            case NvmWriteLongBufferRequest write:
                module.Respond(Write(write.Offset, write.Data) ? NvmWriteLongBufferResponse.Accepted : NvmWriteLongBufferResponse.Refused);
                return true;
            case NvmBackupRestoreRequest operation:
                module.Respond(Operate<NvmBackupRestoreRequest, NvmBackupRestoreResponse>(operation));
                return true;
            case NvmExtendedBackupRestoreRequest operation:
                module.Respond(Operate<NvmExtendedBackupRestoreRequest, NvmExtendedBackupRestoreResponse>(operation));
                return true;
            default: return false;
        }
    }

    private TResponse Operate<TRequest, TResponse>(NvmOperationRequest<TRequest> request)
        where TRequest : NvmOperationRequest<TRequest>, new()
        where TResponse : NvmOperationResponse<TResponse>, new()
    {
        if (module.Faults.FailsMemory(request.Operation, out var failure)) return new() { Status = failure };
        var mayWork = module.IsMemoryOpen == (request.Operation != NvmOperation.Open);
        if (!mayWork) return new() { Status = NvmOperationStatus.OperationMismatch };
        switch (request.Operation)
        {
            case NvmOperation.Open:
                module.IsMemoryOpen = true;
                // 64 KB do not fit two bytes and are told as 0.
                var isNarrow = request is NvmBackupRestoreRequest;
                return new()
                {
                    OffsetOrSize = isNarrow ? (ushort)Memory.Length : (uint)Memory.Length,
                    Length = isNarrow ? (byte)0 : (byte)1,
                    Data = isNarrow ? default(ReadOnlyMemory<byte>) : new byte[] { 0x0F },
                };
            case NvmOperation.Read:
                return Read(request.Offset, request.Length) is { } read
                    ? new() { Status = StatusAt(request.Offset, read.Length), Length = (byte)read.Length, OffsetOrSize = request.Offset, Data = read }
                    : new() { Status = NvmOperationStatus.EndOfFile, OffsetOrSize = request.Offset };
            case NvmOperation.Write:
                return Write(request.Offset, request.Data)
                    ? new() { Status = StatusAt(request.Offset, request.Data.Length), Length = request.Length, OffsetOrSize = request.Offset }
                    : new() { Status = NvmOperationStatus.EndOfFile, OffsetOrSize = request.Offset };
            case NvmOperation.Close:
                module.IsMemoryOpen = false;
                return new();
            default:
                return new() { Status = NvmOperationStatus.SubCommandUnsupported };
        }
    }

    private NvmOperationStatus StatusAt(uint offset, int length) =>
        offset + length >= Memory.Length ? NvmOperationStatus.EndOfFile : NvmOperationStatus.Ok;

    private ReadOnlyMemory<byte>? Read(uint offset, int length) => offset >= Memory.Length
        ? null
        : Memory.AsMemory((int)offset, Math.Min(Math.Min(length, module.Options.LongestMemoryRead), Memory.Length - (int)offset)).ToArray();

    private bool Write(uint offset, ReadOnlyMemory<byte> data)
    {
        if (offset + data.Length > Memory.Length) return false;
        data.CopyTo(Memory.AsMemory((int)offset));
        return true;
    }

    // 0E = 16 KB, each step doubles.
    private byte SizeCode() => (byte)(0x0E + int.Log2(Memory.Length / (16 * 1024)));
}
