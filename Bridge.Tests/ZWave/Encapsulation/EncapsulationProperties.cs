using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Bridge.Tests.ZWave.Encapsulation;

public sealed class EncapsulationProperties
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(1000);

    /// <summary>Beginnings that lead random bytes into the layers.</summary>
    private static readonly byte[][] s_heads =
    [
        [], [0x60, 0x0D], [0x60, 0x06], [0x6C, 0x01], [0x8F, 0x01], [0x56, 0x01], [0x98, 0x81], [0x9F, 0x03],
        [0x60, 0x0D, 0x01, 0x00, 0x6C, 0x01, 0x01], [0x55, 0xC0], [0x9F, 0x02], [0x60, 0x0A], [0x8F, 0x01, 0x02, 0x02, 0x25, 0x02],
    ];

    [Fact]
    public void Any_bytes_unwrap_without_an_exception()
    {
        Prop.ForAll(Arb.From(Frames(s_heads)), static frame =>
        {
            foreach (var security in new ISecurityLayer[] { NoSecurity.Instance, new InvertingSecurity() })
            {
                var peeled = Peeled.Of(frame, security);
                if (peeled.Error != DecodeError.None && peeled.Commands.Length > 0) return false;
            }

            CommandCodec.TryDecode(frame, out var command);
            command?.Describe(new FieldText());
            return true;
        }).Check(s_config);
    }

    [Fact]
    public void What_was_wrapped_unwraps_to_the_same()
    {
        var options =
            from source in Gen.Choose(0, 127)
            from destination in Gen.Choose(0, 127)
            from session in Gen.Choose(-1, 63)
            from updates in Gen.Elements(true, false)
            from crc in Gen.Elements(true, false)
            from instance in Gen.Elements(true, false)
            select new EnvelopeOptions
            {
                Source = instance ? EndpointIndex.Root : new((byte)source),
                Destination = new((byte)destination),
                SupervisionSession = session < 0 ? null : (byte)session,
                SupervisionStatusUpdates = session >= 0 && updates,
                Crc16 = crc,
                MultiInstance = instance,
            };
        Prop.ForAll(Arb.From(options), static options =>
        {
            var peeled = Peeled.Of(Wrapping.Wrap(new SwitchBinarySet(isOn: true), new(1), options));
            var envelope = peeled.Envelope;
            var destination = options.MultiInstance ? envelope.SourceEndpoint : envelope.DestinationEndpoint;
            return peeled.Error == DecodeError.None
                && peeled.Commands is ["25 01 FF"]
                && destination == options.Destination
                && (options.MultiInstance || envelope.SourceEndpoint == options.Source)
                && envelope.SupervisionSession == options.SupervisionSession
                && envelope.WantsStatusUpdates == options.SupervisionStatusUpdates
                && envelope.IsCrc16 == options.Crc16;
        }).Check(s_config);
    }

    [Fact]
    public void Codecs_of_the_encapsulating_classes_read_back_what_they_wrote()
    {
        Prop.ForAll(Arb.From(Frames(s_heads[1..])), static frame =>
        {
            if (frame.Length > 200 || CommandCodec.TryDecode(frame, out var command) != DecodeError.None) return true;
            var once = CommandCodec.Encode(command!, CodecContext.Newest);
            return CommandCodec.TryDecode(once, out var again) == DecodeError.None
                && CommandCodec.Encode(again!, CodecContext.Newest).AsSpan().SequenceEqual(once);
        }).Check(s_config);
    }

    private static Gen<byte[]> Frames(byte[][] heads) =>
        from head in Gen.Elements(heads)
        from tail in Gen.ArrayOf(Gen.Choose(0, 255))
        select (byte[])[.. head, .. tail.Select(value => (byte)value)];
}
