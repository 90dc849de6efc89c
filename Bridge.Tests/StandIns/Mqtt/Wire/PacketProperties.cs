using Bridge.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt;

/// <summary>Whatever comes: a status, and what was read is written and read the same.</summary>
public sealed class PacketProperties
{
    private static readonly Gen<byte> PacketByte = Gen.Frequency(
        (4, Gen.Choose(0, 3).Select(static value => (byte)value)),
        (2, Gen.Choose(0, 43).Select(static value => (byte)value)),
        (1, Gen.Elements<byte>(0x61, 0x2F, 0x23, 0x2B, 0x24, 0x80, 0xFF)),
        (1, Gen.Choose(0, 255).Select(static value => (byte)value)));

    /// <summary>A header with the flags its type must have and a right length, so that the bodies are reached.</summary>
    private static readonly Gen<byte[]> Framed =
        from type in Gen.Choose(1, 15)
        from flags in Gen.Choose(0, 5)
        from body in PacketByte.ArrayOf().Where(static body => body.Length < 128)
        select (byte[])[(byte)((type << 4) | (type == 3 ? flags : FixedHeader.ReservedFlags((PacketType)type))), (byte)body.Length, .. body];

    /// <summary>Good packets with one byte changed.</summary>
    private static readonly Gen<byte[]> Damaged =
        from packet in PacketGenerator.Packet
        from level in Gen.Elements(ProtocolLevel.Version311, ProtocolLevel.Version5)
        from position in Gen.Choose(0, 4000)
        from value in PacketByte
        select Damage(packet, level, position, value);

    private static readonly Gen<(PacketSource Source, ProtocolLevel Level)> Peer =
        from source in Gen.Elements(PacketSource.Client, PacketSource.Broker)
        from level in Gen.Elements(ProtocolLevel.Version311, ProtocolLevel.Version5)
        select (source, level);

    [Fact]
    public void Every_packet_is_read_as_it_was_written() =>
        Prop.ForAll((from packet in PacketGenerator.Packet from cuts in Gen.Choose(1, 200).ArrayOf() select (packet, cuts)).ToArbitrary(), static drawn =>
        {
            var bytes = PacketEncoder.ToArray(drawn.packet, ProtocolLevel.Version5);
            var decoder = new PacketDecoder(PacketGenerator.SourceOf(drawn.packet));
            var result = decoder.Decode(PacketAssert.Sequence(Support.Wire.CutAt(bytes, drawn.cuts)));
            Assert.Null(result.Fault);
            return result.Consumed == bytes.Length && PacketText.Of(result.Packet!) == PacketText.Of(drawn.packet);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Whatever_comes_ends_in_a_status_and_what_was_read_is_written_and_read_the_same() =>
        Prop.ForAll((from bytes in Gen.OneOf(Framed, Damaged, PacketByte.ArrayOf()) from peer in Peer select (bytes, peer)).ToArbitrary(), static drawn =>
        {
            var decoder = new PacketDecoder(drawn.peer.Source) { Level = drawn.peer.Level };
            var result = decoder.Decode(drawn.bytes);
            switch (result.Status)
            {
                case DecodeStatus.NeedMore: return result.PacketLength == 0 || result.PacketLength > drawn.bytes.Length;
                case DecodeStatus.Malformed: return result.Fault is { Length: > 0 } && result.Reason >= ReasonCode.UnspecifiedError;
            }

            var again = new PacketDecoder(drawn.peer.Source) { Level = decoder.Level }.Decode(PacketEncoder.ToArray(result.Packet!, decoder.Level));
            return result.Consumed >= 2 && result.Consumed <= drawn.bytes.Length && PacketText.Of(again.Packet!) == PacketText.Of(result.Packet!);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    private static byte[] Damage(Packet packet, ProtocolLevel level, int position, byte value)
    {
        var bytes = PacketEncoder.ToArray(packet, packet is AuthPacket ? ProtocolLevel.Version5 : level);
        bytes[position % bytes.Length] = value;
        return bytes;
    }
}
