using System.Globalization;
using System.Text;
using Bridge.Tests.Support;
using Bridge.ZWave.Firmware;
using Bridge.ZWave.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Bridge.Tests.ZWave.Firmware;

/// <summary>Files of firmware: what is read, what is refused and why.</summary>
public sealed class FirmwareFileTests
{
    private const string End = ":00000001FF";

    private static readonly Gen<byte[]> s_bytes = Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf();

    [Fact]
    public void Lines_of_intel_hex_become_bytes_at_their_addresses_and_gaps_are_erased_memory()
    {
        var image = Read("plug.hex", ":020002000102F9", ":0100060055A4", End);
        Assert.Equal("FF FF 01 02 FF FF 55", Hex.Spaced(image.Data.Span));
        Assert.Equal(FirmwareFormat.IntelHex, image.Format);
        Assert.Equal(Crc16.Compute(image.Data.Span), image.Checksum);
    }

    [Fact]
    public void Segments_and_upper_halves_of_addresses_count_from_their_line_on()
    {
        // segment 0001 = 16 bytes further; upper half 0001 = 65536 bytes further; both ignore where a processor would start
        Assert.Equal(0x11, Read("plug.hex", ":020000020001FB", ":01000000AA55", ":0400000300003800C1", End).Length);
        Assert.Equal(0x10001, Read("plug.hex", ":020000040001F9", ":0400000500000000F7", ":01000000AA55", End).Length);
    }

    [Fact]
    public void Order_of_lines_blank_lines_and_small_letters_do_not_matter() =>
        Assert.Equal("01 AA", Hex.Spaced(Read("PLUG.HEX", "", ":01000100aa54\r", "\t:0100000001FE ", "", End, "").Data.Span));

    [Theory]
    [InlineData("line 1: does not begin with a colon", "0100000001FE", End)]
    [InlineData("line 1: has too few or too many digits", ":0100000001F", End)]
    [InlineData("line 1: has too few or too many digits", ":", End)]
    [InlineData("line 2: has other characters than hex digits", ":0100000001FE", ":01000100G1FE", End)]
    [InlineData("line 1: should have 2 bytes of data and has 1", ":0200000001FD", End)]
    [InlineData("line 1: checksum is FF and should be FE", ":0100000001FF", End)]
    [InlineData("line 2: stands behind the end", End, ":0100000001FE")]
    [InlineData("line 1: is of no kind that is known: 06 with 0 bytes of data", ":00000006FA", End)]
    [InlineData("line 1: is of no kind that is known: 04 with 1 bytes of data", ":0100000400FB", End)]
    [InlineData("line 1: its data go over the end of their segment", ":02FFFF000102FD", End)]
    [InlineData("line 2: address 200000 is beyond the longest image, 200000 bytes", ":020000040020DA", ":01000000AA55", End)]
    [InlineData("line 2: address FFFF0000 is beyond the longest image, 200000 bytes", ":02000004FFFFFC", ":01000000AA55", End)]
    [InlineData("the bytes at address 1 are given twice", ":020000000102FB", ":0100010002FC", End)]
    [InlineData("the line that marks the end is missing: the file is cut off", ":0100000001FE")]
    [InlineData("there are no data in the file", End)]
    public void What_is_wrong_with_intel_hex_is_told_with_its_line(string fault, params string[] lines) =>
        Assert.Equal(fault, Refuse("plug.hex", Encoding.ASCII.GetBytes(string.Join('\n', lines))));

    [Theory]
    [InlineData("plug.ota")]
    [InlineData("plug.otz")]
    public void Files_of_makers_are_intel_hex_when_they_begin_so_and_else_bytes_as_they_are(string name)
    {
        Assert.Equal("01", Hex.Spaced(Read(name, "\r\n:0100000001FE", End).Data.Span));
        Assert.Equal("80 01 3A", Hex.Spaced(Read(name, [0x80, 0x01, 0x3A]).Data.Span));
        // Damaged text is not sent to a device as if it were an image.
        Assert.Equal("line 1: checksum is FF and should be FE", Refuse(name, ":0100000001FF\n"u8.ToArray()));
    }

    [Fact]
    public void Image_of_a_boot_loader_is_known_by_its_first_bytes()
    {
        Assert.Equal(FirmwareFormat.BootloaderImage, Read("plug.gbl", [0xEB, 0x17, 0xA6, 0x03, 0x08]).Format);
        Assert.Equal("the file does not begin with EB 17 A6 03, as a .gbl file does", Refuse("plug.gbl", [0x03, 0xA6, 0x17, 0xEB]));
        Assert.Equal("the file does not begin with EB 17 A6 03, as a .gbl file does", Refuse("plug.gbl", [0xEB]));
    }

    [Fact]
    public void Raw_bytes_are_taken_as_they_are() => Assert.Equal(FirmwareFormat.Raw, Read("plug.bin", ":0100000001FF"u8.ToArray()).Format);

    [Theory]
    [InlineData("plug.zip")]
    [InlineData("plug.exe")]
    [InlineData("hex")]
    [InlineData("")]
    public void Other_kinds_of_files_are_refused_and_the_known_ones_named(string name) =>
        Assert.Equal("the name of a firmware file ends in .hex, .ota, .otz, .gbl, .bin", Refuse(name, [1]));

    [Fact]
    public void Files_and_images_have_a_limit()
    {
        Assert.Equal("the file is empty", Refuse("plug.bin", []));
        Assert.Equal(FirmwareImage.MaximumLength, Read("plug.bin", new byte[FirmwareImage.MaximumLength]).Length);
        Assert.Equal("the image has 2097153 bytes; 2097152 are the most", Refuse("plug.bin", new byte[FirmwareImage.MaximumLength + 1]));
        Assert.Equal("the file has 6291457 bytes; 6291456 are the most", Refuse("plug.hex", new byte[FirmwareFile.MaximumFileLength + 1]));
    }

    [Fact]
    public void Any_bytes_are_an_image_or_a_reason() => Prop.ForAll(s_bytes.ToArbitrary(), static bytes =>
        FirmwareFile.Extensions.All(extension => new[] { bytes, [(byte)':', .. bytes] }.All(content =>
            FirmwareFile.TryRead("plug" + extension, content, out var image, out var fault) ? image is not null && fault is null : image is null && fault is not null)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void What_is_written_as_intel_hex_is_read_again() => Prop.ForAll(s_bytes.Where(static bytes => bytes.Length > 0).ToArbitrary(), static bytes =>
        Read("plug.hex", [.. Lines(bytes).Reverse(), End]).Data.Span.SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_changed_character_of_intel_hex_never_makes_another_image() =>
        Prop.ForAll((from bytes in s_bytes from place in Gen.Choose(0, 5000) from other in Gen.Choose(0, 255) select (bytes, place, other)).ToArbitrary(), static drawn =>
        {
            var text = Encoding.ASCII.GetBytes(string.Join('\n', Lines(drawn.bytes).Append(End)));
            text[drawn.place % text.Length] = (byte)drawn.other;
            return !FirmwareFile.TryRead("plug.hex", text, out var image, out _) || image.Data.Span.SequenceEqual(drawn.bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Fragments_together_are_the_image() =>
        Prop.ForAll((from bytes in s_bytes where bytes.Length > 0 from size in Gen.Choose(1, 60) select (bytes, size)).ToArbitrary(), static drawn =>
        {
            var image = Read("plug.bin", drawn.bytes);
            return Enumerable.Range(1, image.FragmentsOf(drawn.size)).SelectMany(number => image.Fragment(number, drawn.size)).SequenceEqual(drawn.bytes);
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<string> Lines(byte[] bytes) => bytes.Chunk(8).Select(static (piece, index) => Line((ushort)(index * 8), piece));

    private static string Line(ushort address, byte[] data)
    {
        byte[] record = [(byte)data.Length, (byte)(address >> 8), (byte)address, 0, .. data];
        var sum = (byte)-record.Aggregate(0, static (sum, value) => sum + value);
        return ":" + Convert.ToHexString(record) + sum.ToString("X2", CultureInfo.InvariantCulture);
    }

    private static FirmwareImage Read(string name, params string[] lines) => Read(name, Encoding.ASCII.GetBytes(string.Join('\n', lines)));

    private static FirmwareImage Read(string name, byte[] content)
    {
        Assert.True(FirmwareFile.TryRead(name, content, out var image, out var fault), fault);
        return image;
    }

    private static string Refuse(string name, byte[] content)
    {
        Assert.False(FirmwareFile.TryRead(name, content, out var image, out var fault));
        Assert.Null(image);
        return fault;
    }
}
