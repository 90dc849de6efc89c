using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Encapsulation;

public sealed class UnwrappingTests
{
    [Fact]
    public void A_plain_command_has_no_layers()
    {
        var peeled = Peeled.Single("25 03 FF");
        Assert.Equal("25 03 FF", peeled.Command);
        Assert.Equal(default, peeled.Envelope);
    }

    [Fact]
    public void Multi_Channel_gives_both_endpoints()
    {
        var peeled = Peeled.Single("60 0D 03 05 25 03 FF");
        Assert.Equal("25 03 FF", peeled.Command);
        Assert.True(peeled.Envelope.IsMultiChannel);
        Assert.Equal((3, 5), (peeled.Envelope.SourceEndpoint.Value, peeled.Envelope.DestinationEndpoint.Value));
        Assert.Equal(3, peeled.Envelope.Origin.Value);
    }

    [Fact]
    public void Multi_Channel_of_the_root_is_not_the_same_as_none() =>
        Assert.True(Peeled.Single("60 0D 00 00 25 03 FF").Envelope.IsMultiChannel);

    [Fact]
    public void An_answering_endpoint_in_the_destination_field_is_understood() =>
        Assert.Equal(3, Peeled.Single("60 0D 00 03 25 03 FF").Envelope.Origin.Value);

    [Fact]
    public void A_bit_address_is_not_an_endpoint()
    {
        var envelope = Peeled.Single("60 0D 00 83 25 01 FF").Envelope;
        Assert.True(envelope.IsBitAddress);
        Assert.Equal([1, 2], envelope.Destination.EndPoints);
        Assert.Equal(EndpointIndex.Root, envelope.DestinationEndpoint);
        Assert.Equal(EndpointIndex.Root, envelope.Origin);
    }

    [Theory]
    [InlineData("60 06 02 25 03 FF")]
    [InlineData("60 06 02 00 25 03 FF")] // with the layout of version 2
    public void Multi_Instance_gives_its_instance_as_source(string hex)
    {
        var peeled = Peeled.Single(hex);
        Assert.Equal("25 03 FF", peeled.Command);
        Assert.True(peeled.Envelope.IsMultiInstance);
        Assert.Equal(2, peeled.Envelope.SourceEndpoint.Value);
    }

    [Fact]
    public void Supervision_gives_its_session()
    {
        var peeled = Peeled.Single("6C 01 81 03 25 01 FF");
        Assert.Equal("25 01 FF", peeled.Command);
        Assert.Equal((byte?)1, peeled.Envelope.SupervisionSession);
        Assert.True(peeled.Envelope.WantsStatusUpdates);
    }

    [Fact]
    public void Crc16_is_checked_and_removed()
    {
        var peeled = Peeled.Single("56 01 25 03 FF 79 58");
        Assert.Equal("25 03 FF", peeled.Command);
        Assert.True(peeled.Envelope.IsCrc16);
        Assert.Equal(DecodeError.Checksum, Peeled.Of("56 01 25 03 FF 79 59").Error);
    }

    [Fact]
    public void Multi_Command_gives_its_commands_in_order()
    {
        var peeled = Peeled.Of("8F 01 02 02 25 02 03 32 01 10");
        Assert.Equal(DecodeError.None, peeled.Error);
        Assert.Equal(["25 02", "32 01 10"], peeled.Commands);
    }

    [Theory]
    [InlineData("8F 01 02 02 25 02 04 32 01 10")]
    [InlineData("8F 01 03 02 25 02 03 32 01 10")]
    [InlineData("8F 01 01 00")]
    [InlineData("8F 01")]
    public void Multi_Command_with_a_length_beyond_the_end_gives_nothing_at_all(string hex)
    {
        var peeled = Peeled.Of(hex);
        Assert.Equal(DecodeError.Truncated, peeled.Error);
        Assert.Empty(peeled.Commands);
    }

    [Fact]
    public void All_layers_in_their_order_are_peeled()
    {
        // Security { Multi Channel 2 -> 0 { Supervision 9 { Multi Command { report, report }}}}
        var peeled = Peeled.Of(
            InvertingSecurity.Seal("60 0D 02 00 6C 01 09 0A 8F 01 02 03 25 03 FF 02 25 02"), new InvertingSecurity());
        Assert.Equal(DecodeError.None, peeled.Error);
        Assert.Equal(["25 03 FF", "25 02"], peeled.Commands);
        Assert.Equal(SecurityClass.S2Authenticated, peeled.Envelope.SecurityClass);
        Assert.Equal(2, peeled.Envelope.SourceEndpoint.Value);
        Assert.Equal((byte?)9, peeled.Envelope.SupervisionSession);
    }

    [Theory]
    [InlineData("60 0D 01 00 60 0D 02 00 25 03 FF")] // Multi Channel in Multi Channel
    [InlineData("60 06 01 60 0D 02 00 25 03 FF")] // Multi Channel in Multi Instance
    [InlineData("6C 01 01 07 6C 01 02 03 25 01 FF")] // Supervision in Supervision
    [InlineData("6C 01 01 07 60 0D 01 00 25 03 FF")] // Multi Channel in Supervision
    [InlineData("60 0D 01 00 56 01 25 03 FF 79 58")] // CRC-16 in Multi Channel
    [InlineData("8F 01 01 07 6C 01 02 03 25 01 FF")] // Supervision in Multi Command
    [InlineData("8F 01 01 06 8F 01 01 02 25 02")] // Multi Command in Multi Command
    [InlineData("60 0D 01 00 9F 03 08 00 A0 33 DB 88 BE 4D 77 D7 24 81 06")] // Security in Multi Channel
    [InlineData("60 0D 01 00 55 E8 50")] // Transport Service in Multi Channel
    [InlineData("8F 01 01 03 55 E8 50")] // Transport Service in Multi Command
    public void Layers_in_another_order_or_twice_are_refused(string hex)
    {
        var peeled = Peeled.Of(hex);
        Assert.Equal(DecodeError.ReservedValue, peeled.Error);
        Assert.Empty(peeled.Commands);
    }

    [Theory]
    [InlineData("56 01 25 03 FF 79 58")] // CRC-16 in Security
    [InlineData("9F 03 08 00 A0 33 DB 88 BE 4D 77 D7 24 81 06")] // Security in Security
    [InlineData("55 E8 50")] // Transport Service in Security
    public void Outer_layers_inside_security_are_refused(string hex) =>
        Assert.Equal(DecodeError.ReservedValue, Peeled.Of(InvertingSecurity.Seal(hex), new InvertingSecurity()).Error);

    [Theory]
    [InlineData("9F 03 08 00 A0 33 DB 88 BE 4D 77 D7 24 81 06")]
    [InlineData("98 81 AA AA AA AA AA AA AA AA 5D E1 AA 6F F3 38 99 60 97 14 36 C1 B3")]
    [InlineData("98 C1 AA AA AA AA AA AA AA AA 5D E1 AA 6F F3 38 99 60 97 14 36 C1 B3")]
    public void Encrypted_frames_stay_closed_without_a_key(string hex) => Assert.Equal(DecodeError.NotDecrypted, Peeled.Of(hex).Error);

    [Fact]
    public void An_encrypted_frame_may_carry_no_command()
    {
        // only the nonce sequence is agreed on
        var peeled = Peeled.Of("9F 03 01 00 00 00 00 00 00 00 00 00", new InvertingSecurity());
        Assert.Equal(DecodeError.None, peeled.Error);
        Assert.Empty(peeled.Commands);
    }

    [Theory]
    [InlineData("98 40")] // Nonce Get
    [InlineData("9F 02 56 02")] // Nonce Report
    [InlineData("6C 02 01 FF 00")] // Supervision Report
    [InlineData("60 08 40 03")] // End Point Report
    [InlineData("55 E8 50")] // Segment Complete
    [InlineData("00")] // No Operation
    public void Commands_of_the_encapsulating_classes_that_carry_nothing_are_commands(string hex) =>
        Assert.Equal(hex, Peeled.Single(hex).Command);

    [Fact]
    public void Transport_Service_segments_are_given_out_whole() =>
        Assert.Equal("55 C0 3C 50 00 01 02", Peeled.Single("55 C0 3C 50 00 01 02").Command);

    [Theory]
    [InlineData("55 E8 50")]
    [InlineData("56 01 25 03 FF 79 58")]
    public void A_datagram_of_Transport_Service_holds_neither_that_nor_Crc16(string hex) =>
        Assert.Equal(DecodeError.ReservedValue, Peeled.Of(hex, reception: new(new(2), IsDatagram: true)).Error);

    [Fact]
    public void A_datagram_of_Transport_Service_holds_a_secure_frame() =>
        Assert.Equal(
            "25 03 FF",
            Peeled.Single(InvertingSecurity.Seal("25 03 FF"), new InvertingSecurity(), new(new(2), IsDatagram: true)).Command);

    [Fact]
    public void Multicast_is_kept_in_the_envelope() =>
        Assert.True(Peeled.Single("25 01 FF", reception: new(new(2), IsMulticast: true)).Envelope.IsMulticast);

    [Theory]
    [InlineData("60 0D")]
    [InlineData("60 0D 01")]
    [InlineData("60 0D 01 00")]
    [InlineData("60 06 01")]
    [InlineData("6C 01 81")]
    [InlineData("6C 01 81 04 25 01 FF")]
    [InlineData("56 01 1D")]
    public void Layers_without_their_content_are_truncated(string hex) => Assert.Equal(DecodeError.Truncated, Peeled.Of(hex).Error);

    [Fact]
    public void Nothing_at_all_is_truncated() => Assert.Equal(DecodeError.Truncated, Peeled.Of(Array.Empty<byte>()).Error);

    [Fact]
    public void A_reply_swaps_the_endpoints_and_keeps_the_layers()
    {
        Assert.Equal(
            "60 0D 05 03 6C 02 09 FF 00",
            Answer("60 0D 03 05 6C 01 09 03 25 03 FF", new SupervisionReport(9, SupervisionStatus.Success)));
        Assert.Equal("60 0D 00 00 25 02", Answer("60 0D 00 00 25 03 FF", new SwitchBinaryGet()));
        Assert.Equal("60 06 02 25 02", Answer("60 06 02 25 03 FF", new SwitchBinaryGet()));
        Assert.True(Peeled.Single("56 01 25 03 FF 79 58").Envelope.Reply.Crc16);

        static string Answer(string received, ICommand answer) =>
            Hex.Spaced(Wrapping.Wrap(answer, CodecContext.Newest, Peeled.Single(received).Envelope.Reply));
    }

    [Fact]
    public void Unwrapping_allocates_nothing()
    {
        var frame = WireAssert.Bytes("60 0D 02 00 6C 01 09 0A 8F 01 02 03 25 03 FF 02 25 02");
        var bytes = 0;
        for (var round = 0; round < 3; round++) bytes += Peel(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++) bytes += Peel(frame);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(103 * 5, bytes);

        static int Peel(byte[] frame)
        {
            var count = 0;
            if (Unwrapping.TryUnwrap(frame, default, NoSecurity.Instance, default, out var unwrapped) != DecodeError.None) return -1;
            foreach (var command in unwrapped) count += command.Length;
            return count;
        }
    }
}
