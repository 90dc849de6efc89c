using Bridge.Tests.Support;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Serial;
using Xunit;

namespace Bridge.Tests.ZWave.Serial;

public sealed class UsbStickFileTests
{
    private static readonly UsbIdentity Uart = new(0x10C4, 0xEA60, 0, "Silicon Labs", "CP2102");

    [Fact]
    public void The_file_of_the_product_is_beside_the_program_and_without_faults()
    {
        UsbStickFileReader.Read(UsbStickFileReader.DefaultPath, out var faults);
        Assert.Empty(faults);
        Assert.Equal(File.ReadAllText(Repository.Path("devices/usb-sticks.json")), File.ReadAllText(UsbStickFileReader.DefaultPath));
    }

    [Fact]
    public void Every_condition_of_an_entry_must_hold()
    {
        var table = Parse(
            """{ "sticks": [ { "name": "A", "usb": "10C4:EA60", "interface": 1, "text_contains": ["silicon", "other"] } ] }""");
        Assert.Equal("A", table.NameOf(Uart with { Interface = 1 }, null));
        Assert.Null(table.NameOf(Uart, null));
        Assert.Null(table.NameOf(Uart with { Interface = 1, Vendor = 1 }, null));
        Assert.Null(table.NameOf(Uart with { Interface = 1, ManufacturerText = null }, null));
        Assert.Null(table.NameOf(null, "usb-silicon"));
    }

    [Fact]
    public void The_first_entry_that_fits_gives_the_name()
    {
        var table = Parse("""{ "sticks": [ { "name": "A", "usb": "10c4:ea60" }, { "name": "B", "text_contains": ["CP2102"] } ] }""");
        Assert.Equal("A", table.NameOf(Uart, null));
    }

    [Fact]
    public void All_faults_are_told_at_once_with_where_they_are()
    {
        UsbStickFileReader.Parse(
            """
            {
              "version": 1,
              "sticks": [
                { "name": "", "usb": "658:200" },
                { "name": "B", "usb": "0658:0200", "interface": 256, "colour": "red" },
                { "name": "C", "text_contains": [] },
                { "name": "D" },
                7
              ]
            }
            """,
            out var faults);
        Assert.Equal(
        [
            "version: unknown key",
            "sticks[0].name: must be a text",
            "sticks[0].usb: must be \"vendor:product\", four hex digits each",
            "sticks[1].colour: unknown key",
            "sticks[1].interface: must be 0..255",
            "sticks[2].text_contains: must be a list of texts",
            "sticks[3]: needs usb or text_contains",
            "sticks[4]: must be an object",
        ],
            faults);
    }

    [Fact]
    public void A_faulty_entry_does_not_take_the_others_with_it()
    {
        var table = UsbStickFileReader.Parse("""{ "sticks": [ { "name": "A" }, { "name": "B", "usb": "10C4:EA60" } ] }""", out var faults);
        Assert.Single(faults);
        Assert.Equal("B", table.NameOf(Uart, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{ \"sticks\": {} }")]
    [InlineData("{ \"sticks\": [], \"sticks\": [] }")]
    public void A_file_that_is_no_list_of_sticks_is_a_fault(string json)
    {
        UsbStickFileReader.Parse(json, out var faults);
        Assert.Single(faults);
    }

    [Fact]
    public void A_missing_file_is_a_fault()
    {
        using var folder = new TemporaryFolder();
        UsbStickFileReader.Read(folder["missing.json"], out var faults);
        Assert.StartsWith("cannot be read: ", Assert.Single(faults), StringComparison.Ordinal);
    }

    private static UsbStickTable Parse(string json)
    {
        var table = UsbStickFileReader.Parse(json, out var faults);
        Assert.Empty(faults);
        return table;
    }
}
