using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

public sealed class QrCodeTests
{
    // SmartStart, Unauthenticated and Authenticated, product type and product id
    private const string Printed = "900132782003515253545541424344453132333435212223242500100435301537022065520001000000300578";

    [Fact]
    public void What_is_printed_on_a_device_is_read()
    {
        Assert.True(QrCode.TryParse(Printed, out var code, out _));
        Assert.True(code.IsSmartStart);
        Assert.Equal(SecurityClasses.Of(SecurityClass.S2Unauthenticated, SecurityClass.S2Authenticated), code.Requested);
        Assert.Equal("51525-35455-41424-34445-31323-33435-21222-32425", code.Dsk.ToString());
    }

    [Theory]
    // too short, another lead-in, a letter
    [InlineData("9001327820035152", "at least 52 digits")]
    [InlineData("800132782003515253545541424344453132333435212223242500100435301537022065520001000000300578", "begins with 90")]
    [InlineData("90013278200351525354554142434445313233343521222324250010043530153702206552000100000030057x", "at least 52 digits")]
    // a mistyped digit
    [InlineData("900132782003515253545541424344453132333435212223242500100435301537022065520001000000300579", "checksum")]
    [InlineData("900232782003515253545541424344453132333435212223242500100435301537022065520001000000300578", "version 2")]
    public void A_code_that_cannot_be_used_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(QrCode.TryParse(text, out _, out var fault));
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Theory]
    // block of type 10, not critical: 20; critical: 21
    [InlineData("20 02 00", "")]
    [InlineData("21 02 00", "critical block")]
    [InlineData("20 05 00", "ends within a block")]
    [InlineData("20 0", "ends within a block")]
    public void Unknown_blocks_count_only_when_they_are_critical(string block, string reason)
    {
        var text = Sealed("003" + "5152535455414243444531323334352122232425" + block.Replace(" ", string.Empty, StringComparison.Ordinal));
        Assert.Equal(reason.Length == 0, QrCode.TryParse(text, out _, out var fault));
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Theory]
    // group of the key above 65535, keys above 255
    [InlineData("003" + "9999935455414243444531323334352122232425")]
    [InlineData("999" + "5152535455414243444531323334352122232425")]
    public void Numbers_that_do_not_fit_their_field_are_refused(string content)
    {
        Assert.False(QrCode.TryParse(Sealed(content), out _, out var fault));
        Assert.Contains("no device specific key", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_wrong_digit_is_noticed()
    {
        for (var at = 9; at < Printed.Length; at++)
        {
            for (var change = 1; change <= 9; change++)
            {
                var wrong = (char)('0' + ((Printed[at] - '0' + change) % 10));
                Assert.False(QrCode.TryParse(Printed[..at] + wrong + Printed[(at + 1)..], out _, out _));
            }
        }
    }

    [Fact]
    public void Any_digits_are_only_text() =>
        Prop.ForAll(Gen.Choose(0, 9).ArrayOf().ToArbitrary(), static digits =>
        {
            var isRead = QrCode.TryParse(Sealed("003" + "5152535455414243444531323334352122232425" + string.Concat(digits)), out var code, out var fault);
            Assert.Equal(isRead, code is not null && fault.Length == 0);
        }).QuickCheckThrowOnFailure();

#pragma warning disable CA5350 // the format wants it
    private static string Sealed(string content)
    {
        var hash = System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.ASCII.GetBytes(content));
        return "9000" + ((hash[0] << 8) | hash[1]).ToString("D5", System.Globalization.CultureInfo.InvariantCulture) + content;
    }
#pragma warning restore CA5350
}
