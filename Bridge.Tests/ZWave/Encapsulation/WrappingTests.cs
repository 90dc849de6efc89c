using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Encapsulation;

public sealed class WrappingTests
{
    private static readonly SwitchBinarySet s_on = new(isOn: true);

    [Fact]
    public void Without_options_the_command_is_plain() => Wraps("25 01 FF", default);

    [Fact]
    public void An_endpoint_is_addressed_with_Multi_Channel_from_the_root() =>
        Wraps("60 0D 00 03 25 01 FF", new() { Destination = new(3) });

    [Fact]
    public void An_endpoint_of_a_version_1_node_is_addressed_with_Multi_Instance() =>
        Wraps("60 06 03 25 01 FF", new() { Destination = new(3), MultiInstance = true });

    [Fact]
    public void The_root_of_a_version_1_node_needs_no_Multi_Instance() => Wraps("25 01 FF", new() { MultiInstance = true });

    [Fact]
    public void Supervision_carries_session_and_length() => Wraps("6C 01 01 03 25 01 FF", new() { SupervisionSession = 1 });

    [Fact]
    public void Supervision_may_ask_for_updates() =>
        Wraps("6C 01 81 03 25 01 FF", new() { SupervisionSession = 1, SupervisionStatusUpdates = true });

    [Fact]
    public void Supervision_goes_inside_Multi_Channel() =>
        Wraps("60 0D 00 02 6C 01 03 03 25 01 FF", new() { Destination = new(2), SupervisionSession = 3 });

    [Fact]
    public void Crc16_goes_around_everything()
    {
        Assert.Equal(
            "56 01 20 02 4D 26", Hex.Spaced(Wrapping.Wrap(new Bare("20 02"), CodecContext.Newest, new EnvelopeOptions { Crc16 = true })));
        var frame = Wrapping.Wrap(s_on, new(1), new EnvelopeOptions { Crc16 = true, Destination = new(2), SupervisionSession = 3 });
        Assert.StartsWith("56 01 60 0D 00 02 6C 01 03 03 25 01 FF ", Hex.Spaced(frame), StringComparison.Ordinal);
        Assert.Equal("25 01 FF", Peeled.Single(Hex.Spaced(frame)).Command);
    }

    [Fact]
    public void The_version_of_the_node_decides_the_length_of_the_command() =>
        Assert.Equal(
            "60 0D 00 01 25 01 FF 00",
            Hex.Spaced(Wrapping.Wrap(new SwitchBinarySet(0xFF, Duration.Instantly), new(2), new EnvelopeOptions { Destination = new(1) })));

    [Fact]
    public void A_session_beyond_63_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Wrapping.Wrap(s_on, new(1), new EnvelopeOptions { SupervisionSession = 64 }));

    [Fact]
    public void An_encrypted_command_is_never_written_in_the_clear() =>
        Assert.Throws<ArgumentException>(() => Wrapping.Wrap(s_on, new(1), new EnvelopeOptions { SecurityClass = SecurityClass.S0 }));

    [Fact]
    public void A_command_too_long_for_any_frame_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => Wrapping.Wrap(new Crc16Encapsulation(new byte[400]), CodecContext.Newest));

    [Fact]
    public void A_command_too_long_for_Supervision_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(
            () => Wrapping.Wrap(
                new Crc16Encapsulation(new byte[252]), CodecContext.Newest, new EnvelopeOptions { SupervisionSession = 1 }));

    [Fact]
    public void A_buffer_too_small_is_reported_by_the_writer()
    {
        for (var size = 0; size < 13; size++)
        {
            var frame = new PayloadWriter(new byte[size]);
            Wrapping.Wrap(s_on, new(1), new EnvelopeOptions { Crc16 = true, Destination = new(2), SupervisionSession = 3 }, ref frame);
            Assert.True(frame.Overflowed);
        }
    }

    [Fact]
    public void Wrapping_into_a_buffer_allocates_nothing()
    {
        var options = new EnvelopeOptions { Crc16 = true, Destination = new(2), SupervisionSession = 3 };
        var buffer = new byte[64];
        var bytes = Fill(buffer, options);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++) bytes += Fill(buffer, options);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(101 * 15, bytes);

        static int Fill(byte[] buffer, in EnvelopeOptions options)
        {
            var frame = new PayloadWriter(buffer);
            Wrapping.Wrap(s_on, new(1), options, ref frame);
            return frame.Length;
        }
    }

    private static void Wraps(string hex, EnvelopeOptions options) => Assert.Equal(hex, Hex.Spaced(Wrapping.Wrap(s_on, new(1), options)));

    /// <summary>Any class and command without parameters.</summary>
    private sealed record Bare(string Hex) : ICommand
    {
        public CommandId Id => new(new(WireAssert.Bytes(Hex)[0]), WireAssert.Bytes(Hex)[1]);

        public void Encode(ref PayloadWriter payload, CodecContext context)
        {
        }

        public void Describe(FieldWriter fields)
        {
        }
    }
}
