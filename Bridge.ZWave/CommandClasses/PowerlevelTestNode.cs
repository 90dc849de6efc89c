using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Powerlevel Test Node Set (0x73 0x04): send test frames to another node and count the acknowledgements.</summary>
/// <remarks>
/// byte 0    node to send to
/// byte 1    level of the test frames: 00 normal power, n = n dB less (1..9); others reserved
/// byte 2-3  number of frames
/// Source: network protocol command class specification, Powerlevel Test Node Set.
/// </remarks>
public sealed record PowerlevelTestNodeSet(byte TestNodeId, byte PowerLevel, ushort TestFrameCount) : ICommand<PowerlevelTestNodeSet>
{
    public static CommandId CommandId => new(PowerlevelCommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out PowerlevelTestNodeSet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var node)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var level)) return DecodeError.Truncated;
        if (!payload.TryReadUInt16(out var frames)) return DecodeError.Truncated;
        command = new(node, level, frames);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(TestNodeId);
        payload.WriteByte(PowerLevel);
        payload.WriteUInt16(TestFrameCount);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("testNodeId", (long)TestNodeId);
        fields.Number("powerLevel", (long)PowerLevel);
        fields.Number("testFrameCount", (long)TestFrameCount);
    }
}

/// <summary>Powerlevel Test Node Get (0x73 0x05). No parameters.</summary>
public sealed record PowerlevelTestNodeGet : EmptyCommand<PowerlevelTestNodeGet>, ICommand<PowerlevelTestNodeGet>
{
    public static CommandId CommandId => new(PowerlevelCommandClass.Id, 0x05);
}

/// <summary>Powerlevel Test Node Report (0x73 0x06): the latest test.</summary>
/// <remarks>
/// byte 0    node tested; 0 = there was no test
/// byte 1    status: 00 failed, 01 success, 02 in progress
/// byte 2-3  number of acknowledged frames
/// Source: network protocol command class specification, Powerlevel Test Node Report.
/// </remarks>
public sealed record PowerlevelTestNodeReport(byte TestNodeId, PowerlevelTestStatus Status, ushort TestFrameCount)
    : ICommand<PowerlevelTestNodeReport>, IValueReport
{
    public static CommandId CommandId => new(PowerlevelCommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out PowerlevelTestNodeReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var node)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var status)) return DecodeError.Truncated;
        if (!payload.TryReadUInt16(out var frames)) return DecodeError.Truncated;
        command = new(node, (PowerlevelTestStatus)status, frames);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(TestNodeId);
        payload.WriteByte((byte)Status);
        payload.WriteUInt16(TestFrameCount);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("testNodeId", (long)TestNodeId);
        fields.Number("statusOfOperation", (long)Status);
        fields.Number("testFrameCount", (long)TestFrameCount);
    }

    public void CollectValues(IValueSink values)
    {
        values.Describe(PowerlevelCommandClass.TestNodeId, PowerlevelCommandClass.TestNodeIdMetadata);
        values.Set(PowerlevelCommandClass.TestNodeId, Value.Of(TestNodeId));

        // Without a test the other two fields mean nothing.
        if (TestNodeId == 0) return;
        values.Describe(PowerlevelCommandClass.TestStatus, PowerlevelCommandClass.TestStatusMetadata);
        values.Set(PowerlevelCommandClass.TestStatus, Value.Of((long)Status));
        values.Describe(PowerlevelCommandClass.TestFrameCount, PowerlevelCommandClass.TestFrameCountMetadata);
        values.Set(PowerlevelCommandClass.TestFrameCount, Value.Of(TestFrameCount));
    }
}
